// The storage objects between a power-up and a power cut, wired as Agent wires them.

using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Sweep;

/// <summary>Driver, log, tables, loader and reclaim over one chip.</summary>
public sealed class StorageLife
{
    private static readonly byte[] Secret = new byte[DeviceSecret.SizeBytes];
    private readonly VirtualClock _clock;
    private readonly StorageShape _shape;

    public StorageLife(W25qChip chip, VirtualClock clock, StorageShape shape)
    {
        _clock = clock;
        _shape = shape;
        Wire = new Wire(chip, shape.Without);
        Flash = new SpiNorFlash(Wire, clock);
        Log = new SlotLog(Flash, StorageShape.Address, shape.Sectors);
        DeviceSecret = new DeviceSecret(new HostKeyedHash(), Secret);
        State = new LockState(Log, clock);
        Attempts = new ActionAttempts(Log, Limits.Remembered(shape.Capacity));
        Events = new FrameWindow(Limits.Events);
        Book = new CodeBook(Log, DeviceSecret, State, shape.Capacity, CodeConstraint.None,
            new TimeOfDay(clock, State), new byte[Frame.SizeBytes], new AccessCode(),
            new AccessCode());
        Book.Slots.Make(shape.Capacity);
        Room = new CodeRoom(Book, Attempts, Events);
        var work = new AccessCode();
        Loader = new Loader(Log, Book, Attempts, Events, State, work);
        Reclaim = new Reclaim(Log, Book, Attempts, Events, State, work);
    }

    public Wire Wire { get; }

    public SpiNorFlash Flash { get; }

    public SlotLog Log { get; }

    public DeviceSecret DeviceSecret { get; }

    public LockState State { get; }

    public FrameWindow Events { get; }

    public CodeRoom Room { get; }

    public CodeBook Book { get; }

    public Tombstones Tombstones => Book.Tombstones;

    public ActionAttempts Attempts { get; }

    public Loader Loader { get; }

    public Reclaim Reclaim { get; }

    /// <summary>Opens the chip and mounts.</summary>
    public StorageStatus Mount()
    {
        if (Flash.Open(_shape.PartId) != FlashStatus.Ok)
        {
            return StorageStatus.ChipFailed;
        }

        Wire.Mounting = Log;
        StorageStatus status = Log.Mount();
        Wire.Mounting = null;
        return status;
    }

    /// <summary>Loads to the end. As in Agent.Step nothing else happens meanwhile.</summary>
    /// <exception cref="StorageViolation">It does not end.</exception>
    public void Load()
    {
        for (int i = 0; i < StorageShape.MostSlices && !Loader.IsDone; i++)
        {
            Loader.Step();
        }

        StorageViolation.Require(Loader.IsDone, ViolationKind.Lost, "loading does not end");
    }

    /// <summary>One slice of idle work, and the ms that passes until the next.</summary>
    /// <param name="utc">The time in unix seconds; 0 when not known.</param>
    public void Idle(long utc)
    {
        Reclaim.Step(utc);
        Log.Step(true);
        _clock.Advance(1);
    }

    /// <summary>Idles until a group can be appended.</summary>
    /// <exception cref="StorageViolation">That time never comes.</exception>
    public void IdleUntilReady(long utc)
    {
        for (int i = 0; i < StorageShape.MostSlices && !Log.IsReady; i++)
        {
            Idle(utc);
        }

        StorageViolation.Require(Log.IsReady, ViolationKind.Lost,
            $"the log never becomes ready: ready {Log.Ring.ReadyCount} of {Log.Ring.ReadyTarget}, "
            + $"next frame {Log.End.NextFrame}, mounted {Log.IsMounted}, "
            + $"bad {Log.Ring.BadSectors}, live {LiveFrames} of {Log.LiveFramesMax}");
    }

    /// <summary>Idles until there is nothing to do.</summary>
    public void Settle(long utc)
    {
        for (int i = 0; i < StorageShape.MostSlices && !Log.Ring.IsSettled; i++)
        {
            Idle(utc);
        }
    }

    /// <summary>Frames that count at most, as CodeRoom counts them.</summary>
    public int LiveFrames => AccessCode.FrameCount * Book.Count + Attempts.Window.Count
        + Events.Count + 1;

    /// <summary>The slot of an access code, which must be possible to look for.</summary>
    /// <param name="id">The access code's.</param>
    /// <param name="code">Receives the code.</param>
    /// <returns>-1: there is none.</returns>
    public int SlotOf(byte[] id, AccessCode code)
    {
        StorageStatus status = Book.FindById(id, 0, code, out int slot);
        return status == StorageStatus.Ok
            ? slot : throw new InvalidOperationException($"looking for a code: {status}");
    }
}
