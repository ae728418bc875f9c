using System.Diagnostics;
using Keyway.Tests.Fuzz;
using Keyway.Tests.Sweep;

namespace Keyway.Tests.Bench;

/// <summary>Seeded inputs for every reader of what comes from outside.</summary>
internal static class FuzzBench
{
    private const int PrintedFindings = 5;

    // A whole image is mounted, loaded and used twice: as much work as many inputs of a reader.
    private const int InputsOfImage = 5000;

    /// <summary>Runs inputs on all processors.</summary>
    /// <param name="inputs">How many in all, or a few more.</param>
    /// <param name="seed">The same seed makes the same inputs.</param>
    /// <returns>0, or 1 when something was wrong.</returns>
    public static int Run(long inputs, int seed)
    {
        Console.WriteLine("reader         inputs        bytes   seconds  findings");
        var all = new List<string>();
        long checkedInputs = 0;
        foreach ((string name, int share) in Targets.All)
        {
            var sweep = new FuzzSweep(seed);
            var time = Stopwatch.StartNew();
            sweep.Run(name, inputs * share / 100);
            Print(name, sweep.Inputs, sweep.Bytes, time, sweep.Findings.Count);
            all.AddRange(sweep.Findings);
            checkedInputs += sweep.Inputs;
        }

        int images = (int)(inputs / InputsOfImage);
        IReadOnlyList<string> broken = RunImages(images, seed);
        all.AddRange(broken);
        Console.WriteLine($"seed {seed}: {checkedInputs + images} inputs, {all.Count} findings");
        all.Take(PrintedFindings).ToList().ForEach(Console.WriteLine);
        return all.Count == 0 ? 0 : 1;
    }

    /// <summary>Gives one input to its reader.</summary>
    /// <param name="replay">As a run printed it: the reader's name, a colon, and bytes.</param>
    /// <returns>0, or 1 when something was wrong.</returns>
    public static int Replay(string replay)
    {
        string[] parts = replay.Split(':');
        string? wrong = FuzzSweep.Check(
            Targets.Make(parts[0]), Convert.FromHexString(parts[1]));
        Console.WriteLine(wrong ?? "nothing wrong");
        return wrong == null ? 0 : 1;
    }

    private static IReadOnlyList<string> RunImages(int images, int seed)
    {
        var fuzz = new ImageFuzz();
        var time = Stopwatch.StartNew();
        for (int i = 0; i < images; i++)
        {
            fuzz.Run(seed + i);
        }

        Print("image", images, (long)images * fuzz.ImageBytes, time, fuzz.Findings.Count);
        return fuzz.Findings;
    }

    private static void Print(string name, long inputs, long bytes, Stopwatch time, int findings) =>
        Console.WriteLine($"{name,-8}{inputs,13}{bytes,13}{time.Elapsed.TotalSeconds,10:F1}"
            + $"{findings,10}");
}
