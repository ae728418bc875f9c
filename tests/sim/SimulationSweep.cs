// Many worlds, on all processors. Tests and the bench run it; it runs World.

namespace Keyway.Tests.Sim;

/// <summary>Runs worlds and keeps what was wrong in them.</summary>
/// <param name="days">How long each lasts.</param>
/// <param name="without">The protection that is switched off.</param>
public sealed class SimulationSweep(double days, Safeguard without)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, string> _findings = [];

    /// <summary>What was wrong, with the seed and the step.</summary>
    public IReadOnlyList<string> Findings
    {
        get
        {
            lock (_lock)
            {
                return [.. _findings.Values];
            }
        }
    }

    /// <summary>What the worlds were made of.</summary>
    public SimulationCounts Counts { get; } = new();

    /// <summary>Runs the worlds of some seeds.</summary>
    /// <param name="firstSeed">The first.</param>
    /// <param name="seeds">How many.</param>
    public void Run(int firstSeed, int seeds) => Parallel.For(firstSeed, firstSeed + seeds,
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
        seed => Run(seed, null));

    /// <summary>Runs worlds one after the other until something is wrong in one.</summary>
    /// <param name="firstSeed">The first.</param>
    /// <param name="seeds">How many at most.</param>
    /// <returns>How many it took; 0: nothing was found.</returns>
    public int Find(int firstSeed, int seeds)
    {
        for (int i = 0; i < seeds; i++)
        {
            if (!Run(firstSeed + i, null))
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>Runs one world.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="trace">Receives what happens; null: nobody listens.</param>
    /// <returns>False when something was wrong.</returns>
    public bool Run(int seed, Action<string>? trace)
    {
        World? world = null;
        string? finding = null;
        try
        {
            world = new World(seed, without, trace);
            world.Run(days);
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            finding = $"seed {seed}, step {world?.Steps}: "
                + (thrown is Violation ? thrown.Message : thrown.ToString());
        }

        lock (_lock)
        {
            if (world != null)
            {
                Counts.Add(world);
            }

            if (finding != null)
            {
                _findings[seed] = finding;
            }
        }

        return finding == null;
    }
}
