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

    private const int HolesPerSector = 3;
    private readonly SpiNorFlash _flash;
    private readonly SectorScan _scan;
    private readonly LogStart _start;
    private readonly CarryMark _mark;
    private readonly byte[] _scratch = new byte[Frame.SizeBytes];

    /// <summary>Wires the log; nothing is read.</summary>
    /// <param name="flash">The chip, opened.</param>
    /// <param name="address">Where the region begins, aligned to a sector.</param>
    /// <param name="sectors">Sectors of the region, 8 to 1024.</param>
    /// <exception cref="ArgumentException">The region is not aligned or too small.</exception>
    public SlotLog(SpiNorFlash flash, int address, int sectors)
    {
        _flash = flash;
        Ring = new Ring(flash, address, sectors);
        _scan = new SectorScan(flash, Ring);
        _mark = new CarryMark(flash, Ring);
        End = new LogEnd(flash, Ring, _mark);
        _start = new LogStart(flash, Ring, End, _scan, _mark);
    }

    /// <summary>The sectors.</summary>
    public Ring Ring { get; }

    /// <summary>Where the next group goes.</summary>
    public LogEnd End { get; }

    /// <summary>True since a mount that could read the flash.</summary>
    public bool IsMounted { get; private set; }

    /// <summary>True while it can be read, and what lies on flash has been made firm.</summary>
    public bool IsSound => IsMounted && _start.IsFirm;

    /// <summary>
    /// True when a group can be appended now, so that a command that is taken gets its answer.
    /// False while sectors are made ready; two are kept for carrying frames on, also when one of
    /// them has become the one that is written.
    /// </summary>
    public bool IsReady => IsMounted
        && Ring.ReadyCount + (End.NextFrame < FramesPerSector ? 1 : 0) > Limits.ReclaimReserve
        && (!Ring.IsErasing || _flash.Part.CanSuspend);

    /// <summary>
    /// Frames that may count at once: what is left of the ring without the ready sectors, the one
    /// that is written and the one that is carried on, holes left out.
    /// </summary>
    public int LiveFramesMax =>
        (Ring.Count - Ring.ReadyTarget - 2) * (SectorIndex.LastFrame - HolesPerSector);

    /// <summary>
    /// Finds what is on flash and makes it firm: burns what a cut program may have left
    /// half-charged, and appends the last group again. Called once, at start-up.
    /// </summary>
    /// <returns>
    /// Ok; ChipFailed or UnknownFormat, and nothing is mounted; WriteFailed, and the log can be
    /// read, but each append first tries to make it firm.
    /// </returns>
    /// <remarks>Three page programs, rarely more, and no erase.</remarks>
    public StorageStatus Mount()
    {
        StorageStatus status = Find();
        IsMounted = status == StorageStatus.Ok;
        return IsMounted ? _start.MakeFirm() : status;
    }

    /// <summary>One slice of idle work: makes sectors ready.</summary>
    /// <param name="mayErase">Nobody is at the keypad, so an erase may begin.</param>
    public void Step(bool mayErase)
    {
        if (IsMounted)
        {
            Ring.Step(mayErase);
            IsMounted = !Ring.WasBlind;
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

    /// <summary>Says on flash that the oldest sector has been carried on, so that it can be erased.
    /// </summary>
    /// <param name="sector">The oldest that holds frames.</param>
    /// <returns>False when the chip did not take it; then the sector still counts.</returns>
    public bool Retire(int sector) => _mark.Complete(End.Head, sector) && Ring.Retire(sector);

    /// <summary>Reads a group and checks each frame's checksum and place in the group.</summary>
    /// <param name="location">Where <see cref="Append"/> put it.</param>
    /// <param name="buffer">Receives the frames at its start.</param>
    /// <param name="count">Frames to read: all of the group, or its first.</param>
    /// <returns>Ok, Damaged, NotReady while the chip erases, or ChipFailed.</returns>
    /// <remarks>What looks damaged is read once more: a glitch on the wire is no rot.</remarks>
    public StorageStatus Read(int location, byte[] buffer, int count)
    {
        int sector = location / FramesPerSector;
        int address = Ring.AddressOf(sector, location % FramesPerSector);
        bool suspended = SuspendErase();
        FlashStatus status = FlashStatus.Ok;
        bool isGroup = false;
        for (int i = 0; i < Tries && !isGroup && status == FlashStatus.Ok; i++)
        {
            status = _flash.Read(address, buffer, 0, count * Frame.SizeBytes);
            isGroup = status == FlashStatus.Ok
                && Frame.IsGroup(_scratch, Ring.SequenceOf(sector), buffer, 0, count);
        }

        ResumeErase(suspended);
        return status != FlashStatus.Ok ? Failed(status)
            : isGroup ? StorageStatus.Ok
            : IsChipThere() ? StorageStatus.Damaged : StorageStatus.ChipFailed;
    }

    /// <summary>Loads the index of a sector, from its frames where it has none.</summary>
    /// <param name="sector">A sector that holds frames.</param>
    /// <param name="index">Receives the entries.</param>
    /// <param name="rottenFrames">Frames that would be in it, had they not rotted.</param>
    /// <returns>Ok, NotReady while the chip erases, or ChipFailed.</returns>
    public StorageStatus ReadIndex(int sector, SectorIndex index, out int rottenFrames)
    {
        rottenFrames = 0;
        if (sector == End.Head)
        {
            rottenFrames = _start.RottenFrames;
            Array.Copy(End.Index.Bytes, 0, index.Bytes, 0, SectorIndex.SizeBytes);
            return StorageStatus.Ok;
        }

        bool suspended = SuspendErase();
        FlashStatus status = _flash.Read(Ring.AddressOf(sector, SectorIndex.LastFrame + 1),
            index.Bytes, 0, SectorIndex.SizeBytes);
        bool isScanned = status == FlashStatus.Ok && !index.IsSealed(Ring.SequenceOf(sector));
        if (isScanned)
        {
            status = _scan.Run(sector, index);
            rottenFrames = _scan.RottenFrames;
        }

        ResumeErase(suspended);
        return isScanned && !IsChipThere() ? StorageStatus.ChipFailed : Failed(status);
    }

    private StorageStatus Write(byte[] group, int count, out int location)
    {
        location = -1;
        bool suspended = SuspendErase();
        StorageStatus status = StorageStatus.WriteFailed;
        bool isFirm = _start.IsFirm || _start.MakeFirm() == StorageStatus.Ok;
        for (int i = 0; isFirm && i < Tries && status == StorageStatus.WriteFailed; i++)
        {
            status = End.TryAppend(group, count, out location);
        }

        ResumeErase(suspended);
        return status;
    }

    private static StorageStatus Failed(FlashStatus status) =>
        status == FlashStatus.Ok ? StorageStatus.Ok
        : status == FlashStatus.Busy ? StorageStatus.NotReady : StorageStatus.ChipFailed;

    private StorageStatus Find()
    {
        StorageStatus status = Ring.ReadHeaders();
        return status != StorageStatus.Ok ? status
            : _start.Find() == FlashStatus.Ok && IsChipThere()
                ? StorageStatus.Ok : StorageStatus.ChipFailed;
    }

    // A chip that is gone reads as FF, which looks like a blank sector.
    private bool IsChipThere() => Ring.IsErasing || _flash.Verify() == FlashStatus.Ok;

    private bool SuspendErase() => Ring.IsErasing && _flash.Suspend() == FlashStatus.Ok;

    private void ResumeErase(bool suspended)
    {
        if (suspended)
        {
            _flash.Resume();
        }
    }
}
