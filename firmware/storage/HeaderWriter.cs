// Programs the headers of sectors and their retired units. Ring calls it; it calls SpiNorFlash.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>What the ring writes to the first frame of a sector.</summary>
public sealed class HeaderWriter
{
    private const int UnitBytes = SectorHeader.ReadBytes - SectorHeader.SizeBytes;
    private readonly SpiNorFlash _flash;
    private readonly Ring _ring;
    private readonly SectorHeader _header = new();
    private readonly byte[] _buffer = new byte[SectorHeader.ReadBytes];

    /// <summary>Wires it; nothing is read.</summary>
    public HeaderWriter(SpiNorFlash flash, Ring ring)
    {
        _flash = flash;
        _ring = ring;
    }

    /// <summary>Writes a sector's header and reads it back.</summary>
    public bool Write(int sector)
    {
        uint sequence = _ring.SequenceOf(sector);
        _header.Write(_buffer, _ring.Count, sequence, _ring.ErasesOf(sector));
        return _flash.Program(_ring.AddressOf(sector, 0), _buffer, 0, SectorHeader.SizeBytes)
            == FlashStatus.Ok && TryRead(sector) && !_header.Retired
            && _header.Sequence == sequence;
    }

    /// <summary>Programs the retired unit of a sector.</summary>
    public bool Retire(int sector)
    {
        Array.Clear(_buffer, 0, _buffer.Length);
        return _flash.Program(_ring.AddressOf(sector, 0) + SectorHeader.SizeBytes, _buffer, 0,
            UnitBytes) == FlashStatus.Ok;
    }

    /// <summary>
    /// True when mount saw no header in a sector and there is one, with something behind it: the
    /// chip was away then. A header alone is one that a cut left weak.
    /// </summary>
    public bool IsUnseen(int sector)
    {
        if (_ring.ErasesOf(sector) != 0 || !TryRead(sector) || _header.Retired)
        {
            return false;
        }

        bool holds = _flash.Read(_ring.AddressOf(sector, SectorIndex.FirstFrame), _buffer, 0,
            _buffer.Length) == FlashStatus.Ok;
        return holds && !IsAll(0, 0xFF);
    }

    /// <summary>Makes sure that no start can take a sector for one in use while it is erased.
    /// </summary>
    /// <returns>False when the chip did not take it: then it must not be erased.</returns>
    /// <remarks>
    /// Sectors given up together keep their headers until each is erased, and a header behind would
    /// place this sector among those in use: it is retired first, also where it reads as retired,
    /// which a cut may have left weak. Then the sector itself, unless it is or is blank.
    /// </remarks>
    public bool RetireUpTo(int sector)
    {
        int last = sector;
        for (int i = 0; i < Limits.ReadySectors && !_ring.HoldsFrames(_ring.After(last)); i++)
        {
            last = _ring.After(last);
        }

        bool isRetired = true;
        while (isRetired && last != sector)
        {
            isRetired = !TryRead(last) || _header.Sequence <= _ring.SequenceOf(_ring.Newest)
                || Retire(last);
            last = _ring.Before(last);
        }

        return isRetired && _flash.Read(_ring.AddressOf(sector, 0), _buffer, 0, _buffer.Length)
            == FlashStatus.Ok && (IsAll(SectorHeader.SizeBytes, 0) || IsAll(0, 0xFF)
            || Retire(sector));
    }

    private bool TryRead(int sector) =>
        _flash.Read(_ring.AddressOf(sector, 0), _buffer, 0, _buffer.Length) == FlashStatus.Ok
        && _header.TryRead(_buffer);

    private bool IsAll(int from, byte value)
    {
        bool isAll = true;
        for (int i = from; i < _buffer.Length; i++)
        {
            isAll &= _buffer[i] == value;
        }

        return isAll;
    }
}
