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
    private readonly SectorIndex _other = new();
    private readonly byte[] _group = new byte[SpiNorFlash.PageSizeBytes];
    private int _groupCount;
    private int _groupFrame;
    private int _firstSector;
    private bool _isLastPageGood;
    private bool _isHeadCarried;

    /// <summary>Wires it; nothing is read.</summary>
    public LogStart(SpiNorFlash flash, Ring ring, LogEnd end, SectorScan scan)
    {
        _flash = flash;
        _ring = ring;
        _end = end;
        _scan = scan;
    }

    /// <summary>True when nothing weak is left that counts, or may come to count.</summary>
    public bool IsFirm { get; private set; }

    /// <summary>
    /// True when a power cut has interrupted carrying on into the last sector there is. What is in
    /// it lies in the oldest sector too: it is retired instead, and the carrying begins anew, with
    /// a whole sector before it.
    /// </summary>
    public bool IsCarryCut => IsInLastSector && _isHeadCarried
        && _scan.Run(_ring.After(_ring.Newest), _other) == FlashStatus.Ok
        && _scan.RottenFrames == 0;

    private bool IsInLastSector => _end.Head == _ring.Newest && _ring.IsFull;

    /// <summary>Frames of the head that rotted.</summary>
    public int RottenFrames { get; private set; }

    /// <summary>
    /// From the newest sector back: blank ones are ready, the first with data is the head, the last
    /// valid group is in it or before it.
    /// </summary>
    public FlashStatus Find()
    {
        IsFirm = false;
        _isHeadCarried = false;
        _groupCount = 0;
        _end.Resume(-1, SlotLog.FramesPerSector);
        int sector = _ring.Newest;
        for (int i = 0; i < _ring.Count && _groupCount == 0 && _ring.HoldsFrames(sector); i++)
        {
            bool hasHead = _end.Head >= 0;
            FlashStatus status = _scan.Run(sector, hasHead ? _other : _end.Index);
            if (status != FlashStatus.Ok)
            {
                return status;
            }

            if (!hasHead && _scan.BlankFrom == 0)
            {
                _ring.MarkBlank(sector);
            }
            else
            {
                Take(sector, hasHead);
            }

            sector = _ring.Before(sector);
        }

        // The last ready sectors are for carrying. The first page of one may be touched; burning
        // that at each start would use them up.
        bool isClosed = _end.Head >= 0 && _end.NextFrame == SlotLog.FramesPerSector;
        while (isClosed && _ring.ReadyCount > 0 && _ring.ReadyCount <= SlotLog.ReclaimReserve)
        {
            _ring.EraseNewestAgain();
        }

        return FlashStatus.Ok;
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
                status = IsInLastSector ? StorageStatus.NotReady
                    : _end.TryAppend(_group, _groupCount, out _);
            }

            if (status == StorageStatus.NotReady)
            {
                // No sector is ready, or the last is for carrying on. The same bytes over
                // themselves can only make zeros firm.
                status = _flash.Program(_ring.AddressOf(_firstSector, _groupFrame), _group, 0,
                    _groupCount * Frame.SizeBytes) == FlashStatus.Ok
                    ? StorageStatus.Ok : StorageStatus.WriteFailed;
            }
        }

        IsFirm = status == StorageStatus.Ok;
        return status;
    }

    private void Take(int sector, bool hasHead)
    {
        if (!hasHead)
        {
            _end.Resume(sector, _scan.BlankFrom);
            RottenFrames = _scan.RottenFrames;
            _isHeadCarried = _scan.IsCarried;
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
