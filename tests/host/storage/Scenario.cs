using System.Globalization;

namespace Keyway.Tests.Host.Storage;

/// <summary>Everything that decides a run; its text replays it.</summary>
/// <param name="Seed">Decides the operations, and details of the recoveries.</param>
/// <param name="Creates">Creates before the other operations.</param>
/// <param name="Mixed">Operations of every kind after them.</param>
/// <param name="Cuts">
/// Power cuts: the first counts from the start, the others from the power-up after the one before.
/// </param>
public sealed record Scenario(int Seed, int Creates, int Mixed, Cut[] Cuts)
{
    /// <summary>Sectors of the region.</summary>
    public int Sectors { get; init; } = 4;

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Scenario Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 5)
        {
            throw new FormatException("not seed:creates:mixed:sectors:cuts");
        }

        int[] numbers =
            [.. parts[..4].Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        string[] cuts = parts[4].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new Scenario(numbers[0], numbers[1], numbers[2], [.. cuts.Select(Cut.Parse)])
        {
            Sectors = numbers[3],
        };
    }

    /// <summary>seed:creates:mixed:sectors:step/model/seed,step/model/seed</summary>
    public override string ToString() =>
        $"{Seed}:{Creates}:{Mixed}:{Sectors}:{string.Join<Cut>(',', Cuts)}";
}
