// Finds the end of the log after a start, and makes firm what a power cut may have left weak, in
// slices. SlotLog makes one and lets it go when all is firm; it calls RingOrder, SectorScan, Append
// and SpiNorFlash.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>One mount.</summary>
/// <remarks>
/// <code>
/// RingOrder: headers -> find: last valid group -> burn behind it -> append it again -> firm
/// </code>
/// A cut program leaves cells that may read differently each time. What lies behind the last valid
/// group is therefore burnt, up to and with the first page that looks blank, and the last group is
/// appended once more: the bytes that were found valid, not read again.
/// </remarks>
public sealed class Mount
{
    private const int None = -1;
    private const int Tries = 2;
    private readonly SpiNorFlash _flash;
    private readonly Ring _ring;
    private readonly Append _end;
    private readonly SectorScan _scan;
    private readonly byte[] _group = new byte[SpiNorFlash.PageSizeBytes];
    private RingOrder _order;
    private int _sector;
    private int _sectorsLeft;
    private bool _isSourceScanned;
    private int _groupCount;
    private int _groupFrame;
    private int _firstSector;
    private bool _isLastPageGood;
    private int _burnSector;
    private int _burnFrame;
    private bool _isFound;
    private int _rottenFrames;

    /// <summary>Wires it; nothing is read. The index of each sector that is scanned passes
    /// through scratch.</summary>
    public Mount(SpiNorFlash flash, Ring ring, Append end, SectorIndex scratch)
    {
        _flash = flash;
        _ring = ring;
        _end = end;
        _scan = new SectorScan(flash, ring, scratch);
        _order = new RingOrder(ring.Headers);
        _end.Resume(None, SlotLog.FramesPerSector);
        _scan.Begin(None, null);
    }

    /// <summary>True when the end of the log is known.</summary>
    public bool IsFound => _isFound;

    /// <summary>Frames of the head that rotted.</summary>
    public int RottenFrames => _rottenFrames;

    /// <summary>One slice.</summary>
    /// <param name="status">
    /// Ok; ChipFailed or UnknownFormat, and nothing is known; WriteFailed, and the log can be read,
    /// but nothing may be appended: then the next steps try again.
    /// </param>
    /// <returns>True when it is over: everything is firm, or it failed.</returns>
    public bool Step(out StorageStatus status)
    {
        if (IsFound)
        {
            return MakeFirm(out status);
        }

        if (_order == null)
        {
            status = Find() == FlashStatus.Ok ? StorageStatus.Ok : StorageStatus.ChipFailed;
        }
        else if (_order.Step(out status) && status == StorageStatus.Ok)
        {
            _ring.Begin(_order);
            _order = null;
            _sector = _ring.Newest;
            _sectorsLeft = _ring.Count;
        }

        return status != StorageStatus.Ok;
    }

    // From the newest sector back: blank ones are ready, the first with data is the head, the last
    // valid group is in it or before it.
    private FlashStatus Find()
    {
        FlashStatus status = FlashStatus.Ok;
        if (_scan.Sector == None)
        {
            if (_sectorsLeft == 0 || _groupCount > 0 || !_ring.HoldsFrames(_sector))
            {
                return EndFind();
            }

            _isSourceScanned = _end.Head == None && MayBeCopy();
            _scan.Begin(_isSourceScanned ? _ring.Oldest : _sector, _group);
        }

        status = _scan.Step();
        if (_scan.Sector != None)
        {
            return status;
        }

        // A start in the middle of carrying on: everything in the sectors that were opened for it
        // lies in the oldest too, if that is whole. The carrying begins anew, with all the room it
        // needs.
        if (_isSourceScanned)
        {
            if (status == FlashStatus.Ok && _scan.RottenFrames == 0)
            {
                _ring.GiveUpFrom(_sector);
                _sector = _ring.Newest;
                _sectorsLeft--;
            }
            else
            {
                _isSourceScanned = false;
                _scan.Begin(_sector, _group);
            }

            return FlashStatus.Ok;
        }

        if (status == FlashStatus.Ok)
        {
            Judge();
        }

        return status;
    }

    private bool MayBeCopy()
    {
        int oldest = _ring.Oldest;
        return _ring.ReadyCount < Limits.ReclaimReserve
            && _ring.StateOf(_sector) == SectorState.Used
            && oldest != _sector && _ring.StateOf(oldest) == SectorState.Used
            && _ring.Headers.IsCopy(_sector, _ring.SequenceOf(oldest));
    }

    private void Judge()
    {
        bool isJunk = _scan.LastGroupCount == 0
            && _ring.StateOf(_sector) == SectorState.Headless;
        if (_end.Head == None && (isJunk || _scan.BlankFrom == 0))
        {
            _ring.MarkEmpty(_sector);
        }
        else
        {
            Take();
        }

        _sector = _ring.Before(_sector);
        _sectorsLeft--;
    }

    private void Take()
    {
        if (_end.Head == None)
        {
            _end.Index.CopyFrom(_scan.Index);
            _end.Resume(_sector, _scan.BlankFrom);
            _rottenFrames = _scan.RottenFrames;
        }

        _firstSector = _sector;
        _groupFrame = _scan.LastGroup;
        _groupCount = _scan.LastGroupCount;
        _isLastPageGood = _scan.IsSealed
            && _groupFrame >= SlotLog.FramesPerSector - SlotLog.FramesPerPage;
    }

    // The first page of a sector kept for carrying may be touched. Burning that at each start would
    // use them up. A chip that is gone reads as FF, which looks like a blank sector.
    private FlashStatus EndFind()
    {
        if (_end.Head != None && _ring.ReadyCount > 0 && !_end.IsOutsideReserve)
        {
            _ring.GiveUpFrom(_ring.FirstReady());
        }

        _isFound = true;
        BeginBurn();
        return _flash.Verify();
    }

    private bool MakeFirm(out StorageStatus status)
    {
        bool isBurnt = _burnSector == None;
        status = isBurnt ? AppendAgain()
            : BurnSome() ? StorageStatus.Ok : StorageStatus.WriteFailed;
        if (status != StorageStatus.Ok)
        {
            BeginBurn();
        }

        return isBurnt || status != StorageStatus.Ok;
    }

    private void BeginBurn()
    {
        _burnSector = _end.Head == None ? _ring.Count : _firstSector;
        _burnFrame = _groupCount > 0 ? _groupFrame + _groupCount : SectorIndex.FirstFrame;
    }

    // Up to a page. The next page comes last, and then no sector is left to burn.
    private bool BurnSome()
    {
        if (_burnSector == _ring.Count)
        {
            _burnSector = None;
            return _end.BurnNextPage();
        }

        bool isHead = _burnSector == _end.Head;
        bool isGood = _isLastPageGood && _burnSector == _firstSector;
        int to = isGood ? 0 : isHead ? _end.NextFrame : SlotLog.FramesPerSector;
        if (_burnFrame >= to)
        {
            _burnSector = isHead ? _ring.Count : _ring.After(_burnSector);
            _burnFrame = SectorIndex.FirstFrame;
            return true;
        }

        int from = _burnFrame;
        int behind = from - from % SlotLog.FramesPerPage + SlotLog.FramesPerPage;
        _burnFrame = behind < to ? behind : to;
        return _end.Burn(_burnSector, from, _burnFrame);
    }

    private StorageStatus AppendAgain()
    {
        StorageStatus status = _groupCount > 0 ? StorageStatus.WriteFailed : StorageStatus.Ok;
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

        return status;
    }

    // A sector that was opened for carrying on holds nothing but copies of the oldest.
    private bool MayAppend => _end.IsOutsideReserve
        && (_firstSector == _end.Head || _ring.ReadyCount >= Limits.ReclaimReserve);
}
