namespace Keyway.Tests.Bench;

/// <summary>A table of results, as Markdown.</summary>
/// <param name="title">Its heading.</param>
/// <param name="note">What is measured, and how.</param>
/// <param name="columns">Each with its unit.</param>
internal sealed class ResultTable(string title, string note, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public string Title => title;

    public int RowCount => _rows.Count;

    public void Add(params string[] cells)
    {
        BenchLock.Require(cells.Length == columns.Length, "a cell for each column");
        _rows.Add(cells);
    }

    public void WriteTo(TextWriter output)
    {
        output.WriteLine($"\n## {title}\n\n{note}\n");
        output.WriteLine($"| {string.Join(" | ", columns)} |");
        output.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---:|", columns.Length - 1))}");
        foreach (string[] row in _rows)
        {
            output.WriteLine($"| {string.Join(" | ", row)} |");
        }
    }

    /// <summary>A number with about three digits that count.</summary>
    public static string Number(double value) => value switch
    {
        0 => "0",
        >= 100 or <= -100 => $"{value:N0}",
        >= 10 => $"{value:F1}",
        >= 0.1 => $"{value:F2}",
        _ => $"{value:F4}",
    };

    /// <summary>How many times the floor or the peer; - where that is 0.</summary>
    public static string Ratio(double value, double beside) =>
        beside == 0 ? "-" : Number(value / beside);
}
