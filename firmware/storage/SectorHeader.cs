// Where the bytes of a sector's first frame are: who wrote it, its place in the order of the ring,
// whether its content has been carried on, and of what it holds copies. SectorHeaders reads them.

namespace Keyway.Firmware;

/// <summary>The layout of a sector's first frame.</summary>
/// <remarks>
/// <code>
/// | magic 1 | version 1 | sectors 2 | sequence 4 | erase count 4 | CRC 4 | retired 16 |
/// | sequence of the source 4 | CRC 4 | FF 8 | complete 16 |
/// </code>
/// The first CRC is over the twelve bytes before it. 'Retired' is FF until the sector's content has
/// been carried on, then zeros. The second line is written when one of the sectors kept for
/// carrying on is opened, before anything else is in it: until its source has been retired it holds
/// copies of the source and nothing else. 'Complete' is zeros once they are all: it is firm before
/// the source's retired unit is touched, so while it is FF the source counts, however often it is
/// read.
/// </remarks>
public static class SectorHeader
{
    /// <summary>Bytes of the header that are programmed after an erase; and of each of the two
    /// units.</summary>
    public const int SizeBytes = 16;

    /// <summary>Bytes that are read: the header and the retired unit.</summary>
    public const int ReadBytes = 32;

    /// <summary>Offset of the source's sequence, 4 bytes, and its CRC, 4 bytes.</summary>
    public const int Source = 32;

    /// <summary>Bytes that are programmed when a sector is opened for copies.</summary>
    public const int SourceBytes = 8;

    /// <summary>Offset of the unit that says that the copies are all.</summary>
    public const int Complete = 48;

    /// <summary>The format's version; another one is left untouched.</summary>
    public const int Version = 1;

    private const byte Magic = 0x4B;
    private const int SectorsOffset = 2;
    private const int SequenceOffset = 4;
    private const int ErasesOffset = 8;
    private const int ChecksumOffset = 12;
    private const int SourceChecksum = Source + 4;
    private const int RottenBitsMax = 3;
    private const int RottenBytesMax = 3;

    /// <summary>Writes a header.</summary>
    /// <param name="checksum">Computes its CRC.</param>
    /// <param name="buffer">Receives <see cref="SizeBytes"/> bytes.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="sectors">Sectors in the ring.</param>
    /// <param name="sequence">The sector's place in the order of the ring; the first is 1.</param>
    /// <param name="erases">How often the sector has been erased.</param>
    public static void Write(
        Checksum checksum, byte[] buffer, int offset, int sectors, uint sequence, int erases)
    {
        Frame.PutUInt32(buffer, offset, First(sectors));
        Frame.PutUInt32(buffer, offset + SequenceOffset, sequence);
        Frame.PutUInt32(buffer, offset + ErasesOffset, (uint)erases);
        Frame.PutUInt32(buffer, offset + ChecksumOffset,
            checksum.Of(buffer, offset, ChecksumOffset));
    }

    /// <summary>False when there is no header: erased, torn or not ours.</summary>
    public static bool IsValid(Checksum checksum, byte[] buffer, int offset) =>
        buffer[offset] == Magic && Frame.GetUInt32(buffer, offset + ChecksumOffset)
            == checksum.Of(buffer, offset, ChecksumOffset);

    /// <summary>True when a valid header is of this version and of a ring as large.</summary>
    public static bool IsOurs(byte[] buffer, int offset, int sectors) =>
        Frame.GetUInt32(buffer, offset) == First(sectors);

    /// <summary>The sector's place in the order of the ring.</summary>
    public static uint SequenceOf(byte[] buffer, int offset) =>
        Frame.GetUInt32(buffer, offset + SequenceOffset);

    /// <summary>How often the sector has been erased.</summary>
    public static int ErasesOf(byte[] buffer, int offset) =>
        (int)Frame.GetUInt32(buffer, offset + ErasesOffset);

    /// <summary>
    /// True when a header that does not validate is the one expected but for a few rotten bits.
    /// </summary>
    /// <param name="buffer">Holds <see cref="ReadBytes"/> bytes.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="sectors">Sectors in the ring.</param>
    /// <param name="sequence">What the sector's neighbours say.</param>
    /// <remarks>
    /// Magic to sequence are known, and the sector is not retired: an erase that was cut clears the
    /// retired unit no sooner than these.
    /// </remarks>
    public static bool IsNear(byte[] buffer, int offset, int sectors, uint sequence) =>
        BitsOf(Frame.GetUInt32(buffer, offset) ^ First(sectors))
            + BitsOf(SequenceOf(buffer, offset) ^ sequence) <= RottenBitsMax
        && !IsRetired(buffer, offset);

    /// <summary>True when the sector's content has been carried on.</summary>
    public static bool IsRetired(byte[] buffer, int offset) =>
        IsMarked(buffer, offset + SizeBytes);

    /// <summary>True when the copies are known to be all.</summary>
    public static bool IsComplete(byte[] buffer, int offset) =>
        IsMarked(buffer, offset + Complete);

    /// <summary>Says of which sector this one holds copies.</summary>
    /// <param name="checksum">Computes a CRC.</param>
    /// <param name="buffer">Receives <see cref="SourceBytes"/> bytes at <see cref="Source"/>.
    /// </param>
    /// <param name="offset">Where the frame begins.</param>
    /// <param name="sequence">The source's.</param>
    public static void WriteSource(
        Checksum checksum, byte[] buffer, int offset, uint sequence)
    {
        Frame.PutUInt32(buffer, offset + Source, sequence);
        Frame.PutUInt32(buffer, offset + SourceChecksum, checksum.Of(buffer, offset + Source, 4));
    }

    /// <summary>True when the sector was opened to hold copies of another.</summary>
    /// <param name="checksum">Computes a CRC.</param>
    /// <param name="buffer">Holds the frame.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="sequence">The other's.</param>
    public static bool HasSource(Checksum checksum, byte[] buffer, int offset, uint sequence) =>
        Frame.GetUInt32(buffer, offset + Source) == sequence
        && Frame.GetUInt32(buffer, offset + SourceChecksum)
            == checksum.Of(buffer, offset + Source, 4);

    // Magic, version and sectors.
    private static uint First(int sectors) =>
        Magic | Version << 8 | (uint)sectors << (8 * SectorsOffset);

    private static int BitsOf(uint differs)
    {
        int bits = 0;
        for (; differs != 0; differs &= differs - 1)
        {
            bits++;
        }

        return bits;
    }

    // A few rotten bits mark nothing; a mark that was cut that early is made again.
    private static bool IsMarked(byte[] buffer, int offset)
    {
        if (Frame.IsBlank(buffer, offset, SizeBytes))
        {
            return false;
        }

        int marked = 0;
        for (int i = offset; i < offset + SizeBytes; i++)
        {
            marked += buffer[i] != 0xFF ? 1 : 0;
        }

        return marked > RottenBytesMax;
    }
}
