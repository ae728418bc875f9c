// The lock of a scenario in a simulation: the agent that ships on the virtual board, with a broker
// inside, in a time of its own. So a lockout is over at once, and a busy machine changes no timing.

using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Rig;

/// <summary>A new virtual lock, in virtual time.</summary>
internal sealed class VirtualBench : ILockBench
{
    private const string Id = "d0c0ffee-0000-4000-8000-00000000000a";
    private const string Part = "W25Q32JV";
    private const int KeyRows = 4;
    private const int KeyColumns = 3;
    private const int KeyBounceMs = 4;
    private const int Seed = 1;
    private const int IdleStepMs = 10;
    private const int StartMaxMs = 60_000;

    // What the clock says at first: 2026-11-24T10:00:00Z.
    private const long StartUtc = 1795514400;

    private readonly string _prefix;
    private readonly VirtualClock _clock = new();
    private readonly LoopbackSession _broker = new();
    private readonly VirtualBoard _board;
    private readonly List<Sighting> _seen = [];
    private bool _isPowered;
    private bool _wasEnergized;

    private VirtualBench()
    {
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        secret[0] = Seed;
        var settings = new AgentSettings(Id, secret) { Capacity = 100 };
        _prefix = $"keyway/v1/{Id}/";
        _clock.SetUtc(StartUtc);
        FlashPart part = FlashParts.All().Single(known => known.Name == Part);
        var chip = new W25qChip(
            part, _clock, settings.FlashSectors * SpiNorFlash.SectorSizeBytes);
        var keypad = new MatrixKeypad(
            KeyRows, KeyColumns, settings.KeyLegend, _clock, KeyBounceMs, Seed);
        _board = new VirtualBoard(
            settings, chip, keypad, _clock, new SeededRandom(Seed), new HostKeyedHash());
    }

    /// <inheritdoc/>
    public string Name => "virtual";

    /// <inheritdoc/>
    public string DeviceId => Id;

    /// <inheritdoc/>
    public long Milliseconds => _clock.Milliseconds;

    /// <inheritdoc/>
    public DateTimeOffset UtcNow
    {
        get
        {
            _clock.TryGetUtc(out long seconds);
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }
    }

    /// <inheritdoc/>
    public int SeenCount => _seen.Count;

    /// <summary>A lock that is online.</summary>
    /// <exception cref="IOException">It does not get there.</exception>
    public static async Task<ILockBench> OpenAsync(CancellationToken cancel)
    {
        var bench = new VirtualBench();
        await bench.SetPowerAsync(true, cancel);
        while (!bench._seen.Any(Play.IsOnline) || !bench._board.Agent.IsSettled)
        {
            if (bench.Milliseconds > StartMaxMs)
            {
                throw new IOException("the virtual lock does not start");
            }

            bench.Step(1);
        }

        return bench;
    }

    /// <inheritdoc/>
    public Sighting Seen(int index) => _seen[index];

    /// <inheritdoc/>
    public Task PassAsync(long ms, CancellationToken cancel)
    {
        long end = Milliseconds + ms;
        while (Milliseconds < end)
        {
            cancel.ThrowIfCancellationRequested();
            bool isIdle = end - Milliseconds > 1000 && _isPowered && _board.Agent.IsSettled
                && !_board.Strike.IsActive;
            Step(isIdle ? IdleStepMs : 1);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StepClockAsync(int seconds, CancellationToken cancel)
    {
        _clock.StepUtc(seconds);
        return PassAsync(1, cancel);
    }

    /// <inheritdoc/>
    public Task PublishAsync(string topic, byte[] payload)
    {
        // The agent works in the buffer that it is given.
        _broker.Deliver(_prefix + topic, [.. payload], false);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<long> PressAsync(char key, int holdMs, CancellationToken cancel)
    {
        long atMs = Milliseconds;
        _board.Keypad.Press(key);
        await PassAsync(holdMs, cancel);
        _board.Keypad.Release(key);
        return atMs;
    }

    /// <inheritdoc/>
    public Task SetDoorAsync(bool isOpen, CancellationToken cancel)
    {
        _board.DoorContact.IsActive = isOpen;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<long> SetPowerAsync(bool isOn, CancellationToken cancel)
    {
        if (isOn)
        {
            StorageStatus storage = _board.PowerUp(_broker);
            if (storage != StorageStatus.Ok)
            {
                throw new IOException($"the virtual lock's storage says {storage}");
            }
        }
        else
        {
            _broker.DropConnection();
            _board.Flash.LosePower(1);
            _board.Flash.RestorePower();
            _board.Strike.Write(false);
        }

        _isPowered = isOn;
        Collect();
        return Task.FromResult(Milliseconds);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Step(int ms)
    {
        _clock.Advance(ms);
        if (_isPowered)
        {
            _board.Agent.Step();
        }

        Collect();
    }

    private void Collect()
    {
        if (_board.Strike.IsActive != _wasEnergized)
        {
            _wasEnergized = _board.Strike.IsActive;
            _seen.Add(new Sighting(_board.Strike.LastChangeMs, null, _wasEnergized));
        }

        for (int i = 0; i < _broker.PublishedCount; i++)
        {
            MqttMessage message = _broker.Published(i);
            _seen.Add(new Sighting(Milliseconds, new LockMessage(message.Topic[_prefix.Length..],
                Encoding.UTF8.GetString(message.Payload)), false));
        }

        _broker.ClearPublished();
    }
}
