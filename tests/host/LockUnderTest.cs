using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>A virtual lock in a folder of its own, online, and a client that watches it.</summary>
internal sealed class LockUnderTest : IAsyncDisposable
{
    private const int StrikeMs = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("keyway-lock-");
    private readonly RigFolder _folder;
    private readonly BrokerAccess _access;
    private int _openings;

    private LockUnderTest(BrokerAccess access, Func<string, BrokerAccess> accessOfLock,
        Action<AgentSettings>? adjust)
    {
        _access = access;
        _folder = RigFolder.Open(_place.FullName);
        _folder.Settings.StrikeMs = StrikeMs;
        adjust?.Invoke(_folder.Settings);
        BrokerAccess broker = accessOfLock(DeviceId);
        _folder.Settings.NeedsClockToConnect = broker.Authorities != null;
        Lock = new VirtualLock(_folder.Settings, _folder.Flash,
            () => BrokerStream.Session(broker, $"keyway-{DeviceId}"));
        Lock.DoorChanged += isOpen => Interlocked.Add(ref _openings, isOpen ? 1 : 0);
    }

    /// <summary>The lock.</summary>
    public VirtualLock Lock { get; }

    /// <summary>Sees what it publishes.</summary>
    public LockClient Client { get; private set; } = null!;

    /// <summary>Its id.</summary>
    public string DeviceId => _folder.Settings.DeviceId;

    /// <summary>What it shares with its server for offline codes.</summary>
    public byte[] OfflineSecret => _folder.Settings.OfflineSecret;

    /// <summary>How often the strike was energized.</summary>
    public int Openings => Volatile.Read(ref _openings);

    /// <summary>Starts it and waits until it is online and its sectors have been erased: before, it
    /// keeps nothing, so that no offline code opens.</summary>
    /// <param name="port">Of a broker on this machine.</param>
    /// <param name="prepare">Runs while the client is there and the lock has no power yet.</param>
    /// <param name="adjust">Changes the lock's settings before that.</param>
    public static Task<LockUnderTest> StartAsync(int port,
        Func<LockUnderTest, Task>? prepare = null, Action<AgentSettings>? adjust = null)
    {
        var access = new BrokerAccess("127.0.0.1", port);
        return StartAsync(access, _ => access, prepare, adjust);
    }

    /// <summary>The same where lock and client have ways in of their own.</summary>
    public static async Task<LockUnderTest> StartAsync(BrokerAccess access,
        Func<string, BrokerAccess> accessOfLock, Func<LockUnderTest, Task>? prepare = null,
        Action<AgentSettings>? adjust = null)
    {
        var tested = new LockUnderTest(access, accessOfLock, adjust);
        await tested.ConnectClientAsync();
        if (prepare != null)
        {
            await prepare(tested);
        }

        await tested.Lock.StartAsync();
        await tested.WaitAsync(message => message.Text("online") == "True");
        using var patience = new CancellationTokenSource(Patience);
        while (!await tested.Lock.IsSettledAsync())
        {
            await Task.Delay(5, patience.Token);
        }

        return tested;
    }

    /// <summary>A create command with an attempt of its own.</summary>
    public Dictionary<string, object> Create(string code) => new()
    {
        ["action_attempt_id"] = Guid.NewGuid().ToString(),
        ["device_id"] = DeviceId,
        ["code"] = code,
        ["name"] = "Ada",
    };

    /// <summary>Sends a create command until it is answered.</summary>
    public async Task<LockMessage> SendAsync(Dictionary<string, object> command)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Client.SendAsync("access_codes/create", command, patience.Token);
    }

    /// <summary>Waits for a message of the lock.</summary>
    public async Task<LockMessage> WaitAsync(Func<LockMessage, bool> accept)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Client.WaitAsync(accept, patience.Token);
    }

    /// <summary>Types a code and waits for the event that it causes.</summary>
    public async Task EnterAsync(string digits, string eventType)
    {
        Lock.Type(digits + "#");
        LockMessage happened = await WaitAsync(message => message.Topic == "events"
            && message.Text("event_type").StartsWith("lock.", StringComparison.Ordinal));
        Assert.AreEqual(eventType, happened.Text("event_type"), happened.ToString());
    }

    /// <summary>A new client for a broker that was restarted.</summary>
    public async Task ReconnectAsync()
    {
        await Client.DisposeAsync();
        await ConnectClientAsync();
    }

    private async Task ConnectClientAsync() => Client = await LockClient.ConnectAsync(
        _access.Host, _access.Port, DeviceId, _access.User, _access.Password);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        Lock.Dispose();
        _folder.Dispose();
        _place.Delete(recursive: true);
    }
}
