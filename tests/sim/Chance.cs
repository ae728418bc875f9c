using System.Globalization;
using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sim;

/// <summary>Everything that a world leaves to chance; follows from its seed.</summary>
public sealed class Chance(int seed)
{
    private readonly SeededRandom _random = new(seed);

    /// <summary>0 to bound - 1.</summary>
    public int Below(int bound) => _random.Next(bound);

    /// <summary>From low to high, both included.</summary>
    public int Between(int low, int high) => low + _random.Next(high - low + 1);

    public bool OneIn(int many) => _random.Next(many) == 0;

    public T Of<T>(IReadOnlyList<T> some) => some[_random.Next(some.Count)];

    /// <summary>A time until something that happens so often on average.</summary>
    public long Wait(double meanMs) =>
        1 + (long)(-Math.Log((_random.Next(1_000_000) + 1) / 1_000_001.0) * meanMs);

    /// <summary>Digits, of which so many are hardly ever met by accident.</summary>
    public string Digits(int count) =>
        string.Create(count, _random, (text, random) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = (char)('0' + random.Next(10));
            }
        });

    public string Id(int kind, int number) => string.Create(CultureInfo.InvariantCulture,
        $"5e{kind:d2}0000-{_random.Next(65536):x4}-4000-8000-{number:x12}");
}
