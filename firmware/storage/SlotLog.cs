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

    private const int None = -1;
    private const int Tries = 2;
    private const int HolesPerSector = 3;
    private readonly SpiNorFlash _flash;
    private readonly Checksum _checksum;

    // Each is there only while it has work.
    private SectorScan _scan;
    private Mount _mount;
    private int _headRottenFrames;
    private int _indexSector = None;
    private int _rottenFrames;
    private bool _isMounted;

    /// <summary>Wires the log; nothing is read.</summary>
    /// <param name="flash">The chip, opened.</param>
    /// <param name="address">Where the region begins, aligned to a sector.</param>
    /// <param name="sectors">Sectors of the region, 8 to 1024.</param>
    /// <exception cref="ArgumentException">The region is not aligned or too small.</exception>
    public SlotLog(SpiNorFlash flash, int address, int sectors)
    {
        _flash = flash;
        Ring = new Ring(flash, address, sectors);
        _checksum = Ring.Headers.Checksum;
        End = new Append(flash, Ring);
    }

    /// <summary>The sectors.</summary>
    public Ring Ring { get; }

    /// <summary>Where the next group goes.</summary>
    public Append End { get; }

    /// <summary>What <see cref="ReadIndex"/> has read last.</summary>
    public SectorIndex Index { get; } = new();

    /// <summary>Frames that would be in it, had they not rotted.</summary>
    public int RottenFrames => _rottenFrames;

    /// <summary>True when it is that of a sector, other than the one that is written.</summary>
    public bool HasIndexOf(int sector) => _indexSector == sector;

    /// <summary>True since a mount that could read the flash.</summary>
    public bool IsMounted => _isMounted;

    /// <summary>True from the first slice of a mount until its last.</summary>
    public bool IsMounting => !_isMounted && _mount != null;

    /// <summary>True while it can be read, and what lies on flash is firm.</summary>
    public bool IsSound => _isMounted && _mount == null;

    /// <summary>True when a group can be appended now, so that a command that is taken gets its
    /// answer. False while sectors are made ready; two are kept for carrying frames on, also when
    /// one of them has become the one that is written.</summary>
    public bool IsReady => _isMounted
        && Ring.ReadyCount + (End.NextFrame < FramesPerSector ? 1 : 0) > Limits.ReclaimReserve
        && (!Ring.IsErasing || _flash.Part.CanSuspend);

    /// <summary>Frames that may count at once: all but those of the ready sectors, of the one that
    /// is written and the one that is carried on, and holes.</summary>
    public int LiveFramesMax =>
        (Ring.Count - Ring.ReadyTarget - 2) * (SectorIndex.LastFrame - HolesPerSector);

    /// <summary>Finds what is on flash and makes it firm: burns what a cut program may have left
    /// half-charged, and appends the last group again.</summary>
    /// <returns>What <see cref="StepMount"/> says at its end.</returns>
    public StorageStatus Mount()
    {
        StorageStatus status;
        while (!StepMount(out status))
        {
        }

        return status;
    }

    /// <summary>One slice of a mount; begins one where none is under way.</summary>
    /// <param name="status">
    /// Ok; ChipFailed or UnknownFormat, and nothing is mounted; WriteFailed, and the log can be
    /// read, but each append first tries to make it firm.
    /// </param>
    /// <returns>True when it is over.</returns>
    /// <remarks>Three page programs altogether, rarely more, and no erase.</remarks>
    public bool StepMount(out StorageStatus status)
    {
        if (!IsMounting)
        {
            _isMounted = false;
            _mount = new Mount(_flash, Ring, End, Index);
        }

        bool isOver = _mount.Step(out status);
        if (isOver)
        {
            _isMounted = status == StorageStatus.Ok || status == StorageStatus.WriteFailed;
            _headRottenFrames = _mount.RottenFrames;
            _mount = status == StorageStatus.WriteFailed ? _mount : null;
        }

        return isOver;
    }

    /// <summary>One slice of idle work: makes sectors ready.</summary>
    /// <param name="mayErase">Nobody is at the keypad, so an erase may begin.</param>
    public void Step(bool mayErase)
    {
        if (_isMounted)
        {
            Ring.Step(mayErase);
            _isMounted = !Ring.WasBlind;
        }
    }

    /// <summary>Writes a group of frames in one page program, reads it back and retries once on the
    /// next frames.</summary>
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
            : _isMounted ? StorageStatus.NotReady : StorageStatus.ChipFailed;
    }

    /// <summary>Appends a group from the oldest sector again, so that the sector can be erased. May
    /// use the sector that is kept for it.</summary>
    /// <param name="group">As read; is marked as carried.</param>
    /// <param name="count">Frames of the group, 1 or 2.</param>
    /// <param name="location">Where the group is now; -1 when it failed.</param>
    /// <returns>Ok, NotReady, WriteFailed or ChipFailed.</returns>
    public StorageStatus Carry(byte[] group, int count, out int location)
    {
        for (int i = 0; i < count; i++)
            group[i * Frame.SizeBytes + Frame.Group] |= Frame.Carried;

        return Write(group, count, out location);
    }

    /// <summary>Says on flash that the oldest sector has been carried on, so that it can be erased.
    /// </summary>
    /// <param name="sector">The oldest that holds frames.</param>
    /// <returns>False when the chip did not take it; then the sector still counts.</returns>
    public bool Retire(int sector)
    {
        _indexSector = None;
        return Ring.Headers.Complete(End.Head, Ring.SequenceOf(sector)) && Ring.Retire(sector);
    }

    /// <summary>Reads a group and checks each frame's checksum and place in the group.</summary>
    /// <param name="location">Where <see cref="Append"/> put it.</param>
    /// <param name="buffer">Receives the frames at its start, where the answer is Ok.</param>
    /// <param name="count">Frames to read: all of the group, or its first.</param>
    /// <returns>Ok, Damaged, NotReady while the chip erases, or ChipFailed.</returns>
    /// <remarks>What looks damaged is read once more: a glitch on the wire is no rot.</remarks>
    public StorageStatus Read(int location, byte[] buffer, int count)
    {
        _flash.Suspend();
        StorageStatus status = ReadPage(location, count);
        if (status == StorageStatus.Ok)
        {
            Array.Copy(_flash.Page, SpiNorFlash.PageOffset, buffer, 0, count * Frame.SizeBytes);
        }

        _flash.Resume();
        return status;
    }

    /// <summary>Reads the first frame of a group and compares an id in it.</summary>
    /// <param name="location">Where <see cref="Append"/> put it.</param>
    /// <param name="at">Where the id is in the frame.</param>
    /// <param name="id">Holds another id.</param>
    /// <param name="offset">Where that begins.</param>
    /// <param name="isSame">The ids are the same.</param>
    /// <returns>As <see cref="Read"/>.</returns>
    public StorageStatus ReadId(int location, int at, byte[] id, int offset, out bool isSame)
    {
        _flash.Suspend();
        StorageStatus status = ReadPage(location, 1);
        isSame = status == StorageStatus.Ok
            && Uuid.AreEqual(_flash.Page, SpiNorFlash.PageOffset + at, id, offset);
        _flash.Resume();
        return status;
    }

    /// <summary>Loads the index of a sector into <see cref="Index"/>, from its frames where it has
    /// none.</summary>
    /// <param name="sector">A sector that holds frames.</param>
    /// <returns>Ok; NotReady while the chip erases, or when frames had to be read: call again,
    /// unless <see cref="HasIndexOf"/> says that they were all; or ChipFailed.</returns>
    public StorageStatus ReadIndex(int sector)
    {
        _indexSector = None;
        _rottenFrames = 0;
        if (sector == End.Head)
        {
            Index.CopyFrom(End.Index);
            _rottenFrames = _headRottenFrames;
            return StorageStatus.Ok;
        }

        bool isScanned = _scan != null && _scan.Sector == sector;
        FlashStatus status = FlashStatus.Ok;
        _flash.Suspend();
        if (!isScanned)
        {
            status = _flash.Read(Ring.AddressOf(sector, SectorIndex.LastFrame + 1),
                Index.Bytes, 0, SectorIndex.SizeBytes);
            isScanned = status == FlashStatus.Ok && !SectorIndex.IsSealed(
                _checksum, Ring.SequenceOf(sector), Index.Bytes, 0);
            _scan = isScanned ? new SectorScan(_flash, Ring, Index) : null;
            _scan?.Begin(sector, null);
        }

        status = isScanned ? _scan.Step() : status;
        _flash.Resume();
        bool isRead = status == FlashStatus.Ok && (!isScanned || IsChipThere());
        bool isOver = !isScanned || _scan.Sector != sector;
        _indexSector = isRead && isOver ? sector : None;
        _rottenFrames = isScanned ? _scan.RottenFrames : 0;
        _scan = isOver ? null : _scan;
        return isRead && !isScanned ? StorageStatus.Ok
            : isRead || status == FlashStatus.Busy
                ? StorageStatus.NotReady : StorageStatus.ChipFailed;
    }

    private StorageStatus ReadPage(int location, int count)
    {
        int sector = location / FramesPerSector;
        int address = Ring.AddressOf(sector, location % FramesPerSector);
        FlashStatus status = FlashStatus.Ok;
        bool isGroup = false;
        for (int i = 0; i < Tries && !isGroup && status == FlashStatus.Ok; i++)
        {
            status = _flash.Read(
                address, _flash.Page, SpiNorFlash.PageOffset, count * Frame.SizeBytes);
            isGroup = status == FlashStatus.Ok && _checksum.IsGroup(
                Ring.SequenceOf(sector), _flash.Page, SpiNorFlash.PageOffset, count);
        }

        return isGroup ? StorageStatus.Ok
            : status == FlashStatus.Busy ? StorageStatus.NotReady
            : status == FlashStatus.Ok && IsChipThere()
                ? StorageStatus.Damaged : StorageStatus.ChipFailed;
    }

    private StorageStatus Write(byte[] group, int count, out int location)
    {
        location = -1;
        _flash.Suspend();
        StorageStatus status = StorageStatus.WriteFailed;
        int tries = _mount == null || MakeFirm() ? Tries : 0;
        for (int i = 0; i < tries && status == StorageStatus.WriteFailed; i++)
            status = End.TryAppend(group, count, out location);

        _flash.Resume();
        return status;
    }

    private bool MakeFirm()
    {
        StorageStatus status;
        while (!_mount.Step(out status))
        {
        }

        if (status == StorageStatus.Ok) _mount = null;
        return _mount == null;
    }

    // A chip that is gone reads as FF, which looks like a blank sector.
    private bool IsChipThere() => Ring.IsErasing || _flash.Verify() == FlashStatus.Ok;
}
