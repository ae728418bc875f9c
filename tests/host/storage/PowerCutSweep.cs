// Power cuts at every device step of short workloads, and at seeded steps of long ones. Tests and
// the bench run it; it runs StorageRun.

using Keyway.Boards.Virtual;

namespace Keyway.Tests.Host.Storage;

/// <summary>Makes scenarios, runs them and collects what they broke.</summary>
public sealed class PowerCutSweep
{
    private const int MostFindings = 20;
    private static readonly PowerCut[] Models = Enum.GetValues<PowerCut>();
    private readonly StorageFactory _factory;
    private readonly List<string> _findings = [];

    /// <summary>A sweep over storage made by a factory: the firmware's or a mutant.</summary>
    public PowerCutSweep(StorageFactory factory) => _factory = factory;

    /// <summary>The first broken promises, each with the text that replays it.</summary>
    public IReadOnlyList<string> Findings => _findings;

    public int Scenarios { get; private set; }

    public int Failed { get; private set; }

    public int CutsDone { get; private set; }

    /// <summary>Commands in flight in a cut that were there afterwards, and the rest.</summary>
    public (int Kept, int Dropped) InFlight { get; private set; }

    /// <summary>Runs one scenario, given as text, and throws what it breaks.</summary>
    /// <param name="scenario">See <see cref="Scenario.ToString"/>.</param>
    /// <exception cref="StorageViolation">A promise is broken.</exception>
    public static void Replay(string scenario) =>
        new StorageRun(Scenario.Parse(scenario), StorageShape.Make).Run();

    /// <summary>Runs one scenario.</summary>
    /// <returns>Device steps from its last power-up to its end.</returns>
    public int Run(Scenario scenario)
    {
        var run = new StorageRun(scenario, _factory);
        Scenarios++;
        try
        {
            run.Run();
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            Failed++;
            if (_findings.Count < MostFindings)
            {
                string what = broken is StorageViolation ? broken.Message : broken.ToString();
                _findings.Add($"{scenario}  {what}");
            }
        }

        CutsDone += run.CutsDone;
        InFlight = (InFlight.Kept + run.Model.Kept, InFlight.Dropped + run.Model.Dropped);
        return run.DeviceSteps;
    }

    /// <summary>One cut at each device step of a workload, with each model.</summary>
    /// <param name="seed">Of the workload.</param>
    /// <param name="creates">See <see cref="Scenario"/>.</param>
    /// <param name="mixed">See <see cref="Scenario"/>.</param>
    /// <param name="cutSeeds">Seeds tried for each step and model.</param>
    public void CutEverywhere(int seed, int creates, int mixed, int cutSeeds)
    {
        int steps = Run(new Scenario(seed, creates, mixed, []));
        for (int step = 1; step <= steps; step++)
        {
            foreach (PowerCut model in Models)
            {
                for (int i = 0; i < cutSeeds; i++)
                {
                    Run(new Scenario(seed, creates, mixed, [new Cut(step, model, i)]));
                }
            }
        }
    }

    /// <summary>
    /// A cut at each of the last steps of a workload with each model, and a second one at each of
    /// the first steps after it, which are those of the recovery, with each model.
    /// </summary>
    public void CutTwiceEverywhere(int seed, int creates, int mixed, int lastSteps, int nextSteps)
    {
        int steps = Run(new Scenario(seed, creates, mixed, []));
        for (int step = Math.Max(1, steps - lastSteps + 1); step <= steps; step++)
        {
            for (int second = 1; second <= nextSteps; second++)
            {
                foreach (PowerCut model in Models)
                {
                    foreach (PowerCut other in Models)
                    {
                        Run(new Scenario(seed, creates, mixed,
                            [new Cut(step, model, step), new Cut(second, other, second)]));
                    }
                }
            }
        }
    }

    /// <summary>Up to three cuts in a row at seeded places of longer workloads.</summary>
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
        int creates = random.Next(2) == 0 ? random.Next(4) : 20 + random.Next(14);
        int mixed = 2 + random.Next(24);
        var cuts = new Cut[1 + random.Next(3)];
        for (int i = 0; i < cuts.Length; i++)
        {
            int range = i == 0 ? creates + mixed + 16 : random.Next(2) == 0 ? 4 : 16;
            cuts[i] = new Cut(1 + random.Next(range), Models[random.Next(Models.Length)],
                random.Next(1_000_000));
        }

        return new Scenario(seed, creates, mixed, cuts) { Sectors = 4 + random.Next(3) };
    }
}
