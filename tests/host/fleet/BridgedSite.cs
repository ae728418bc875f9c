using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>
/// Two Mosquittos: a near one with a lock, as in a building, and a far one where commands are
/// sent. The near one keeps the bridge.
/// </summary>
internal sealed class BridgedSite : IAsyncDisposable
{
    private const string Topics = "keyway/v1/+/";
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("keyway-bridged-");
    private readonly MosquittoBroker _near;
    private readonly RigFolder _folder;
    private MosquittoBroker _far;

    private BridgedSite(MosquittoBroker far, MosquittoBroker near)
    {
        _far = far;
        _near = near;
        _folder = RigFolder.Open(_place.FullName);
        _folder.Settings.StrikeMs = 200;
        Lock = new VirtualLock(_folder.Settings, _folder.Flash,
            () => BrokerStream.Session(
                new BrokerAccess("127.0.0.1", near.Port), $"keyway-{DeviceId}"));
    }

    /// <summary>The lock, on the near side.</summary>
    public VirtualLock Lock { get; }

    /// <summary>Its id.</summary>
    public string DeviceId => _folder.Settings.DeviceId;

    /// <summary>Where the lock is.</summary>
    public BrokerAddress Near => new("127.0.0.1", _near.Port);

    /// <summary>Where commands are sent.</summary>
    public BrokerAddress Far => new("127.0.0.1", _far.Port);

    /// <summary>Starts the brokers; the lock has no power yet.</summary>
    public static async Task<BridgedSite> StartAsync()
    {
        MosquittoBroker far = await MosquittoBroker.StartAsync();
        try
        {
            return new BridgedSite(
                far, await MosquittoBroker.StartAsync(settings: BridgeTo(far.Port)));
        }
        catch
        {
            await far.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new client on the far side.</summary>
    public Task<LockClient> ConnectFarAsync() =>
        LockClient.ConnectAsync("127.0.0.1", _far.Port, DeviceId);

    /// <summary>Ends the far broker, with all that it knew.</summary>
    public ValueTask StopFarAsync() => _far.DisposeAsync();

    /// <summary>Starts it again at its place, empty.</summary>
    public async Task RestartFarAsync() => _far = await MosquittoBroker.StartAsync(_far.Port);

    /// <summary>A create command with an attempt of its own.</summary>
    public Dictionary<string, object> Create(string code) => new()
    {
        ["action_attempt_id"] = Guid.NewGuid().ToString(),
        ["device_id"] = DeviceId,
        ["code"] = code,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Lock.Dispose();
        _folder.Dispose();
        await _near.DisposeAsync();
        await _far.DisposeAsync();
        _place.Delete(recursive: true);
    }

    // Commands come in, reports go out; no topic goes both ways, so nothing can circle.
    private static string BridgeTo(int port) => $"""
        {MosquittoBroker.Open}
        connection far
        address 127.0.0.1:{port}
        bridge_protocol_version mqttv311
        cleansession false
        restart_timeout 1
        topic {Topics}access_codes/+ in 1
        topic {Topics}locks/unlock_door in 1
        topic {Topics}locks/lock_door in 1
        topic {Topics}locks/command in 1
        topic {Topics}locks/state out 1
        topic {Topics}action_attempts out 1
        topic {Topics}answers out 1
        topic {Topics}access_codes/state/+ out 1
        topic {Topics}events out 1
        topic {Topics}status out 1
        """;
}
