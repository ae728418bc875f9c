using System.Diagnostics;
using Keyway.Tests.Sim;

namespace Keyway.Tests.Bench;

/// <summary>Whole locks on virtual time, in worlds that follow from seeds.</summary>
internal static class SimulationBench
{
    private const int PrintedFindings = 5;

    /// <summary>Runs worlds on all processors.</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="days">How long each lasts.</param>
    /// <param name="firstSeed">The first.</param>
    /// <param name="without">The protection that is switched off.</param>
    /// <returns>0, or 1 when a promise was broken.</returns>
    public static int Run(int seeds, double days, int firstSeed, Safeguard without)
    {
        var sweep = new SimulationSweep(days, without);
        var time = Stopwatch.StartNew();
        sweep.Run(firstSeed, seeds);
        Console.WriteLine($"{sweep.Counts} in {time.Elapsed.TotalSeconds:F1} s");
        return Print(sweep);
    }

    /// <summary>Runs one world and prints what happens in it.</summary>
    /// <returns>0, or 1 when a promise was broken.</returns>
    public static int Replay(int seed, double days, Safeguard without)
    {
        var sweep = new SimulationSweep(days, without);
        sweep.Run(seed, Console.WriteLine);
        return Print(sweep);
    }

    /// <summary>Switches each protection off, and looks how many worlds it takes to miss it.
    /// </summary>
    /// <returns>0, or 1 when one was not missed.</returns>
    public static int RunWithoutEach(int seeds, double days, int firstSeed)
    {
        int missed = 0;
        foreach (Safeguard without in Enum.GetValues<Safeguard>().Where(off => off != 0))
        {
            var sweep = new SimulationSweep(days, without);
            var time = Stopwatch.StartNew();
            int worlds = sweep.Find(firstSeed, seeds);
            missed += worlds == 0 ? 1 : 0;
            string found = worlds == 0 ? $"not missed in {seeds} worlds"
                : $"missed in world {worlds}: {sweep.Findings[0]}";
            Console.WriteLine($"{without,-18}{time.Elapsed.TotalSeconds,6:F1} s  {found}");
        }

        return missed == 0 ? 0 : 1;
    }

    private static int Print(SimulationSweep sweep)
    {
        foreach (string finding in sweep.Findings.Take(PrintedFindings))
        {
            Console.WriteLine(finding);
        }

        Console.WriteLine($"{sweep.Findings.Count} violations");
        return sweep.Findings.Count == 0 ? 0 : 1;
    }
}
