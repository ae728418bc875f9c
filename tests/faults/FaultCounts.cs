namespace Keyway.Tests.Faults;

/// <summary>What has really happened, by kind. Many threads count.</summary>
public sealed class FaultCounts
{
    private readonly int[] _counts = new int[Enum.GetValues<FaultKind>().Length];
    private int _connections;

    /// <summary>Connections that the locks have made to a proxy.</summary>
    public int Connections => _connections;

    /// <summary>How often a fault has happened.</summary>
    public int Of(FaultKind kind) => Volatile.Read(ref _counts[(int)kind]);

    /// <inheritdoc/>
    public override string ToString() => $"connections {Connections}, "
        + string.Join(", ", Enum.GetValues<FaultKind>().Select(kind => $"{kind} {Of(kind)}"));

    internal void Add(FaultKind kind) => Interlocked.Increment(ref _counts[(int)kind]);

    internal void AddConnection() => Interlocked.Increment(ref _connections);
}
