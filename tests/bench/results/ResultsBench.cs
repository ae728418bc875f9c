// All measurements of one run, and the file that says what they were. Program calls it.

using System.Diagnostics;
using System.Reflection;

namespace Keyway.Tests.Bench;

/// <summary>Writes RESULTS.md.</summary>
internal static class ResultsBench
{
    private const string Solution = "nanoframework.sln";

    /// <summary>Measures and writes.</summary>
    /// <param name="scale">How much.</param>
    /// <param name="path">The file; null: the repository's own.</param>
    /// <returns>0, or 1 when a promise was missed.</returns>
    public static int Run(Scale scale, string? path)
    {
        string repository = FindRepository();
        path ??= Path.Combine(repository, "tests", "bench", "RESULTS.md");
        var machine = new Machine();
        var time = Stopwatch.StartNew();
        var missed = new List<string>();
        var tables = new List<ResultTable>();
        foreach (Func<IEnumerable<ResultTable>> measure in (Func<IEnumerable<ResultTable>>[])
            [
                () => [CommandResults.Lock(scale)], () => [CommandResults.Reader(scale)],
                () => [DecisionResults.Measure(scale, missed)], () => [BootResults.Measure(scale)],
                () => Counted(scale, missed),
            ])
        {
            foreach (ResultTable table in measure())
            {
                tables.Add(table);
                Console.WriteLine($"{time.Elapsed.TotalSeconds,6:F1} s  {table.Title}: "
                    + $"{table.RowCount} rows");
            }
        }

        // Before the file is written: a changed file is in the commit's name.
        string described = machine.Describe(repository);
        using (StreamWriter output = File.CreateText(path))
        {
            output.NewLine = "\n";
            Write(output, described, time.Elapsed, tables);
        }

        Console.WriteLine($"written: {path}");
        return Say(missed);
    }

    /// <summary>Measures what has a target, and prints it.</summary>
    /// <returns>0, or 1 when a target was missed.</returns>
    public static int RunTargets(Scale scale)
    {
        var missed = new List<string>();
        foreach (ResultTable table in Counted(scale, missed))
        {
            table.WriteTo(Console.Out);
        }

        return Say(missed);
    }

    // In a context of its own, where hal and firmware count what they do.
    private static ResultTable[] Counted(Scale scale, List<string> missed)
    {
        MethodInfo measure = typeof(PathResults).GetMethod(nameof(PathResults.Measure))!;
        var (rows, figures) = ((List<string[]>, Dictionary<string, double>))
            new CountedContext().Call(measure, scale.IsQuick)!;
        return
        [
            PathResults.Table(scale, rows, missed), GrowthResults.Table(scale, figures),
            TargetResults.Judge(figures, missed),
        ];
    }

    private static int Say(List<string> missed)
    {
        missed.ForEach(line => Console.WriteLine($"missed: {line}"));
        return missed.Count == 0 ? 0 : 1;
    }

    private static void Write(
        TextWriter output, string machine, TimeSpan took, List<ResultTable> tables)
    {
        output.WriteLine($"""
            # Results

            Written by `dotnet run -c Release --project tests/bench -- results`,
            in {took.TotalSeconds:F0} s. Host times are those of .NET on this machine, not of a
            lock's controller.

            {machine}
            """);
        tables.ForEach(table => table.WriteTo(output));
    }

    private static string FindRepository()
    {
        foreach (string start in (string[])
            [AppContext.BaseDirectory, Directory.GetCurrentDirectory()])
        {
            for (string? folder = start; folder != null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, Solution)))
                {
                    return folder;
                }
            }
        }

        throw new DirectoryNotFoundException(Solution);
    }
}
