using System.Diagnostics;
using Keyway.Tests.Model;

namespace Keyway.Tests.Bench;

/// <summary>Random sequences of commands against the plain model.</summary>
internal static class CommandBench
{
    private const int PrintedFindings = 5;

    /// <summary>Runs sequences on all processors.</summary>
    /// <param name="sequences">How many, or a few more.</param>
    /// <param name="seed">The first lock's.</param>
    /// <returns>0, or 1 when lock and model differed.</returns>
    public static int Run(int sequences, int seed)
    {
        var sweep = new CommandSweep(seed);
        var time = Stopwatch.StartNew();
        sweep.Run(sequences);
        Console.WriteLine($"{sweep.Sequences} sequences of {sweep.Steps} steps in "
            + $"{time.Elapsed.TotalSeconds:F1} s, "
            + $"{sweep.Sequences / time.Elapsed.TotalSeconds:F0} a second; locks that differed "
            + $"from the model: {sweep.Findings.Count}");
        return Print(sweep);
    }

    /// <summary>Runs the sequences of one lock and prints every step.</summary>
    /// <param name="seed">The lock's, as a run printed it.</param>
    /// <returns>0, or 1 when lock and model differed.</returns>
    public static int Replay(int seed)
    {
        var sweep = new CommandSweep(seed);
        sweep.Live(seed, Console.WriteLine);
        return Print(sweep);
    }

    private static int Print(CommandSweep sweep)
    {
        foreach (string finding in sweep.Findings.Take(PrintedFindings))
        {
            Console.WriteLine(finding);
        }

        return sweep.Findings.Count == 0 ? 0 : 1;
    }
}
