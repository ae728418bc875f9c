using System.Diagnostics;

namespace Keyway.Tests.Host;

/// <summary>The measurements, run with little of each.</summary>
[TestClass]
public sealed class ResultsTests
{
    private const string KeyPath = "| key, ";
    private const int AllocatedColumn = 6;

    /// <summary>Tables and the rows that each has at least.</summary>
    private static readonly (string Title, int Rows)[] Expected =
    [
        ("Command bytes in, answer bytes out", 6), ("Reading a command", 5),
        ("Enter to the strike's decision", 4), ("Start with", 2),
        ("Calls, allocations and bytes copied", 25), ("Growth with the codes", 5), ("Targets", 40),
    ];

    private static string[] _lines = [];

    [ClassInitialize]
    public static async Task Run(TestContext context)
    {
        string place = Path.GetTempFileName();
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(
            AppContext.BaseDirectory));
        string bench = Path.Combine(
            SourceTree.Root, "artifacts", "bin", "Bench", configuration, "bench.dll");
        using Process run = Process.Start(new ProcessStartInfo(
            "dotnet", [bench, "results", "--quick", "--out", place])
        {
            RedirectStandardOutput = true,
        })!;
        string output = await run.StandardOutput.ReadToEndAsync(context.CancellationToken);
        await run.WaitForExitAsync(context.CancellationToken);
        _lines = await File.ReadAllLinesAsync(place, context.CancellationToken);
        File.Delete(place);
        Assert.AreEqual(0, run.ExitCode, output);
    }

    [TestMethod]
    public void Results_have_every_table_with_its_rows_and_no_cell_empty()
    {
        foreach ((string title, int rows) in Expected)
        {
            string[][] table = [.. Table(title)];
            Assert.HasCount(rows, table, title);
            foreach (string[] cells in table)
            {
                Assert.HasCount(table[0].Length, cells, string.Join('|', cells));
                Assert.IsTrue(Array.TrueForAll(cells, cell => cell.Length > 0), title);
            }
        }
    }

    [TestMethod]
    public void From_a_key_to_the_write_to_the_pin_nothing_is_allocated()
    {
        string[] keys = [.. _lines.Where(
            line => line.StartsWith(KeyPath, StringComparison.Ordinal))];
        Assert.HasCount(10, keys);
        foreach (string line in keys)
        {
            Assert.AreEqual("0", line.Split('|', StringSplitOptions.TrimEntries)[AllocatedColumn],
                line);
        }
    }

    [TestMethod]
    public void Results_say_on_what_and_when_they_were_measured()
    {
        string head = string.Join('\n', _lines.TakeWhile(
            line => !line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains(" UTC, commit ", head);
        Assert.Contains($"{Environment.ProcessorCount} processors", head);
        Assert.Contains(".NET ", head);
        Assert.Contains("other processes took", head);
    }

    // Behind the heading come the note, the columns and the line under them.
    private static IEnumerable<string[]> Table(string title) =>
        _lines.SkipWhile(line => !line.StartsWith($"## {title}", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1)
            .Where(line => line.Length > 0)
            .Select(line => line[1..^1].Split('|', StringSplitOptions.TrimEntries));
}
