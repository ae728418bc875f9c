// What a sector says of the carrying for which it was opened: of which sector it holds copies, and
// whether they are all. LogEnd writes it, LogStart believes it; it calls SpiNorFlash.

using System.IO.Hashing;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>The second half of a sector's first frame.</summary>
/// <remarks>
/// <code>
/// | header 32 | sequence of the source 4 | CRC 4 | FF 8 | complete 16 |
/// </code>
/// Written when one of the sectors kept for carrying on is opened, before anything else is in it.
/// Until its source has been retired it holds copies of the source and nothing else. 'Complete' is
/// zeros once they are all: it is firm before the source's retired unit is touched, so while it is
/// FF the source counts, however often it is read.
/// </remarks>
public sealed class CarryMark
{
    private const int SizeBytes = 32;
    private const int UnitBytes = 16;
    private const int SourceBytes = 4;
    private const int WrittenBytes = 8;
    private const int RottenBytesMax = 3;
    private readonly SpiNorFlash _flash;
    private readonly Ring _ring;
    private readonly byte[] _buffer = new byte[SizeBytes];
    private readonly byte[] _checked = new byte[SourceBytes];

    /// <summary>Wires it; nothing is read.</summary>
    public CarryMark(SpiNorFlash flash, Ring ring)
    {
        _flash = flash;
        _ring = ring;
    }

    /// <summary>Says that a blank sector is opened to hold copies of another.</summary>
    /// <remarks>Where the chip does not take it the sector only cannot be given up.</remarks>
    public void Write(int sector, int source)
    {
        Frame.PutUInt32(_buffer, 0, _ring.SequenceOf(source));
        Frame.PutUInt32(_buffer, SourceBytes, Checksum());
        _flash.Program(AddressOf(sector), _buffer, 0, WrittenBytes);
    }

    /// <summary>True when a sector was opened to hold copies of another, and they are not known to
    /// be all.</summary>
    public bool IsCopy(int sector, int source) =>
        IsMarked(sector, source) && !IsComplete();

    /// <summary>Says, where a sector was opened to hold copies of another, that they are all.
    /// </summary>
    /// <returns>False when the chip did not take it.</returns>
    public bool Complete(int sector, int source)
    {
        if (!IsMarked(sector, source))
        {
            return true;
        }

        System.Array.Clear(_buffer, 0, UnitBytes);
        return _flash.Program(AddressOf(sector) + UnitBytes, _buffer, 0, UnitBytes)
            == FlashStatus.Ok;
    }

    private int AddressOf(int sector) => _ring.AddressOf(sector, 0) + SectorHeader.ReadBytes;

    private bool IsMarked(int sector, int source) =>
        _flash.Read(AddressOf(sector), _buffer, 0, SizeBytes) == FlashStatus.Ok
        && Frame.GetUInt32(_buffer, SourceBytes) == Checksum()
        && Frame.GetUInt32(_buffer, 0) == _ring.SequenceOf(source);

    // As with the retired unit: a few rotten bits are no mark.
    private bool IsComplete()
    {
        int marked = 0;
        for (int i = UnitBytes; i < SizeBytes; i++)
        {
            marked += _buffer[i] != 0xFF ? 1 : 0;
        }

        return marked > RottenBytesMax;
    }

    private uint Checksum()
    {
        System.Array.Copy(_buffer, 0, _checked, 0, SourceBytes);
        return Crc32.HashToUInt32(_checked);
    }
}
