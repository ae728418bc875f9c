// The end of the log, where the next group goes: placing it in a page, closing a sector with its
// index, burning what failed. SlotLog and Mount call it; it calls Ring for the next sector and
// SpiNorFlash. Groups are put together, sent and read back in the driver's page.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Writes groups behind one another.</summary>
public sealed class Append
{
    private const int LastPage = SlotLog.FramesPerSector - SlotLog.FramesPerPage;
    private const int At = SpiNorFlash.PageOffset;
    private readonly SpiNorFlash _flash;
    private readonly Ring _ring;
    private readonly Checksum _checksum;
    private readonly byte[] _page;
    private int _head = -1;
    private int _nextFrame = SlotLog.FramesPerSector;

    /// <summary>Wires the writer; nothing is read.</summary>
    /// <param name="flash">The chip.</param>
    /// <param name="ring">Gives the next sector.</param>
    public Append(SpiNorFlash flash, Ring ring)
    {
        _flash = flash;
        _ring = ring;
        _checksum = ring.Headers.Checksum;
        _page = flash.Page;
    }

    /// <summary>The sector that is written, or was last; -1 on a flash without any.</summary>
    public int Head => _head;

    /// <summary>The next frame to write in <see cref="Head"/>; 64 when it is closed.</summary>
    public int NextFrame => _nextFrame;

    /// <summary>What the frames of <see cref="Head"/> hold.</summary>
    public SectorIndex Index { get; } = new();

    /// <summary>Goes on where an earlier life stopped.</summary>
    /// <param name="head">The sector, its frames noted in <see cref="Index"/>; -1: none.</param>
    /// <param name="nextFrame">The first frame of its first blank page; 64: none is blank.</param>
    public void Resume(int head, int nextFrame)
    {
        _head = head;
        _nextFrame = nextFrame;
    }

    /// <summary>Programs zeros over frames, so that they never validate.</summary>
    /// <param name="sector">Where they are.</param>
    /// <param name="from">The first frame.</param>
    /// <param name="to">The frame behind the last; nothing happens when it is not behind the
    /// first.</param>
    /// <returns>False when the chip did not take it.</returns>
    public bool Burn(int sector, int from, int to)
    {
        bool burnt = true;
        while (from < to)
        {
            int page = from - from % SlotLog.FramesPerPage + SlotLog.FramesPerPage;
            int stop = page < to ? page : to;
            int bytes = (stop - from) * Frame.SizeBytes;
            Array.Clear(_page, At, bytes);
            burnt &= _flash.Program(_ring.AddressOf(sector, from), _page, At, bytes)
                == FlashStatus.Ok;
            from = stop;
        }

        return burnt;
    }

    /// <summary>True when the next group goes where something else may open a sector too, and not
    /// into one of those kept for carrying on.</summary>
    public bool IsOutsideReserve =>
        _nextFrame < SlotLog.FramesPerSector || _ring.ReadyCount > Limits.ReclaimReserve;

    /// <summary>Burns the rest of the page in which the next group would go, and goes on behind
    /// it; none where that would open a sector kept for carrying on.</summary>
    /// <returns>False when the chip did not take it: then the place stays the same.</returns>
    public bool BurnNextPage()
    {
        if (!IsOutsideReserve || (_nextFrame >= SlotLog.FramesPerSector && !OpenNext()))
        {
            return true;
        }

        int behind = _nextFrame - _nextFrame % SlotLog.FramesPerPage + SlotLog.FramesPerPage;
        bool burnt = Burn(_head, _nextFrame, behind);
        _nextFrame = burnt ? behind : _nextFrame;
        return burnt;
    }

    private bool OpenNext()
    {
        int sector = _ring.FirstReady();
        if (sector < 0)
        {
            return false;
        }

        _ring.MarkUsed(sector);
        if (_ring.ReadyCount < Limits.ReclaimReserve)
        {
            _ring.Headers.WriteSource(sector, _ring.SequenceOf(_ring.Oldest));
        }

        _head = sector;
        _nextFrame = SectorIndex.FirstFrame;
        Index.Clear();
        return true;
    }

    /// <summary>Writes a group in one page program and reads it back.</summary>
    /// <param name="group">1 or 2 frames of 64 bytes; the caller's.</param>
    /// <param name="count">Frames of the group.</param>
    /// <param name="location">Where the group is now; -1 when it failed.</param>
    /// <returns>
    /// Ok; NotReady, nothing was written; WriteFailed, and the place is burnt or blank.
    /// </returns>
    public StorageStatus TryAppend(byte[] group, int count, out int location)
    {
        location = -1;
        if (_nextFrame % SlotLog.FramesPerPage + count > SlotLog.FramesPerPage)
        {
            _nextFrame += SlotLog.FramesPerPage - _nextFrame % SlotLog.FramesPerPage;
        }

        if (_nextFrame >= SlotLog.FramesPerSector && !OpenNext())
        {
            return StorageStatus.NotReady;
        }

        int frame = _nextFrame;
        int behind = frame >= LastPage ? SlotLog.FramesPerSector : frame + count;
        int bytes = FillPage(group, count);
        FlashStatus status = _flash.Program(_ring.AddressOf(_head, frame), _page, At, bytes);
        if (status == FlashStatus.Ok && IsKept(frame, count))
        {
            _nextFrame = behind;
            location = _head * SlotLog.FramesPerSector + frame;
            return StorageStatus.Ok;
        }

        for (int i = 0; i < count; i++)
        {
            Index.Put(frame + i, FrameType.None, SectorIndex.NoSlot);
        }

        // A place that stays blank is used again, so that no blank page ever lies before data. The
        // last page goes with its index, which names what failed.
        if (status == FlashStatus.Busy)
        {
            return StorageStatus.NotReady;
        }

        if (status != FlashStatus.WriteProtected && Burn(_head, frame, behind) && !IsBlank(frame))
        {
            _nextFrame = behind;
        }

        return StorageStatus.WriteFailed;
    }

    // The group, and behind the last of a sector the index in the same program.
    private int FillPage(byte[] group, int count)
    {
        int bytes = count * Frame.SizeBytes;
        uint sequence = _ring.SequenceOf(_head);
        Array.Copy(group, 0, _page, At, bytes);
        _checksum.Seal(sequence, _page, At, count);
        Index.Put(_nextFrame, count, group, 0);
        if (_nextFrame < LastPage)
        {
            return bytes;
        }

        int index = SpiNorFlash.PageSizeBytes - SectorIndex.SizeBytes;
        if (bytes < index)
        {
            Frame.Blank(_page, At + bytes, index - bytes);
        }

        Index.Seal(_checksum, sequence);
        Array.Copy(Index.Bytes, 0, _page, At + index, SectorIndex.SizeBytes);
        return SpiNorFlash.PageSizeBytes;
    }

    private bool IsKept(int frame, int count) =>
        _flash.Read(_ring.AddressOf(_head, frame), _page, At, count * Frame.SizeBytes)
            == FlashStatus.Ok
        && _checksum.IsGroup(_ring.SequenceOf(_head), _page, At, count);

    private bool IsBlank(int frame) =>
        _flash.Read(_ring.AddressOf(_head, frame), _page, At, Frame.SizeBytes) == FlashStatus.Ok
        && Frame.IsBlank(_page, At, Frame.SizeBytes);
}
