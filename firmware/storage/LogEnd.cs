// The end of the log, where the next group goes: placing it in a page, closing a sector with its
// index, burning what failed. SlotLog calls it; it calls Ring for the next sector and SpiNorFlash.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Writes groups behind one another.</summary>
public sealed class LogEnd
{
    private const int LastPage = SlotLog.FramesPerSector - SlotLog.FramesPerPage;
    private readonly SpiNorFlash _flash;
    private readonly Ring _ring;
    private readonly CarryMark _mark;
    private readonly byte[] _page = new byte[SpiNorFlash.PageSizeBytes];
    private readonly byte[] _readBack = new byte[SpiNorFlash.PageSizeBytes];
    private readonly byte[] _scratch = new byte[Frame.SizeBytes];

    /// <summary>Wires the writer; nothing is read.</summary>
    /// <param name="flash">The chip.</param>
    /// <param name="ring">Gives the next sector.</param>
    /// <param name="mark">Is set in a sector that is opened for carrying on.</param>
    public LogEnd(SpiNorFlash flash, Ring ring, CarryMark mark)
    {
        _flash = flash;
        _ring = ring;
        _mark = mark;
    }

    /// <summary>The sector that is written, or was last; -1 on a flash without any.</summary>
    public int Head { get; private set; } = -1;

    /// <summary>The next frame to write in <see cref="Head"/>; 64 when it is closed.</summary>
    public int NextFrame { get; private set; } = SlotLog.FramesPerSector;

    /// <summary>What the frames of <see cref="Head"/> hold.</summary>
    public SectorIndex Index { get; } = new();

    /// <summary>Goes on where an earlier life stopped.</summary>
    /// <param name="head">The sector, its frames noted in <see cref="Index"/>; -1: none.</param>
    /// <param name="nextFrame">The first frame of its first blank page; 64: none is blank.</param>
    public void Resume(int head, int nextFrame)
    {
        Head = head;
        NextFrame = nextFrame;
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
            Array.Clear(_page, 0, bytes);
            burnt &= _flash.Program(_ring.AddressOf(sector, from), _page, 0, bytes)
                == FlashStatus.Ok;
            from = stop;
        }

        return burnt;
    }

    /// <summary>True when the next group goes where something else may open a sector too, and not
    /// into one of those kept for carrying on.</summary>
    public bool IsOutsideReserve =>
        NextFrame < SlotLog.FramesPerSector || _ring.ReadyCount > Limits.ReclaimReserve;

    /// <summary>Burns the rest of the page in which the next group would go, and goes on behind
    /// it; none where that would open a sector kept for carrying on.</summary>
    /// <returns>False when the chip did not take it: then the place stays the same.</returns>
    public bool BurnNextPage()
    {
        if (!IsOutsideReserve || (NextFrame >= SlotLog.FramesPerSector && !OpenNext()))
        {
            return true;
        }

        int behind = NextFrame - NextFrame % SlotLog.FramesPerPage + SlotLog.FramesPerPage;
        bool burnt = Burn(Head, NextFrame, behind);
        NextFrame = burnt ? behind : NextFrame;
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
            _mark.Write(sector, _ring.Oldest);
        }

        Head = sector;
        NextFrame = SectorIndex.FirstFrame;
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
        if (NextFrame % SlotLog.FramesPerPage + count > SlotLog.FramesPerPage)
        {
            NextFrame += SlotLog.FramesPerPage - NextFrame % SlotLog.FramesPerPage;
        }

        if (NextFrame >= SlotLog.FramesPerSector && !OpenNext())
        {
            return StorageStatus.NotReady;
        }

        int frame = NextFrame;
        int bytes = FillPage(group, count);
        FlashStatus status = _flash.Program(_ring.AddressOf(Head, frame), _page, 0, bytes);
        if (status == FlashStatus.Ok && IsKept(frame, count))
        {
            Note(frame, count);
            NextFrame = frame >= LastPage ? SlotLog.FramesPerSector : frame + count;
            location = Head * SlotLog.FramesPerSector + frame;
            return StorageStatus.Ok;
        }

        if (status == FlashStatus.Busy)
        {
            return StorageStatus.NotReady;
        }

        // A place that stays blank is used again, so that no blank page ever lies before data. The
        // last page goes with its index, which names what failed.
        int behind = frame >= LastPage ? SlotLog.FramesPerSector : frame + count;
        if (status != FlashStatus.WriteProtected && Burn(Head, frame, behind) && !IsBlank(frame))
        {
            NextFrame = behind;
        }

        Forget(frame, count);
        return StorageStatus.WriteFailed;
    }

    // The group, and behind the last of a sector the index in the same program.
    private int FillPage(byte[] group, int count)
    {
        int bytes = count * Frame.SizeBytes;
        Array.Copy(group, 0, _page, 0, bytes);
        Frame.SealGroup(_scratch, _ring.SequenceOf(Head), _page, 0, count);
        if (NextFrame < LastPage)
        {
            return bytes;
        }

        int index = SpiNorFlash.PageSizeBytes - SectorIndex.SizeBytes;
        for (int i = bytes; i < index; i++)
        {
            _page[i] = 0xFF;
        }

        Note(NextFrame, count);
        Index.Seal(_ring.SequenceOf(Head));
        Array.Copy(Index.Bytes, 0, _page, index, SectorIndex.SizeBytes);
        return SpiNorFlash.PageSizeBytes;
    }

    private void Note(int frame, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int offset = i * Frame.SizeBytes;
            Index.Put(frame + i, (FrameType)_page[offset + Frame.Type],
                Frame.GetUInt16(_page, offset + Frame.Slot));
        }
    }

    private void Forget(int frame, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Index.Put(frame + i, FrameType.None, SectorIndex.NoSlot);
        }
    }

    private bool IsKept(int frame, int count) =>
        _flash.Read(_ring.AddressOf(Head, frame), _readBack, 0, count * Frame.SizeBytes)
            == FlashStatus.Ok
        && Frame.IsGroup(_scratch, _ring.SequenceOf(Head), _readBack, 0, count);

    private bool IsBlank(int frame)
    {
        bool blank = _flash.Read(
            _ring.AddressOf(Head, frame), _readBack, 0, Frame.SizeBytes) == FlashStatus.Ok;
        for (int i = 0; i < Frame.SizeBytes; i++)
        {
            blank &= _readBack[i] == 0xFF;
        }

        return blank;
    }
}
