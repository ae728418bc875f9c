using System.Globalization;

namespace Keyway.Tests.Sweep;

/// <summary>Everything that decides a run; its text replays it.</summary>
/// <param name="Sectors">Sectors of the region.</param>
/// <param name="Age">Operations before, without a cut.</param>
/// <param name="AgeSeed">Decides them.</param>
/// <param name="Seed">Decides the operations, and details of the recoveries.</param>
/// <param name="Count">Operations among which the cuts fall.</param>
/// <param name="Cuts">
/// Power cuts: the first counts from the start, the others from the power-up after the one before.
/// </param>
public sealed record Scenario(
    int Sectors, int Age, int AgeSeed, int Seed, int Count, Cut[] Cuts)
{
    private const int Parts = 6;

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Scenario Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length != Parts)
        {
            throw new FormatException("not sectors:age:age seed:seed:count:cuts");
        }

        int[] numbers =
            [.. parts[..^1].Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        string[] cuts = parts[^1].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new Scenario(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4],
            [.. cuts.Select(Cut.Parse)]);
    }

    /// <summary>sectors:age:age seed:seed:count:step/model/seed,step/model/seed</summary>
    public override string ToString() =>
        $"{Sectors}:{Age}:{AgeSeed}:{Seed}:{Count}:{string.Join<Cut>(',', Cuts)}";
}
