// The sectors of the ring: which are erased, ready, used; their order; making one ready in idle
// slices. SlotLog and Mount call it; it calls SpiNorFlash. FORMAT.md draws the ring.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>The ring of sectors, as RAM knows it.</summary>
/// <remarks>
/// A sector's sequence follows from its place: each sector is one after its neighbour, so RAM keeps
/// only the newest's.
/// </remarks>
public sealed class Ring
{
    private const int None = -1;
    private readonly SpiNorFlash _flash;
    private readonly int _address;
    private readonly SectorState[] _state;
    private readonly int[] _erases;
    private readonly HeaderWriter _headers;
    private uint _newestSequence;
    private int _erasing = None;
    private int _failures;
    private bool _isNewestFirm;

    /// <summary>Wires the ring; nothing is read.</summary>
    /// <param name="flash">The chip.</param>
    /// <param name="address">Where the region begins, aligned to a sector.</param>
    /// <param name="sectors">Sectors of the region, 8 to 1024.</param>
    /// <exception cref="System.ArgumentException">Not aligned, or a wrong size.</exception>
    public Ring(SpiNorFlash flash, int address, int sectors)
    {
        if (address % SpiNorFlash.SectorSizeBytes != 0 || sectors < Limits.SectorsMin
            || sectors > Limits.SectorsMax)
        {
            throw new System.ArgumentException();
        }

        _flash = flash;
        _headers = new HeaderWriter(flash, this);
        _address = address;
        _state = new SectorState[sectors];
        _erases = new int[sectors];
        Newest = sectors - 1;
    }

    /// <summary>Sectors of the ring.</summary>
    public int Count => _state.Length;

    /// <summary>The sector with the highest sequence: the last that was made ready.</summary>
    public int Newest { get; private set; }

    /// <summary>Sectors that are erased and have a header.</summary>
    public int ReadyCount { get; private set; }

    /// <summary>True when a header was found where mount saw none: mount again.</summary>
    public bool WasBlind { get; private set; }

    /// <summary>True while the chip erases a sector.</summary>
    public bool IsErasing => _erasing != None;

    /// <summary>Sectors to keep ready: fewer in a small ring.</summary>
    public int ReadyTarget => Count / 4 > Limits.ReadySectors ? Limits.ReadySectors
        : Count / 4 < Limits.ReadySectorsMin ? Limits.ReadySectorsMin : Count / 4;

    /// <summary>
    /// True when the oldest sector must be carried on and retired before another can be made ready.
    /// </summary>
    public bool NeedsReclaim => !IsErasing && ReadyCount < ReadyTarget
        && HoldsFrames(After(Newest));

    /// <summary>The sector that is carried on next; the newest when no other holds frames.
    /// </summary>
    public int Oldest
    {
        get
        {
            int sector = After(Newest);
            while (!HoldsFrames(sector) && sector != Newest)
            {
                sector = After(sector);
            }

            return sector;
        }
    }

    /// <summary>Headers that could not be read although their sectors are in use.</summary>
    public int LostHeaders { get; private set; }

    /// <summary>Times that a sector did not erase or take a header since the start.</summary>
    public int BadSectors { get; private set; }

    /// <summary>Both together: more of them is a chip at its end.</summary>
    public int LostSectors => LostHeaders + BadSectors;

    /// <summary>True when <see cref="Step"/> has nothing to do.</summary>
    public bool IsSettled => !IsErasing && !HasWork && !NeedsReclaim;

    /// <summary>The sector behind another one.</summary>
    public int After(int sector) => sector + 1 == Count ? 0 : sector + 1;

    /// <summary>The sector before another one.</summary>
    public int Before(int sector) => sector == 0 ? Count - 1 : sector - 1;

    /// <summary>True when a sector may hold frames that count.</summary>
    public bool HoldsFrames(int sector) =>
        _state[sector] == SectorState.Used || _state[sector] == SectorState.Headless;

    /// <summary>What a sector is good for.</summary>
    public SectorState StateOf(int sector) => _state[sector];

    /// <summary>How often a sector has been erased, as far as is known.</summary>
    public int ErasesOf(int sector) => _erases[sector];

    /// <summary>A sector's place in the order; seeds the checksums of its frames.</summary>
    public uint SequenceOf(int sector)
    {
        int back = Newest - sector;
        return _newestSequence - (uint)(back < 0 ? back + Count : back);
    }

    /// <summary>Where a frame begins on the chip.</summary>
    public int AddressOf(int sector, int frame) =>
        _address + sector * SpiNorFlash.SectorSizeBytes + frame * Frame.SizeBytes;

    /// <summary>Reads every header and finds the order of the sectors.</summary>
    /// <returns>Ok, ChipFailed, or UnknownFormat.</returns>
    public StorageStatus ReadHeaders()
    {
        var order = new RingOrder(_flash, this);
        StorageStatus status = order.Read(_state, _erases);
        Newest = order.Newest;
        _newestSequence = order.NewestSequence;
        LostHeaders = order.LostHeaders;
        ReadyCount = 0;
        WasBlind = false;
        _isNewestFirm = false;
        return status;
    }

    /// <summary>Says that a sector in the order of the ring holds nothing: it is blank, or has no
    /// header and no valid group.</summary>
    /// <remarks>The newest without a header is not in the order yet: it is erased again.</remarks>
    public void MarkEmpty(int sector)
    {
        bool hasHeader = _state[sector] == SectorState.Used;
        if (!hasHeader && sector == Newest)
        {
            GiveUpFrom(sector);
            return;
        }

        _state[sector] = hasHeader ? SectorState.Ready : SectorState.Bad;
        ReadyCount += hasHeader ? 1 : 0;
    }

    /// <summary>Says that a sector and those behind it hold nothing that is not elsewhere: they
    /// shall be erased once more.</summary>
    public void GiveUpFrom(int sector)
    {
        while (Newest != Before(sector))
        {
            ReadyCount -= _state[Newest] == SectorState.Ready ? 1 : 0;
            _state[Newest] = SectorState.Raw;
            Newest = Before(Newest);
            _newestSequence--;
        }
    }

    /// <summary>Says that the first frame is about to be written to a ready sector.</summary>
    public void MarkUsed(int sector)
    {
        ConfirmNewestHeader();
        _state[sector] = SectorState.Used;
        ReadyCount--;
    }

    /// <summary>The ready sector with the lowest sequence; -1 when there is none.</summary>
    public int FirstReady()
    {
        // They are the last of the order, so that few are passed, however large the ring.
        int first = None;
        int sector = Newest;
        int found = 0;
        for (int i = 0; i < Count && found < ReadyCount; i++)
        {
            if (_state[sector] == SectorState.Ready)
            {
                first = sector;
                found++;
            }

            sector = Before(sector);
        }

        return first;
    }

    /// <summary>
    /// Says on flash that a sector's content has been carried on, so that it can be erased.
    /// </summary>
    /// <param name="sector">The oldest that holds frames.</param>
    /// <returns>False when the chip did not take it; then the sector still counts.</returns>
    /// <remarks>
    /// A power cut leaves the mark or not. Without it the sector counts again after the next mount;
    /// everything in it that is still true lies behind it too.
    /// </remarks>
    public bool Retire(int sector)
    {
        bool isRetired = _headers.Retire(sector);
        _state[sector] = isRetired ? SectorState.Raw : _state[sector];
        return isRetired;
    }

    /// <summary>One slice of making sectors ready.</summary>
    /// <param name="mayBegin">An erase may begin now.</param>
    public void Step(bool mayBegin)
    {
        ConfirmNewestHeader();
        if (_erasing == None)
        {
            if (mayBegin && HasWork)
            {
                BeginErase(After(Newest));
            }

            return;
        }

        FlashStatus status = _flash.PollErase();
        if (status != FlashStatus.Busy)
        {
            EndErase(status);
        }
    }

    // A bad sector gets another chance each time its turn comes; it may not stop the ring.
    private bool HasWork => ReadyCount < ReadyTarget && _failures < Count
        && !HoldsFrames(After(Newest)) && _state[After(Newest)] != SectorState.Ready;

    // A cut program may have left it weak. The same bytes over themselves make its zeros firm, in
    // good time: while the sector is blank its header may still be lost.
    private void ConfirmNewestHeader()
    {
        if (!_isNewestFirm && _state[Newest] == SectorState.Ready)
        {
            _headers.Write(Newest);
        }

        _isNewestFirm = true;
    }

    private void BeginErase(int sector)
    {
        WasBlind = _headers.IsUnseen(sector);
        if (!WasBlind && _headers.RetireUpTo(sector)
            && _flash.BeginErase(AddressOf(sector, 0)) == FlashStatus.Ok)
        {
            _erasing = sector;
            _erases[sector]++;
        }
    }

    // A sector that fails is passed over; where the reserve is short it is tried again first.
    private void EndErase(FlashStatus status)
    {
        int sector = _erasing;
        _erasing = None;
        Newest = sector;
        _newestSequence++;
        bool isGood = status == FlashStatus.Ok && _headers.Write(sector);
        _state[sector] = isGood ? SectorState.Ready : SectorState.Bad;
        ReadyCount += isGood ? 1 : 0;
        BadSectors += isGood ? 0 : 1;
        _failures = isGood ? 0 : _failures + 1;
        if (!isGood && ReadyCount < Limits.ReclaimReserve && _failures % Limits.EraseTries != 0)
        {
            GiveUpFrom(sector);
        }
    }
}
