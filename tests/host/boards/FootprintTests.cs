using System.Globalization;

namespace Keyway.Tests.Host;

/// <summary>The footprint table of boards/esp32/README.md says what the code takes.</summary>
[TestClass]
public sealed class FootprintTests
{
    private const int ListedFromBytes = 1000;

    // Codes, and the sectors that a board gives them.
    private static readonly (int Capacity, int Sectors)[] Sizes =
        [(250, 64), (1000, 64), (5000, 256)];

    [TestMethod]
    public void Footprint_table_agrees_with_the_code()
    {
        Footprint[] all = [.. Sizes.Select(size => Footprint.Of(size.Capacity, size.Sectors))];
        string[] names = [.. all[^1].Arrays
            .Where(table => table.Value >= ListedFromBytes)
            .OrderByDescending(table => table.Value).Select(table => table.Key)];
        int[] Of(Func<Footprint, int> part) => [.. all.Select(part)];
        var due = names
            .Select(name => (
                Name: $"`{name}`", Bytes: Of(one => one.Arrays.GetValueOrDefault(name))))
            .Append((Name: "smaller ones", Bytes: Of(one => one.Arrays
                .Where(table => !names.Contains(table.Key)).Sum(table => table.Value))))
            .Append((Name: "objects and their fields",
                Bytes: Of(one => one.Total - one.Arrays.Values.Sum())))
            .Append((Name: "**all**", Bytes: Of(one => one.Total)));
        string[] rows = BoardDocument.Read("boards/esp32/README.md").Rows;
        Findings.AssertNone(
            from row in due
            let figures = " | " + string.Join(" | ", row.Bytes.Select(Kilobytes)) + " |"
            where !rows.Any(text => text.StartsWith($"| {row.Name} |", StringComparison.Ordinal)
                && text.EndsWith(figures, StringComparison.Ordinal))
            select $"boards/esp32/README.md: the row of {row.Name} must end in{figures}");
    }

    private static string Kilobytes(int bytes) =>
        (bytes / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
}
