using System.Diagnostics;
using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Faults;

namespace Keyway.Tests.Bench;

/// <summary>Seeded runs of a lock over a broker while everything goes wrong between them.</summary>
internal static class LinkBench
{
    private const int PrintedFindings = 5;

    /// <summary>Runs seeds.</summary>
    /// <param name="runs">How many.</param>
    /// <param name="seed">The first.</param>
    /// <param name="embedded">Over the rig's own broker instead of mosquitto.</param>
    /// <param name="early">Over the session that acknowledges before the lock has seen a message.
    /// </param>
    /// <returns>0, or 1 when something was not as it must be.</returns>
    public static async Task<int> RunAsync(int runs, int seed, bool embedded, bool early)
    {
        if (!embedded && !MosquittoBroker.IsInstalled)
        {
            Console.Error.WriteLine("mosquitto is not installed; --embedded does without");
            return 1;
        }

        FaultSweep sweep =
            embedded ? FaultSweep.OverEmbeddedBroker(early) : FaultSweep.OverMosquitto(early);
        var time = Stopwatch.StartNew();
        await sweep.RunAsync(seed, runs);
        Console.WriteLine($"{sweep} in {time.Elapsed.TotalSeconds:F0} s; "
            + $"findings: {sweep.Findings.Count}");
        foreach (string finding in sweep.Findings.Take(PrintedFindings))
        {
            Console.WriteLine(finding);
        }

        return sweep.Findings.Count == 0 ? 0 : 1;
    }
}
