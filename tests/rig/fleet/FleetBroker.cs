using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Rig;

/// <summary>The broker of a fleet: one that runs, or else one of our own, which ends with this.
/// </summary>
internal sealed class FleetBroker : IAsyncDisposable
{
    // Not a line for each of thousands of connections.
    private const string Quiet = $"""
        {MosquittoBroker.Open}
        log_type error
        log_type warning
        log_type information
        """;

    private readonly IAsyncDisposable? _own;

    private FleetBroker(BrokerAddress address, IAsyncDisposable? own, string name)
    {
        Address = address;
        _own = own;
        Name = name;
    }

    /// <summary>Where it listens.</summary>
    public BrokerAddress Address { get; }

    /// <summary>Which one it is, for people.</summary>
    public string Name { get; }

    /// <summary>True when what is left on it stays when we are gone.</summary>
    public bool IsForeign => _own == null;

    /// <summary>Its memory now, in bytes; null when it is not a process of ours.</summary>
    public long? MemoryBytes => (_own as MosquittoBroker)?.MemoryBytes;

    /// <summary>Uses the given one; without it starts Mosquitto on a free port, and where that is
    /// not installed the embedded one.</summary>
    /// <exception cref="IOException">It does not start.</exception>
    public static async Task<FleetBroker> StartAsync(BrokerAddress? given)
    {
        if (given != null)
        {
            return new FleetBroker(given, null, "given");
        }

        if (MosquittoBroker.IsInstalled)
        {
            MosquittoBroker mosquitto = await MosquittoBroker.StartAsync(settings: Quiet);
            return new FleetBroker(Local(mosquitto.Port), mosquitto, "Mosquitto, started for this");
        }

        EmbeddedBroker embedded = await EmbeddedBroker.StartAsync();
        return new FleetBroker(
            Local(embedded.Port), embedded, "embedded: mosquitto is not installed");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static BrokerAddress Local(int port) => new("127.0.0.1", port);
}
