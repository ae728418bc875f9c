// The first 32 bytes of a sector: who wrote it, its place in the ring's order, and whether its
// content has been carried on. Ring calls it.

using System;
using System.IO.Hashing;

namespace Keyway.Firmware;

/// <summary>Reads and writes the header of a sector.</summary>
/// <remarks>
/// <code>
/// | magic 1 | version 1 | sectors 2 | sequence 4 | erase count 4 | CRC 4 | retired 16 |
/// </code>
/// The CRC is over the twelve bytes before it. The retired unit is FF until the sector's content
/// has been carried on, then zeros; more than three bytes other than FF retire the sector.
/// </remarks>
public sealed class SectorHeader
{
    /// <summary>Bytes of the header that are programmed after an erase.</summary>
    public const int SizeBytes = 16;

    /// <summary>Bytes that are read: the header and the retired unit.</summary>
    public const int ReadBytes = 32;

    /// <summary>The format's version; another one is left untouched.</summary>
    public const int Version = 1;

    private const byte Magic = 0x4B;
    private const int ErasesOffset = 8;
    private const int ChecksumOffset = 12;
    private const int RottenBitsMax = 3;
    private readonly byte[] _expected = new byte[SizeBytes];
    private readonly byte[] _checked = new byte[ChecksumOffset];

    /// <summary>Sectors in the ring when the header was written.</summary>
    public int Sectors { get; private set; }

    /// <summary>The version that wrote the header.</summary>
    public int WrittenVersion { get; private set; }

    /// <summary>The sector's place in the order of the ring; the first is 1.</summary>
    public uint Sequence { get; private set; }

    /// <summary>How often the sector has been erased.</summary>
    public int Erases { get; private set; }

    /// <summary>True when the sector's content has been carried on.</summary>
    public bool Retired { get; private set; }

    /// <summary>Writes a header.</summary>
    /// <param name="buffer">Receives <see cref="SizeBytes"/> bytes at its start.</param>
    /// <param name="sectors">Sectors in the ring.</param>
    /// <param name="sequence">The sector's place in the order of the ring.</param>
    /// <param name="erases">How often the sector has been erased.</param>
    public void Write(byte[] buffer, int sectors, uint sequence, int erases)
    {
        buffer[0] = Magic;
        buffer[1] = Version;
        Frame.PutUInt16(buffer, 2, sectors);
        Frame.PutUInt32(buffer, 4, sequence);
        Frame.PutUInt32(buffer, 8, (uint)erases);
        Frame.PutUInt32(buffer, ChecksumOffset, Checksum(buffer));
    }

    /// <summary>
    /// True when a header that does not validate is the one expected but for a few rotten bits.
    /// </summary>
    /// <param name="buffer">Holds <see cref="ReadBytes"/> bytes at its start.</param>
    /// <param name="sectors">Sectors in the ring.</param>
    /// <param name="sequence">What the sector's neighbours say.</param>
    /// <remarks>
    /// Magic to sequence are known, and the sector is not retired: an erase that was cut clears the
    /// retired unit no sooner than these.
    /// </remarks>
    public bool IsNear(byte[] buffer, int sectors, uint sequence)
    {
        Write(_expected, sectors, sequence, 0);
        int bits = 0;
        for (int i = 0; i < ErasesOffset; i++)
        {
            for (int differs = buffer[i] ^ _expected[i]; differs != 0; differs &= differs - 1)
            {
                bits++;
            }
        }

        return bits <= RottenBitsMax && !IsRetired(buffer);
    }

    /// <summary>Reads a header.</summary>
    /// <param name="buffer">Holds <see cref="ReadBytes"/> bytes at its start.</param>
    /// <returns>False when there is none: erased, torn or not ours.</returns>
    public bool TryRead(byte[] buffer)
    {
        if (buffer[0] != Magic || Frame.GetUInt32(buffer, ChecksumOffset) != Checksum(buffer))
        {
            return false;
        }

        WrittenVersion = buffer[1];
        Sectors = Frame.GetUInt16(buffer, 2);
        Sequence = Frame.GetUInt32(buffer, 4);
        Erases = (int)Frame.GetUInt32(buffer, 8);
        Retired = IsRetired(buffer);
        return true;
    }

    // A few rotten bits retire nothing; a mark that was cut that early is made again.
    private static bool IsRetired(byte[] buffer)
    {
        int marked = 0;
        for (int i = SizeBytes; i < ReadBytes; i++)
        {
            marked += buffer[i] != 0xFF ? 1 : 0;
        }

        return marked > RottenBitsMax;
    }

    private uint Checksum(byte[] buffer)
    {
        Array.Copy(buffer, 0, _checked, 0, ChecksumOffset);
        return Crc32.HashToUInt32(_checked);
    }
}
