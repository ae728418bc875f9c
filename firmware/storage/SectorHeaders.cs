// Reads and writes the first frames of sectors. Ring, RingOrder, Mount, Append and SlotLog call it;
// it calls SpiNorFlash. All of it passes through the driver's page.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>The first frames of the sectors, on flash.</summary>
/// <remarks>What is said of a header is of the one that was read last, until anything else is done
/// with the flash.</remarks>
public sealed class SectorHeaders
{
    private const int At = SpiNorFlash.PageOffset;
    private readonly SpiNorFlash _flash;
    private readonly byte[] _page;
    private readonly int _address;

    /// <summary>Wires it; nothing is read.</summary>
    /// <param name="flash">The chip.</param>
    /// <param name="address">Where the region begins.</param>
    /// <param name="sectors">Sectors of the region.</param>
    public SectorHeaders(SpiNorFlash flash, int address, int sectors)
    {
        _flash = flash;
        _page = flash.Page;
        _address = address;
        Count = sectors;
    }

    /// <summary>Sectors of the region.</summary>
    public int Count { get; }

    /// <summary>Of whatever lies in the region.</summary>
    public Checksum Checksum { get; } = new();

    /// <summary>True when there was a header.</summary>
    public bool IsValid => SectorHeader.IsValid(Checksum, _page, At);

    /// <summary>True when a header is of this version and of a ring as large.</summary>
    public bool IsOurs => SectorHeader.IsOurs(_page, At, Count);

    /// <summary>True when the sector's content has been carried on.</summary>
    public bool IsRetired => SectorHeader.IsRetired(_page, At);

    /// <summary>The sector's place in the order of the ring.</summary>
    public uint Sequence => SectorHeader.SequenceOf(_page, At);

    /// <summary>How often the sector has been erased.</summary>
    public int Erases => SectorHeader.ErasesOf(_page, At);

    /// <summary>Where a frame begins on the chip.</summary>
    public int AddressOf(int sector, int frame) =>
        _address + sector * SpiNorFlash.SectorSizeBytes + frame * Frame.SizeBytes;

    /// <summary>True when a header is the one expected, but for a few rotten bits.</summary>
    public bool IsNear(uint sequence) => SectorHeader.IsNear(_page, At, Count, sequence);

    /// <summary>Reads what lies where the header of a sector is.</summary>
    public FlashStatus Read(int sector) =>
        _flash.Read(AddressOf(sector, 0), _page, At, SectorHeader.ReadBytes);

    /// <summary>Reads the header of a sector.</summary>
    /// <returns>False when there is none, or the chip cannot be read.</returns>
    public bool TryRead(int sector) => Read(sector) == FlashStatus.Ok && IsValid;

    /// <summary>Writes a sector's header and reads it back.</summary>
    public bool Write(int sector, uint sequence, int erases)
    {
        SectorHeader.Write(Checksum, _page, At, Count, sequence, erases);
        return _flash.Program(AddressOf(sector, 0), _page, At, SectorHeader.SizeBytes)
            == FlashStatus.Ok && TryRead(sector) && !IsRetired && Sequence == sequence;
    }

    /// <summary>Programs the retired unit of a sector.</summary>
    /// <returns>False when the chip did not take it.</returns>
    public bool Retire(int sector) => Mark(sector, SectorHeader.SizeBytes);

    /// <summary>Retires a sector, unless it is retired to the last bit, or blank.</summary>
    /// <returns>False when the chip did not take it.</returns>
    public bool RetireWhole(int sector) => Read(sector) == FlashStatus.Ok
        && (Frame.IsBurnt(_page, At + SectorHeader.SizeBytes, SectorHeader.SizeBytes)
            || Frame.IsBlank(_page, At, SectorHeader.ReadBytes) || Retire(sector));

    /// <summary>True when there is something behind the header of a sector.</summary>
    public bool IsFollowed(int sector) =>
        _flash.Read(AddressOf(sector, SectorIndex.FirstFrame), _page, At, SectorHeader.ReadBytes)
            == FlashStatus.Ok && !Frame.IsBlank(_page, At, SectorHeader.ReadBytes);

    /// <summary>Says that a blank sector is opened to hold copies of another.</summary>
    /// <remarks>If the chip does not store the mark, the sector cannot be given up later.</remarks>
    /// <param name="sector">The blank one.</param>
    /// <param name="source">The sequence of the other.</param>
    public void WriteSource(int sector, uint source)
    {
        SectorHeader.WriteSource(Checksum, _page, At, source);
        _flash.Program(AddressOf(sector, 0) + SectorHeader.Source, _page,
            At + SectorHeader.Source, SectorHeader.SourceBytes);
    }

    /// <summary>True when a sector was opened to hold copies of another, and they are not known to
    /// be all.</summary>
    public bool IsCopy(int sector, uint source) =>
        HasSource(sector, source) && !SectorHeader.IsComplete(_page, At);

    /// <summary>Says, where a sector was opened to hold copies of another, that they are all.
    /// </summary>
    /// <returns>False when the chip did not take it.</returns>
    public bool Complete(int sector, uint source) =>
        !HasSource(sector, source) || Mark(sector, SectorHeader.Complete);

    private bool HasSource(int sector, uint source) =>
        _flash.Read(AddressOf(sector, 0), _page, At, Frame.SizeBytes) == FlashStatus.Ok
        && SectorHeader.HasSource(Checksum, _page, At, source);

    private bool Mark(int sector, int unit)
    {
        Array.Clear(_page, At, SectorHeader.SizeBytes);
        return _flash.Program(AddressOf(sector, 0) + unit, _page, At, SectorHeader.SizeBytes)
            == FlashStatus.Ok;
    }
}
