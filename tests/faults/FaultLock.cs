using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Faults;

/// <summary>A virtual lock that is stepped by a run and loses its power as planned.</summary>
internal sealed class FaultLock
{
    private const string Part = "W25Q32JV";
    private const int Sectors = 24;
    private const int Capacity = 20;
    private const int StrikeMs = 200;

    /// <summary>Those of <see cref="PowerCut"/> that mean something for every step.</summary>
    private const int CutModels = 4;

    private readonly VirtualBoard _board;
    private readonly FaultCounts _counts;
    private readonly Func<IMqttSession> _connect;
    private readonly AccessCode _found = new();
    private readonly int _seed;
    private IMqttSession _session;

    /// <summary>Gives it power.</summary>
    /// <param name="seed">Of its random bytes.</param>
    /// <param name="port">Where its broker seems to be.</param>
    /// <param name="isEarly">Over the session that acknowledges before the lock has seen a
    /// message, as a vendor's client may.</param>
    /// <param name="counts">Counts power cuts.</param>
    public FaultLock(int seed, int port, bool isEarly, FaultCounts counts)
    {
        _seed = seed;
        _counts = counts;
        DeviceId = new Guid(seed, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString();
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        new Random(seed).NextBytes(secret);
        var settings = new AgentSettings(DeviceId, secret)
        {
            Capacity = Capacity,
            FlashSectors = Sectors,
            StrikeMs = StrikeMs,
        };
        var chip = new W25qChip(FlashParts.All().Single(known => known.Name == Part), Clock,
            Sectors * SpiNorFlash.SectorSizeBytes);
        var keypad = new MatrixKeypad(4, 3, settings.KeyLegend, Clock, 0, seed);
        _board = new VirtualBoard(
            settings, chip, keypad, Clock, new SeededRandom(seed), new HostKeyedHash());
        var broker = new BrokerAccess("127.0.0.1", port)
        {
            KeepAlive = TimeSpan.FromSeconds(1),
            AnswerTimeout = TimeSpan.FromSeconds(2),
        };
        _connect = () => isEarly ? new MqttNetSession(broker, $"keyway-{DeviceId}")
            : BrokerStream.Session(broker, $"keyway-{DeviceId}", clock: Clock);
        _session = _connect();
        PowerUp();
    }

    /// <summary>Its id.</summary>
    public string DeviceId { get; }

    /// <summary>Its time.</summary>
    public FastClock Clock { get; } = new();

    /// <summary>True when everything is sent and acknowledged.</summary>
    public bool IsSettled => _board.Agent.IsSettled;

    /// <summary>Access codes that it holds.</summary>
    public int CodeCount => _board.Agent.Codes.Count;

    /// <summary>How often the strike was energized.</summary>
    public int Openings => (_board.Strike.Changes + (_board.Strike.IsActive ? 1 : 0)) / 2;

    /// <summary>True when it has an access code of an id.</summary>
    public bool Has(string accessCodeId)
    {
        var id = new byte[Uuid.SizeBytes];
        return Uuid.TryRead(accessCodeId, id, 0)
            && _board.Agent.Codes.FindById(id, 0, _found, out int slot) == StorageStatus.Ok
            && slot >= 0;
    }

    /// <summary>One step of the agent.</summary>
    public void Step()
    {
        try
        {
            _board.Agent.Step();
        }
        catch (PowerCutException)
        {
            _counts.Add(FaultKind.PowerCutInFlash);
            Restart();
        }
    }

    /// <summary>The power goes now, and comes back.</summary>
    public void CutPower()
    {
        _counts.Add(FaultKind.PowerCut);
        _board.Flash.LosePower(_seed);
        Restart();
    }

    /// <summary>The power goes at one of the next writes of the flash.</summary>
    /// <param name="steps">At which.</param>
    public void CutPowerInFlash(int steps)
    {
        _board.Flash.CutPowerAt(steps, (PowerCut)(_seed % CutModels), _seed);
    }

    /// <summary>Drops the connection.</summary>
    public void Stop() => _session.Close();

    private void Restart()
    {
        _session.Close();
        _session = _connect();
        _board.Flash.RestorePower();
        PowerUp();
    }

    private void PowerUp()
    {
        StorageStatus status = _board.PowerUp(_session);
        if (status != StorageStatus.Ok)
        {
            throw new InvalidOperationException($"the storage of lock {_seed} is {status}");
        }
    }
}
