using System.Collections.Concurrent;
using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Faults;

/// <summary>Many seeded runs, side by side.</summary>
/// <param name="startBroker">Starts a broker on a port; disposing it kills it.</param>
/// <param name="isEarly">Over the session that acknowledges a message before the lock has seen it,
/// as a vendor's client may.</param>
public sealed class FaultSweep(Func<int, Task<IAsyncDisposable>> startBroker, bool isEarly)
{
    /// <summary>A run waits most of its time.</summary>
    private const int AtOnce = 64;

    private readonly ConcurrentQueue<string> _findings = new();
    private int _runs;
    private int _commands;
    private int _sent;
    private int _answers;

    /// <summary>Over mosquitto, a process for each run.</summary>
    public static FaultSweep OverMosquitto(bool isEarly) =>
        new(async port => await MosquittoBroker.StartAsync(port), isEarly);

    /// <summary>Over the broker of the rig.</summary>
    public static FaultSweep OverEmbeddedBroker(bool isEarly) =>
        new(async port => await EmbeddedBroker.StartAsync(port), isEarly);

    /// <summary>What has really gone wrong.</summary>
    public FaultCounts Counts { get; } = new();

    /// <summary>Runs that have ended.</summary>
    public int Runs => _runs;

    /// <summary>What was not as it must be, with its seed.</summary>
    public IReadOnlyCollection<string> Findings => _findings;

    /// <summary>Runs seeds, one after another from the first.</summary>
    public Task RunAsync(int firstSeed, int count) => Parallel.ForEachAsync(
        Enumerable.Range(firstSeed, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (seed, _) => await RunAsync(seed));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_runs} runs, {_commands} commands sent {_sent} times and answered {_answers} times; "
        + Counts;

    private async Task RunAsync(int seed)
    {
        var run = new FaultRun(new FaultPlan(seed), startBroker, isEarly, Counts);
        foreach (string finding in await run.RunAsync())
        {
            _findings.Enqueue(finding);
        }

        Interlocked.Increment(ref _runs);
        Interlocked.Add(ref _commands, run.Commands);
        Interlocked.Add(ref _sent, run.Sent);
        Interlocked.Add(ref _answers, run.Answers);
    }
}
