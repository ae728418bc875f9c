// The sectors of the ring: their order, which are ready, used; making one ready in idle slices.
// SlotLog, Mount, Append call it; it calls SectorHeaders and SpiNorFlash. See FORMAT.md.

using System;
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
    private readonly byte[] _state;
    private uint _newestSequence;
    private int _erasing = None;
    private int _erases = None;
    private int _failures;
    private bool _isNewestFirm;
    private int _newest;
    private int _readyCount;

    /// <summary>Wires the ring; nothing is read.</summary>
    /// <param name="flash">The chip.</param>
    /// <param name="address">Where the region begins, aligned to a sector.</param>
    /// <param name="sectors">Sectors of the region, 8 to 1024.</param>
    /// <exception cref="ArgumentException">Not aligned, or a wrong size.</exception>
    public Ring(SpiNorFlash flash, int address, int sectors)
    {
        if (address % SpiNorFlash.SectorSizeBytes != 0 || sectors < Limits.SectorsMin
            || sectors > Limits.SectorsMax)
        {
            throw new ArgumentException();
        }

        _flash = flash;
        _state = new byte[sectors];
        Headers = new SectorHeaders(flash, address, sectors);
        _newest = sectors - 1;
    }

    /// <summary>The sectors' first frames.</summary>
    public SectorHeaders Headers { get; }

    /// <summary>Sectors of the ring.</summary>
    public int Count => _state.Length;

    /// <summary>The sector with the highest sequence: the last that was made ready.</summary>
    public int Newest => _newest;

    /// <summary>Sectors that are erased and have a header.</summary>
    public int ReadyCount => _readyCount;

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
    public bool NeedsReclaim => !IsErasing && _readyCount < ReadyTarget
        && HoldsFrames(After(_newest));

    /// <summary>The sector that is carried on next; the newest when no other holds frames.
    /// </summary>
    public int Oldest
    {
        get
        {
            int used = WayTo(SectorState.Used);
            int headless = WayTo(SectorState.Headless);
            return SectorAt(used < headless ? used : headless, _newest);
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
        _state[sector] == (byte)SectorState.Used || _state[sector] == (byte)SectorState.Headless;

    /// <summary>What a sector is good for.</summary>
    public SectorState StateOf(int sector) => (SectorState)_state[sector];

    /// <summary>A sector's place in the order; seeds the checksums of its frames.</summary>
    public uint SequenceOf(int sector)
    {
        int back = _newest - sector;
        return _newestSequence - (uint)(back < 0 ? back + Count : back);
    }

    /// <summary>Where a frame begins on the chip.</summary>
    public int AddressOf(int sector, int frame) => Headers.AddressOf(sector, frame);

    /// <summary>Takes over what a mount has found. Nothing is ready yet.</summary>
    /// <param name="order">Has read every header.</param>
    public void Begin(RingOrder order)
    {
        Array.Copy(order.States, 0, _state, 0, Count);
        _newest = order.Newest;
        _newestSequence = order.NewestSequence;
        _erases = order.NewestErases;
        LostHeaders = order.LostHeaders;
        _readyCount = 0;
        WasBlind = false;
        _isNewestFirm = false;
    }

    /// <summary>Says that a sector in the order of the ring holds nothing: it is blank, or has no
    /// header and no valid group.</summary>
    /// <remarks>The newest without a header is not in the order yet: it is erased again.</remarks>
    public void MarkEmpty(int sector)
    {
        bool hasHeader = StateOf(sector) == SectorState.Used;
        if (!hasHeader && sector == _newest)
        {
            GiveUpFrom(sector);
            return;
        }

        Put(sector, hasHeader ? SectorState.Ready : SectorState.Bad);
        _readyCount += hasHeader ? 1 : 0;
    }

    /// <summary>Says that a sector and those behind it hold nothing that is not elsewhere: they
    /// shall be erased once more.</summary>
    public void GiveUpFrom(int sector)
    {
        while (_newest != Before(sector))
        {
            _readyCount -= StateOf(_newest) == SectorState.Ready ? 1 : 0;
            Put(_newest, StateOf(_newest) == SectorState.Headless
                ? SectorState.Raw : SectorState.Stale);
            _newest = Before(_newest);
            _newestSequence--;
            _erases = None;
        }
    }

    /// <summary>Says that the first frame is about to be written to a ready sector.</summary>
    public void MarkUsed(int sector)
    {
        ConfirmNewestHeader();
        Put(sector, SectorState.Used);
        _readyCount--;
    }

    /// <summary>The ready sector with the lowest sequence; -1 when there is none.</summary>
    public int FirstReady() => SectorAt(WayTo(SectorState.Ready), None);

    /// <summary>Says on flash that a sector's content has been carried on.</summary>
    /// <param name="sector">The oldest that holds frames.</param>
    /// <returns>False when the chip did not take it; then the sector still counts.</returns>
    /// <remarks>
    /// A power cut leaves the mark or not. Without it the sector counts again after the next mount;
    /// everything in it that is still true lies behind it too.
    /// </remarks>
    public bool Retire(int sector)
    {
        bool isRetired = Headers.Retire(sector);
        Put(sector, isRetired ? SectorState.Stale : StateOf(sector));
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
                BeginErase(After(_newest));
            }

            return;
        }

        FlashStatus status = _flash.PollErase();
        if (status != FlashStatus.Busy) EndErase(status);
    }

    // A bad sector gets another chance each time its turn comes; it may not stop the ring.
    private bool HasWork => _readyCount < ReadyTarget && _failures < Count
        && !HoldsFrames(After(_newest)) && StateOf(After(_newest)) != SectorState.Ready;

    // How far behind the oldest place the first sector in a state is; Count: none is.
    private int WayTo(SectorState state)
    {
        int from = After(_newest);
        int sector = Array.IndexOf(_state, (byte)state, from);
        sector = sector >= 0 ? sector : Array.IndexOf(_state, (byte)state, 0, from);
        return sector < 0 ? Count : (sector - from + Count) % Count;
    }

    private int SectorAt(int way, int otherwise) =>
        way < Count ? (After(_newest) + way) % Count : otherwise;

    private void Put(int sector, SectorState state) => _state[sector] = (byte)state;

    // A cut program may have left it weak. The same bytes over themselves make its zeros firm, in
    // good time: while the sector is blank its header may still be lost. Where the newest were
    // given up, those before them are firm.
    private void ConfirmNewestHeader()
    {
        if (!_isNewestFirm && StateOf(_newest) == SectorState.Ready && _erases != None)
        {
            Headers.Write(_newest, _newestSequence, _erases);
        }

        _isNewestFirm = true;
    }

    private void BeginErase(int sector)
    {
        int erases = Headers.TryRead(sector) ? Headers.Erases : 0;
        WasBlind = IsUnseen(sector);
        if (!WasBlind && RetireUpTo(sector)
            && _flash.BeginErase(AddressOf(sector, 0)) == FlashStatus.Ok)
        {
            _erasing = sector;
            _erases = erases + 1;
        }
    }

    // True when mount saw no header in a sector and there is one, with something behind it: the
    // chip was away then. A header alone is one that a cut left weak.
    private bool IsUnseen(int sector) => StateOf(sector) == SectorState.Raw
        && Headers.TryRead(sector) && !Headers.IsRetired && Headers.IsFollowed(sector);

    // Makes sure that no start can take a sector for one in use while it is erased. Sectors given
    // up together keep their headers until each is erased, and a header behind would place this
    // sector among those in use: it is retired first, also where it reads as retired, which a cut
    // may have left weak. Then the sector itself.
    private bool RetireUpTo(int sector)
    {
        int last = sector;
        for (int i = 0; i < Limits.ReadySectors && !HoldsFrames(After(last)); i++)
        {
            last = After(last);
        }

        bool isRetired = true;
        while (isRetired && last != sector)
        {
            isRetired = !Headers.TryRead(last) || Headers.Sequence <= _newestSequence
                || Headers.Retire(last);
            last = Before(last);
        }

        return isRetired && Headers.RetireWhole(sector);
    }

    // A sector that fails is passed over; where the reserve is short it is tried again first.
    private void EndErase(FlashStatus status)
    {
        int sector = _erasing;
        _erasing = None;
        _newest = sector;
        _newestSequence++;
        bool isGood = status == FlashStatus.Ok
            && Headers.Write(sector, _newestSequence, _erases);
        Put(sector, isGood ? SectorState.Ready : SectorState.Bad);
        _readyCount += isGood ? 1 : 0;
        BadSectors += isGood ? 0 : 1;
        _failures = isGood ? 0 : _failures + 1;
        if (!isGood && _readyCount < Limits.ReclaimReserve && _failures % Limits.EraseTries != 0)
        {
            GiveUpFrom(sector);
        }
    }
}
