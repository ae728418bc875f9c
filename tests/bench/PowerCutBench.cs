// Seeded power cuts until a time is over. Program calls it; it calls PowerCutSweep.

using System.Diagnostics;
using Keyway.Boards.Virtual;
using Keyway.Tests.Sweep;

namespace Keyway.Tests.Bench;

/// <summary>Cuts the power of the storage as often as there is time for.</summary>
internal static class PowerCutBench
{
    private const int PrintedFindings = 5;
    private const int ProgressMs = 1000;

    /// <summary>Runs seeded scenarios on all processors.</summary>
    /// <param name="minutes">How long.</param>
    /// <param name="seed">The first scenario.</param>
    /// <param name="without">The protection that is switched off.</param>
    /// <returns>0, or 1 when a promise was broken.</returns>
    public static int Run(double minutes, int seed, Protection without)
    {
        var sweep = new PowerCutSweep(without);
        var time = Stopwatch.StartNew();
        int next = seed - 1;
        var threads = new Thread[Environment.ProcessorCount];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                while (time.Elapsed.TotalMinutes < minutes)
                {
                    sweep.Run(PowerCutSweep.Seeded(Interlocked.Increment(ref next)));
                }
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            while (!thread.Join(ProgressMs))
            {
                Console.WriteLine($"{time.Elapsed.TotalSeconds,6:F0} s  {sweep.Counts}");
            }
        }

        Print(sweep.Counts, seed, next, without);
        return sweep.Counts.Failed == 0 ? 0 : 1;
    }

    /// <summary>Runs one scenario again.</summary>
    /// <param name="scenario">As a run has printed it.</param>
    /// <param name="without">The protection that is switched off.</param>
    /// <returns>0, or 1 when a promise was broken.</returns>
    public static int Replay(string scenario, Protection without)
    {
        var sweep = new PowerCutSweep(without);
        sweep.Run(Scenario.Parse(scenario));
        Print(sweep.Counts, null, 0, without);
        return sweep.Counts.Failed == 0 ? 0 : 1;
    }

    private static void Print(SweepCounts counts, int? seed, int last, Protection without)
    {
        if (seed != null)
        {
            Console.WriteLine($"seeds {seed} to {last}, {counts.Scenarios} scenarios, in flight: "
                + $"{counts.Kept} kept, {counts.Dropped} dropped");
        }

        Console.WriteLine(string.Join(", ", Enum.GetValues<PowerCut>()
            .Select(model => $"{model} {counts.CutsOf(model)}")));
        string option = without == Protection.None
            ? "" : $" --without {without.ToString().ToLowerInvariant()}";
        foreach ((Scenario scenario, string what) in counts.Findings.Take(PrintedFindings))
        {
            Console.WriteLine($"{scenario}  {what}");
            Console.WriteLine(
                $"  dotnet run --project tests/bench -- powercut{option} --replay '{scenario}'");
        }

        Console.WriteLine(counts);
    }
}
