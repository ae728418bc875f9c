// Power cuts at every device step of short workloads, and at seeded steps of long ones. Tests and
// the bench run it; it runs StorageRun.

using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sweep;

/// <summary>Makes scenarios, runs them and counts what they broke.</summary>
/// <param name="without">The protection that is switched off.</param>
public sealed class PowerCutSweep(Protection without)
{
    private static readonly PowerCut[] Models = Enum.GetValues<PowerCut>();
    private static readonly int[] SectorCounts = [8, 8, 9, 12, 16];
    private static readonly int[] Ages = [0, 40, 300, 700, 1200, 1900];

    /// <summary>What was done and found.</summary>
    public SweepCounts Counts { get; } = new();

    /// <summary>Runs one scenario.</summary>
    /// <returns>Device steps from its last power-up to its end.</returns>
    public int Run(Scenario scenario)
    {
        var run = new StorageRun(scenario, without);
        Exception? broken = null;
        try
        {
            run.Run();
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            broken = thrown;
        }

        Counts.Add(scenario, run, broken);
        return run.DeviceSteps;
    }

    /// <summary>One cut at each device step of a workload, with each model.</summary>
    /// <param name="workload">Without cuts.</param>
    /// <param name="cutSeeds">Seeds tried for each step and model.</param>
    public void CutEverywhere(Scenario workload, int cutSeeds)
    {
        int steps = Run(workload);
        for (int step = 1; step <= steps; step++)
        {
            foreach (PowerCut model in Models)
            {
                for (int i = 0; i < cutSeeds; i++)
                {
                    Run(workload with { Cuts = [new Cut(step, model, i)] });
                }
            }
        }
    }

    /// <summary>
    /// A cut at every so many steps of a workload with each model, and a second one at each of the
    /// first steps after it, which are those of the recovery, with each model.
    /// </summary>
    public void CutTwiceEverywhere(Scenario workload, int everySteps, int nextSteps)
    {
        int steps = Run(workload);
        for (int step = 1; step <= steps; step += everySteps)
        {
            for (int second = 1; second <= nextSteps; second++)
            {
                foreach (PowerCut model in Models)
                {
                    foreach (PowerCut other in Models)
                    {
                        Run(workload with
                        {
                            Cuts = [new Cut(step, model, step), new Cut(second, other, second)],
                        });
                    }
                }
            }
        }
    }

    /// <summary>Up to three cuts in a row at seeded places.</summary>
    /// <param name="firstSeed">The first of the seeds.</param>
    /// <param name="seeds">How many.</param>
    public void CutAnywhere(int firstSeed, int seeds)
    {
        for (int seed = firstSeed; seed < firstSeed + seeds; seed++)
        {
            Run(Seeded(seed));
        }
    }

    /// <summary>The scenario of a seed.</summary>
    public static Scenario Seeded(int seed)
    {
        var random = new SeededRandom(seed);
        int sectors = SectorCounts[random.Next(SectorCounts.Length)];
        int age = Ages[random.Next(Ages.Length)];
        int count = 4 + random.Next(60);
        var cuts = new Cut[1 + random.Next(3)];
        for (int i = 0; i < cuts.Length; i++)
        {
            int range = i == 0 ? count + count / 2 + 8 : random.Next(2) == 0 ? 5 : 30;
            cuts[i] = new Cut(1 + random.Next(range), Models[random.Next(Models.Length)],
                random.Next(1_000_000));
        }

        return new Scenario(sectors, age, random.Next(3), seed, count, cuts);
    }
}
