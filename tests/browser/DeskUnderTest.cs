using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig;
using Keyway.Tests.Rig.Gateway;

namespace Keyway.Tests.Browser;

/// <summary>What the rig starts on a desk, with a folder and free ports of its own.</summary>
internal sealed class DeskUnderTest : IAsyncDisposable
{
    /// <summary>How long the strike is energized.</summary>
    public const int StrikeMs = 1500;

    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("keyway-console-");
    private readonly RigFolder _folder;
    private readonly EmbeddedBroker _broker;
    private GatewayHost? _gateway;

    private DeskUnderTest(EmbeddedBroker broker)
    {
        _broker = broker;
        _folder = RigFolder.Open(_place.FullName);
        _folder.Settings.StrikeMs = StrikeMs;
        string deviceId = _folder.Settings.DeviceId;
        Lock = new VirtualLock(_folder.Settings, _folder.Flash,
            () => BrokerStream.Session(
                new BrokerAccess("127.0.0.1", broker.Port), $"keyway-{deviceId}"));
        Console = new RigConsole(Lock, deviceId, "Front door");
    }

    public VirtualLock Lock { get; }

    public RigConsole Console { get; }

    /// <summary>The lock's id.</summary>
    public string DeviceId => _folder.Settings.DeviceId;

    /// <summary>Where the page is.</summary>
    public string Url => _gateway!.Url;

    /// <summary>The link that opens the console once.</summary>
    public string Link => Url + Console.Access.Link;

    public static async Task<DeskUnderTest> StartAsync()
    {
        var desk = new DeskUnderTest(await EmbeddedBroker.StartAsync());
        desk._gateway = await GatewayHost.StartAsync(new GatewaySettings
        {
            Data = Path.Combine(desk._place.FullName, "gateway"),
            BrokerHost = "127.0.0.1",
            BrokerPort = desk._broker.Port,
            Port = (ushort)FreePort.Find(),
            IsQuiet = true,
            Console = desk.Console,
        }, folder => folder.AddDevice(
            desk.DeviceId, "Front door", desk._folder.Settings.OfflineSecret));
        await desk.Lock.StartAsync();
        return desk;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gateway != null)
        {
            await _gateway.DisposeAsync();
        }

        Lock.Dispose();
        _folder.Dispose();
        await _broker.DisposeAsync();
        _place.Delete(recursive: true);
    }
}
