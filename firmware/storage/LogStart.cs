// Finds the end of the log after a start, and makes firm what a power cut may have left weak.
// SlotLog calls it; it calls SectorScan, LogEnd and SpiNorFlash.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>What mount does behind the headers.</summary>
/// <remarks>
/// A cut program leaves cells that may read differently each time. What lies behind the last valid
/// group is therefore burnt, up to and with the first page that looks blank, and the last group is
/// appended once more: the bytes that were found valid, not read again.
/// </remarks>
public sealed class LogStart
{
    private const int Tries = 2;
    private readonly SpiNorFlash _flash;
    private readonly Ring _ring;
    private readonly LogEnd _end;
    private readonly SectorScan _scan;
    private readonly CarryMark _mark;
    private readonly SectorIndex _other = new();
    private readonly byte[] _group = new byte[SpiNorFlash.PageSizeBytes];
    private int _groupCount;
    private int _groupFrame;
    private int _firstSector;
    private bool _isLastPageGood;

    /// <summary>Wires it; nothing is read.</summary>
    public LogStart(SpiNorFlash flash, Ring ring, LogEnd end, SectorScan scan, CarryMark mark)
    {
        _flash = flash;
        _ring = ring;
        _end = end;
        _scan = scan;
        _mark = mark;
    }

    /// <summary>True when nothing weak is left that counts, or may come to count.</summary>
    public bool IsFirm { get; private set; }

    /// <summary>Frames of the head that rotted.</summary>
    public int RottenFrames { get; private set; }

    /// <summary>
    /// From the newest sector back: blank ones are ready, the first with data is the head, the last
    /// valid group is in it or before it.
    /// </summary>
    public FlashStatus Find()
    {
        IsFirm = false;
        _groupCount = 0;
        _end.Resume(-1, SlotLog.FramesPerSector);
        int sector = _ring.Newest;
        for (int i = 0; i < _ring.Count && _groupCount == 0 && _ring.HoldsFrames(sector); i++)
        {
            bool hasHead = _end.Head >= 0;
            if (!hasHead && IsCopy(sector))
            {
                _ring.GiveUpFrom(sector);
                sector = _ring.Newest;
                continue;
            }

            FlashStatus status = _scan.Run(sector, hasHead ? _other : _end.Index);
            if (status != FlashStatus.Ok)
            {
                return status;
            }

            bool isJunk = _scan.LastGroupCount == 0
                && _ring.StateOf(sector) == SectorState.Headless;
            if (!hasHead && (isJunk || _scan.BlankFrom == 0))
            {
                _ring.MarkEmpty(sector);
            }
            else
            {
                Take(sector, hasHead);
            }

            sector = _ring.Before(sector);
        }

        // The first page of a sector kept for carrying may be touched. Burning that at each start
        // would use them up.
        if (_end.Head >= 0 && _ring.ReadyCount > 0 && !_end.IsOutsideReserve)
        {
            _ring.GiveUpFrom(_ring.FirstReady());
        }

        return FlashStatus.Ok;
    }

    // A start in the middle of carrying on: everything in the sectors that were opened for it lies
    // in the oldest too, if that is whole. The carrying begins anew, with all the room it needs.
    private bool IsCopy(int sector)
    {
        int oldest = _ring.Oldest;
        return _ring.ReadyCount < Limits.ReclaimReserve
            && _ring.StateOf(sector) == SectorState.Used
            && oldest != sector && _ring.StateOf(oldest) == SectorState.Used
            && _mark.IsCopy(sector, oldest)
            && _scan.Run(oldest, _other) == FlashStatus.Ok && _scan.RottenFrames == 0;
    }

    /// <summary>Burns and appends. May be called again when it failed.</summary>
    /// <returns>Ok, or WriteFailed: then nothing may be appended.</returns>
    public StorageStatus MakeFirm()
    {
        StorageStatus status = BurnEnd() ? StorageStatus.Ok : StorageStatus.WriteFailed;
        if (status == StorageStatus.Ok && _groupCount > 0)
        {
            status = StorageStatus.WriteFailed;
            for (int i = 0; i < Tries && status == StorageStatus.WriteFailed; i++)
            {
                status = MayAppend ? _end.TryAppend(_group, _groupCount, out _)
                    : StorageStatus.NotReady;
            }

            if (status == StorageStatus.NotReady)
            {
                // The same bytes over themselves can only make zeros firm.
                status = _flash.Program(_ring.AddressOf(_firstSector, _groupFrame), _group, 0,
                    _groupCount * Frame.SizeBytes) == FlashStatus.Ok
                    ? StorageStatus.Ok : StorageStatus.WriteFailed;
            }
        }

        IsFirm = status == StorageStatus.Ok;
        return status;
    }

    // A sector that was opened for carrying on holds nothing but copies of the oldest.
    private bool MayAppend => _end.IsOutsideReserve
        && (_firstSector == _end.Head || _ring.ReadyCount >= Limits.ReclaimReserve);

    private void Take(int sector, bool hasHead)
    {
        if (!hasHead)
        {
            _end.Resume(sector, _scan.BlankFrom);
            RottenFrames = _scan.RottenFrames;
        }

        _firstSector = sector;
        _groupFrame = _scan.LastGroup;
        _groupCount = _scan.LastGroupCount;
        _isLastPageGood = _scan.IsSealed
            && _groupFrame >= SlotLog.FramesPerSector - SlotLog.FramesPerPage;
        Array.Copy(_scan.LastGroupBytes, 0, _group, 0, _groupCount * Frame.SizeBytes);
    }

    private bool BurnEnd()
    {
        bool burnt = true;
        if (_end.Head >= 0)
        {
            int sector = _firstSector;
            int from = _groupCount > 0 ? _groupFrame + _groupCount : SectorIndex.FirstFrame;
            while (sector != _end.Head)
            {
                bool isGood = _isLastPageGood && sector == _firstSector;
                burnt &= isGood || _end.Burn(sector, from, SlotLog.FramesPerSector);
                from = SectorIndex.FirstFrame;
                sector = _ring.After(sector);
            }

            burnt &= (_isLastPageGood && _firstSector == _end.Head)
                || _end.Burn(sector, from, _end.NextFrame);
        }

        return burnt && _end.BurnNextPage();
    }
}
