// The append-only log of frames in the keypad module's flash: mount, append with read-back, read.
// CodeBook and ActionAttempts call it; it calls Ring for sectors and SpiNorFlash for bytes. The
// format is in FORMAT.md, the reasons in DESIGN.md.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>The log of frames. A location is sector * 64 + frame.</summary>
public sealed class SlotLog
{
    /// <summary>Frames of a sector, the header's and the index's included.</summary>
    public const int FramesPerSector = SpiNorFlash.SectorSizeBytes / Frame.SizeBytes;

    /// <summary>Frames of a page.</summary>
    public const int FramesPerPage = SpiNorFlash.PageSizeBytes / Frame.SizeBytes;

    private const int Tries = 2;
    private const int ReclaimReserve = 1;
    private readonly SpiNorFlash _flash;
    private readonly SectorScan _scan;
    private readonly byte[] _scratch = new byte[Frame.SizeBytes];

    /// <summary>Wires the log; nothing is read.</summary>
    /// <param name="flash">The chip, opened.</param>
    /// <param name="address">Where the region begins, aligned to a sector.</param>
    /// <param name="sectors">Sectors of the region, 4 to 1024.</param>
    /// <exception cref="ArgumentException">The region is not aligned or too small.</exception>
    public SlotLog(SpiNorFlash flash, int address, int sectors)
    {
        _flash = flash;
        Ring = new Ring(flash, address, sectors);
        _scan = new SectorScan(flash, Ring);
        End = new LogEnd(flash, Ring);
    }

    /// <summary>The sectors.</summary>
    public Ring Ring { get; }

    /// <summary>Where the next group goes.</summary>
    public LogEnd End { get; }

    /// <summary>True since a mount that could read the flash.</summary>
    public bool IsMounted { get; private set; }

    /// <summary>
    /// True when a group can be appended now, so that a command that is taken gets its answer.
    /// False while sectors are made ready; one is kept for carrying frames on.
    /// </summary>
    public bool IsReady => IsMounted
        && (End.NextFrame < FramesPerSector || Ring.ReadyCount > ReclaimReserve)
        && (!Ring.IsErasing || _flash.Part.CanSuspend);

    /// <summary>
    /// Frames that may count at once: what is left of the ring without the ready sectors, the one
    /// that is written and the one that is carried on. A frame in thirty may be a hole.
    /// </summary>
    public int LiveFramesMax =>
        (Ring.Count - Ring.ReadyTarget - 2) * (SectorIndex.LastFrame - 1);

    /// <summary>
    /// Finds what is on flash and makes it firm: burns what a cut program may have left
    /// half-charged, and appends the last group again. Called once, at start-up.
    /// </summary>
    /// <returns>
    /// Ok; ChipFailed or UnknownFormat, and nothing is mounted; WriteFailed, and the log can be
    /// read but what was written last may be weak.
    /// </returns>
    /// <remarks>At most four page programs, and no erase.</remarks>
    public StorageStatus Mount()
    {
        End.Resume(-1, FramesPerSector);
        StorageStatus status = Ring.ReadHeaders();
        IsMounted = status == StorageStatus.Ok && FindHead() == FlashStatus.Ok;
        if (status != StorageStatus.Ok || !IsMounted)
        {
            return status == StorageStatus.Ok ? StorageStatus.ChipFailed : status;
        }

        return MakeFirm();
    }

    /// <summary>One slice of idle work: makes sectors ready.</summary>
    /// <param name="mayErase">Nobody is at the keypad, so an erase may begin.</param>
    public void Step(bool mayErase)
    {
        if (IsMounted)
        {
            Ring.Step(mayErase);
        }
    }

    /// <summary>
    /// Writes a group of frames in one page program, reads it back and retries once on the next
    /// frames.
    /// </summary>
    /// <param name="group">
    /// 1 or 2 frames of 64 bytes, types and contents set; group bytes and checksums are filled in.
    /// The caller's.
    /// </param>
    /// <param name="count">Frames of the group, 1 or 2.</param>
    /// <param name="location">Where the group is now; -1 when it failed.</param>
    /// <returns>Ok, NotReady, WriteFailed or ChipFailed.</returns>
    /// <remarks>
    /// A power cut leaves either the whole group or nothing that validates. What failed is burnt,
    /// so that it cannot validate later.
    /// </remarks>
    public StorageStatus Append(byte[] group, int count, out int location)
    {
        location = -1;
        return IsReady ? Write(group, count, out location)
            : IsMounted ? StorageStatus.NotReady : StorageStatus.ChipFailed;
    }

    /// <summary>
    /// Appends a group from the oldest sector again, so that the sector can be erased. May use the
    /// sector that is kept for it.
    /// </summary>
    /// <param name="group">As read; is marked as carried.</param>
    /// <param name="count">Frames of the group, 1 or 2.</param>
    /// <param name="location">Where the group is now; -1 when it failed.</param>
    /// <returns>Ok, NotReady, WriteFailed or ChipFailed.</returns>
    public StorageStatus Carry(byte[] group, int count, out int location)
    {
        for (int i = 0; i < count; i++)
        {
            group[i * Frame.SizeBytes + Frame.Group] |= Frame.Carried;
        }

        return Write(group, count, out location);
    }

    /// <summary>Reads a group and checks each frame's checksum and place in the group.</summary>
    /// <param name="location">Where <see cref="Append"/> put it.</param>
    /// <param name="buffer">Receives the frames at its start.</param>
    /// <param name="count">Frames to read: all of the group, or its first.</param>
    /// <returns>Ok, Damaged, NotReady while the chip erases, or ChipFailed.</returns>
    public StorageStatus Read(int location, byte[] buffer, int count)
    {
        int sector = location / FramesPerSector;
        int address = Ring.AddressOf(sector, location % FramesPerSector);
        bool suspended = SuspendErase();
        FlashStatus status = _flash.Read(address, buffer, 0, count * Frame.SizeBytes);
        ResumeErase(suspended);
        return status != FlashStatus.Ok ? Failed(status)
            : Frame.IsGroup(_scratch, Ring.SequenceOf(sector), buffer, 0, count)
                ? StorageStatus.Ok
                : StorageStatus.Damaged;
    }

    /// <summary>Loads the index of a sector, from its frames where it has none.</summary>
    /// <param name="sector">A sector that holds frames.</param>
    /// <param name="index">Receives the entries.</param>
    /// <returns>Ok, NotReady while the chip erases, or ChipFailed.</returns>
    public StorageStatus ReadIndex(int sector, SectorIndex index)
    {
        if (sector == End.Head)
        {
            Array.Copy(End.Index.Bytes, 0, index.Bytes, 0, SectorIndex.SizeBytes);
            return StorageStatus.Ok;
        }

        bool suspended = SuspendErase();
        FlashStatus status = _flash.Read(Ring.AddressOf(sector, SectorIndex.LastFrame + 1),
            index.Bytes, 0, SectorIndex.SizeBytes);
        if (status == FlashStatus.Ok && !index.IsSealed(Ring.SequenceOf(sector)))
        {
            status = _scan.Run(sector, index);
        }

        ResumeErase(suspended);
        return Failed(status);
    }

    private StorageStatus Write(byte[] group, int count, out int location)
    {
        location = -1;
        bool suspended = SuspendErase();
        StorageStatus status = StorageStatus.WriteFailed;
        for (int i = 0; i < Tries && status == StorageStatus.WriteFailed; i++)
        {
            status = End.TryAppend(group, count, out location);
        }

        ResumeErase(suspended);
        return status;
    }

    private static StorageStatus Failed(FlashStatus status) =>
        status == FlashStatus.Ok ? StorageStatus.Ok
        : status == FlashStatus.Busy ? StorageStatus.NotReady : StorageStatus.ChipFailed;

    private bool SuspendErase() => Ring.IsErasing && _flash.Suspend() == FlashStatus.Ok;

    private void ResumeErase(bool suspended)
    {
        if (suspended)
        {
            _flash.Resume();
        }
    }

    // From the newest sector back: blank ones are ready, the first with data is the head.
    private FlashStatus FindHead()
    {
        int sector = Ring.Newest;
        for (int i = 0; i < Ring.Count && Ring.HoldsFrames(sector); i++)
        {
            FlashStatus status = _scan.Run(sector, End.Index);
            if (status != FlashStatus.Ok)
            {
                return status;
            }

            if (_scan.BlankFrom > 0)
            {
                End.Resume(sector, _scan.BlankFrom);
                break;
            }

            Ring.MarkBlank(sector);
            sector = Ring.Before(sector);
        }

        return FlashStatus.Ok;
    }

    private StorageStatus MakeFirm()
    {
        if (Ring.ReadyCount > 0 && Ring.StateOf(Ring.Newest) == SectorState.Ready)
        {
            Ring.ConfirmNewestHeader();
        }

        int end = End.Head < 0 ? 0 : _scan.LastGroup + _scan.LastGroupCount;
        StorageStatus status = ReadLastGroup(out byte[] group, out int count);
        if (status != StorageStatus.Ok)
        {
            return status;
        }

        bool burnt = End.BurnEnd(end);
        if (count > 0)
        {
            status = Write(group, count, out _);
        }

        return burnt ? status : StorageStatus.WriteFailed;
    }

    // The last group is in the head, or before it when the head has only burnt frames.
    private StorageStatus ReadLastGroup(out byte[] group, out int count)
    {
        group = null;
        count = End.Head < 0 ? 0 : _scan.LastGroupCount;
        int sector = End.Head;
        var other = new SectorIndex();
        for (int i = 0; End.Head >= 0 && count == 0 && i < Ring.Count; i++)
        {
            sector = Ring.Before(sector);
            if (!Ring.HoldsFrames(sector))
            {
                return StorageStatus.Ok;
            }

            FlashStatus status = _scan.Run(sector, other);
            if (status != FlashStatus.Ok)
            {
                return Failed(status);
            }

            count = _scan.LastGroupCount;
        }

        if (count == 0)
        {
            return StorageStatus.Ok;
        }

        group = new byte[count * Frame.SizeBytes];
        return Read(sector * FramesPerSector + _scan.LastGroup, group, count);
    }
}
