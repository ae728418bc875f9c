// Random sequences of commands on many locks, each compared with the model. Tests and the bench
// run it; it runs Life.

namespace Keyway.Tests.Model;

/// <summary>Runs lives on all processors and keeps what differed.</summary>
/// <param name="firstSeed">The seed of the first lock; the next has the next.</param>
public sealed class CommandSweep(int firstSeed)
{
    /// <summary>Sequences of one lock: its attempts and deleted ids fit its tables.</summary>
    public const int SequencesOfLife = 60;

    private readonly Lock _lock = new();
    private readonly List<string> _findings = [];

    /// <summary>Where lock and model differed, with what replays it.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Sequences that were compared to their end.</summary>
    public long Sequences { get; private set; }

    /// <summary>Commands and other steps of them.</summary>
    public long Steps { get; private set; }

    /// <summary>Runs so many sequences, or a few more.</summary>
    public void Run(int sequences)
    {
        int lives = (sequences + SequencesOfLife - 1) / SequencesOfLife;
        Parallel.For(0, lives, new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        }, life => Live(firstSeed + life, null));
    }

    /// <summary>Runs the sequences of one lock.</summary>
    /// <param name="seed">The lock's.</param>
    /// <param name="trace">Receives every step; null: nobody listens.</param>
    public void Live(int seed, Action<string>? trace)
    {
        string now = "start";
        int done = 0;
        int steps = 0;
        string? finding = null;
        try
        {
            var life = new Life(seed, trace);
            try
            {
                while (done < SequencesOfLife)
                {
                    life.Run(done + 1);
                    done++;
                }
            }
            finally
            {
                now = life.Now;
                steps = life.Steps;
            }
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            finding = $"seed {seed}, {now}\n  "
                + (thrown is Difference ? thrown.Message : thrown.ToString());
        }

        lock (_lock)
        {
            Sequences += done;
            Steps += steps;
            if (finding != null)
            {
                _findings.Add(finding);
            }
        }
    }
}
