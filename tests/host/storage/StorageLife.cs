// The storage objects between a power-up and a power cut, wired as Agent wires them.

using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Host.Storage;

/// <summary>Driver, log, codes, attempts and loader over one chip.</summary>
public sealed class StorageLife
{
    private static readonly byte[] Secret = new byte[DeviceSecret.SizeBytes];

    private readonly int _partId;

    public StorageLife(ISpiDevice chip, IClock clock, StorageShape shape)
    {
        _partId = shape.PartId;
        Flash = new SpiNorFlash(chip, clock);
        Log = new SlotLog(Flash, StorageShape.Address, shape.Sectors);
        DeviceSecret = new DeviceSecret(new ManagedHmac(), Secret);
        Book = new CodeBook(Log, DeviceSecret, shape.Capacity);
        Tables = new Tables(Log, Book, new LockState(Log, clock));
        Loader = new Loader(Tables);
        Reclaim = new Reclaim(Log, Tables);
    }

    public SpiNorFlash Flash { get; }

    public SlotLog Log { get; }

    public DeviceSecret DeviceSecret { get; }

    public CodeBook Book { get; }

    public Tables Tables { get; }

    public ActionAttempts Attempts => Tables.Attempts;

    public Loader Loader { get; }

    public Reclaim Reclaim { get; }

    /// <summary>Opens the chip and mounts.</summary>
    public StorageStatus Mount() =>
        Flash.Open(_partId) == FlashStatus.Ok ? Log.Mount() : StorageStatus.ChipFailed;

    /// <summary>One slice of idle work, and the ms that passes until the next.</summary>
    public void Idle(VirtualClock clock)
    {
        Reclaim.Step(0);
        Log.Step(true);
        clock.Advance(1);
    }

    /// <summary>Loads to the end.</summary>
    /// <param name="clock">Time passes while it loads.</param>
    /// <param name="isIdle">Sectors are made ready at the same time, as in Agent.Step.</param>
    /// <exception cref="StorageViolation">It does not end.</exception>
    public void Load(VirtualClock clock, bool isIdle)
    {
        for (int i = 0; i < StorageShape.MostSlices; i++)
        {
            Loader.Step();
            if (Loader.IsDone)
            {
                return;
            }

            if (isIdle)
            {
                Idle(clock);
            }
        }

        throw new StorageViolation("loading does not end");
    }

    /// <summary>Idles until a group can be appended, or never will be.</summary>
    /// <exception cref="StorageViolation">That time never comes.</exception>
    public void IdleUntilReady(VirtualClock clock)
    {
        for (int i = 0; i < StorageShape.MostSlices; i++)
        {
            if (Log.IsReady)
            {
                return;
            }

            Idle(clock);
        }

        throw new StorageViolation("the log never becomes ready");
    }
}
