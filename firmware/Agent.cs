// The agent of a lock: what a board makes at start-up and steps for ever. It owns the two ways
// through the code: Door (keys to strike) and CommandDesk (messages to flash and answer).

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>One lock.</summary>
/// <remarks>
/// Used from one thread. A step takes no longer than 5 ms, but for one page program that the chip
/// makes slow, and never waits for the network or an erase.
/// </remarks>
public sealed class Agent
{
    private readonly SpiNorFlash _flash;
    private readonly int _flashJedecId;
    private readonly Strike _strike;
    private readonly SlotLog _log;
    private readonly CodeBook _book;
    private readonly Loader _loader;
    private readonly SlotDigest _digest;
    private readonly Outbox _outbox = new();
    private readonly EventWriter _events;
    private readonly CommandDesk _desk;
    private readonly StatusWriter _status;
    private readonly Link _link;
    private readonly Door _door;

    /// <summary>Wires a lock. The strike and the LEDs take their safe level; nothing else is
    /// touched.</summary>
    /// <param name="ports">The board's seams; every one is set.</param>
    /// <param name="settings">The lock's own.</param>
    /// <exception cref="System.ArgumentException">A setting is out of its range.</exception>
    public Agent(AgentPorts ports, AgentSettings settings)
    {
        IClock clock = ports.Clock;
        _strike = new Strike(ports.Strike, clock, settings.StrikeMs);
        _flash = new SpiNorFlash(ports.Flash, clock);
        _flashJedecId = settings.FlashJedecId;
        var topics = new Topics(settings.DeviceId);
        var secret = new DeviceSecret(ports.Hash, settings.DeviceSecret);
        _log = new SlotLog(_flash, settings.FlashAddress, settings.FlashSectors);
        _book = new CodeBook(_log, secret, settings.Capacity);
        var attempts = new ActionAttempts(_log);
        _loader = new Loader(_log, _book, attempts);
        _digest = new SlotDigest(_book);
        _events = new EventWriter(_outbox, topics, clock, ports.Random);
        _desk = new CommandDesk(
            settings, _log, _book, attempts, secret, clock, topics, _outbox, _events);
        _status = new StatusWriter(settings, _book, _digest, clock);
        _link = new Link(ports.Session, clock, topics, _outbox, _status);
        var keys = new KeyScan(ports.Keys, clock, settings.KeyLegend, settings.KeySettleMs,
            settings.KeyPressMs, settings.KeyReleaseMs);
        _door = new Door(keys, _book, _strike, ports, _events, settings.StrikeMs);
    }

    /// <summary>The access codes, to look at.</summary>
    public CodeBook Codes => _book;

    /// <summary>True when the codes have been loaded and commands are taken.</summary>
    public bool IsLoaded => _log.IsMounted && _loader.IsDone;

    /// <summary>True when nothing waits for the broker.</summary>
    public bool IsOutboxEmpty => _outbox.Count == 0;

    /// <summary>True when nothing is under way: no message for the broker, no sector to make
    /// ready.</summary>
    public bool IsSettled => IsLoaded && IsOutboxEmpty && _log.Ring.IsSettled;

    /// <summary>Finds the flash and what is on it. Called once, before the first step.</summary>
    /// <returns>
    /// Ok, or what is wrong with the storage: then the lock runs, opens for nobody and takes no
    /// command, and an event says so.
    /// </returns>
    public StorageStatus Start()
    {
        StorageStatus status = StorageStatus.ChipFailed;
        FlashStatus flash = _flash.Open(_flashJedecId);
        if (flash == FlashStatus.Ok)
        {
            status = _log.Mount();
        }

        _status.Storage = status;
        if (status != StorageStatus.Ok)
        {
            _events.StorageTrouble(TextOf(status));
        }

        return status;
    }

    /// <summary>One slice of everything. Called every few milliseconds.</summary>
    public void Step()
    {
        _strike.Step();
        _door.Step();
        bool isQuiet = !_door.IsAwake && !_strike.IsEnergized;
        _link.Step(isQuiet);
        if (!_log.IsMounted)
        {
            return;
        }

        if (!_loader.IsDone)
        {
            StepLoader();
        }
        else if (_log.IsReady && _outbox.HasRoomForCommand
            && _link.TryTakeMessage(out MqttMessage message))
        {
            StepCommand(message);
        }
        else
        {
            _digest.Step();
        }

        // An erase that ends shifts the order in which the loader reads, and on a chip that cannot
        // suspend one, codes cannot be read.
        _log.Step(isQuiet && _loader.IsDone);
    }

    private void StepLoader()
    {
        _loader.Step();
        if (_loader.IsDone && _loader.LostCodes > 0)
        {
            _events.StorageTrouble(_loader.LostCodes + " access codes on the keypad's flash "
                + "cannot be read; list the codes and create them again");
        }
    }

    private void StepCommand(MqttMessage message)
    {
        if (_desk.Take(message))
        {
            _digest.Restart();
            _link.StatusChanged();
        }
    }

    private static string TextOf(StorageStatus status) => status switch
    {
        StorageStatus.UnknownFormat => "the keypad's flash was written in another format; "
            + "it is left untouched and no code opens",
        StorageStatus.WriteFailed => "the keypad's flash does not take what is written",
        _ => "the keypad's flash does not answer, or is not the part that the board expects; "
            + "no code opens",
    };
}
