// The checksums of headers, frames and indexes. What stores or reads them shares one; it calls
// Crc32, which on the device takes whole arrays without making an object for a range.

using System;
using System.IO.Hashing;

namespace Keyway.Firmware;

/// <summary>CRC-32 as in FORMAT.md, over ranges of a buffer.</summary>
public sealed class Checksum
{
    private const int WordBytes = 4;
    private readonly Crc32 _crc = new();
    private readonly byte[] _word = new byte[WordBytes];
    private readonly byte[] _block = new byte[Frame.SizeBytes];

    /// <summary>The checksum of a few bytes.</summary>
    /// <param name="buffer">Holds them.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">How many, a multiple of 4.</param>
    public uint Of(byte[] buffer, int offset, int count)
    {
        _crc.Reset();
        for (int end = offset + count; offset < end; offset += WordBytes)
        {
            Array.Copy(buffer, offset, _word, 0, WordBytes);
            _crc.Append(_word);
        }

        return _crc.GetCurrentHashAsUInt32();
    }

    /// <summary>
    /// The checksum of a sector's sequence and a body, so that bytes of the sector's earlier life
    /// never validate.
    /// </summary>
    /// <param name="sequence">The sequence of the sector that holds the body.</param>
    /// <param name="buffer">Holds the body.</param>
    /// <param name="offset">Where the body begins.</param>
    /// <param name="count">Bytes of it: 4 less than a multiple of 64.</param>
    public uint Of(uint sequence, byte[] buffer, int offset, int count)
    {
        int end = offset + count;

        // It mostly stands there, of the frame before.
        if (Frame.GetUInt32(_block, 0) != sequence)
        {
            Frame.PutUInt32(_block, 0, sequence);
        }

        Array.Copy(buffer, offset, _block, WordBytes, Frame.BodyBytes);
        _crc.Reset();
        _crc.Append(_block);
        for (int i = offset + Frame.BodyBytes; i < end; i += Frame.SizeBytes)
        {
            Array.Copy(buffer, i, _block, 0, Frame.SizeBytes);
            _crc.Append(_block);
        }

        return _crc.GetCurrentHashAsUInt32();
    }

    /// <summary>True when a range holds the first frames of one group, or all, and they are
    /// valid.</summary>
    /// <param name="sequence">The sequence of the sector that holds the group.</param>
    /// <param name="buffer">Holds the frames.</param>
    /// <param name="offset">Where the first begins.</param>
    /// <param name="count">Frames to check.</param>
    public bool IsGroup(uint sequence, byte[] buffer, int offset, int count)
    {
        int total = buffer[offset + Frame.Group] >> 4;
        bool isGroup = count <= total;
        for (int i = 0; i < count && isGroup; i++)
        {
            isGroup = (buffer[offset + Frame.Group] & ~Frame.Carried) == Frame.GroupByte(total, i)
                && Frame.GetUInt32(buffer, offset + Frame.BodyBytes)
                    == Of(sequence, buffer, offset, Frame.BodyBytes);
            offset += Frame.SizeBytes;
        }

        return isGroup;
    }

    /// <summary>Fills in the group bytes, but for <see cref="Frame.Carried"/>, and checksums.
    /// </summary>
    /// <param name="sequence">The sequence of the sector that will hold the group.</param>
    /// <param name="buffer">Holds the frames.</param>
    /// <param name="offset">Where the first begins.</param>
    /// <param name="count">Frames of the group.</param>
    public void Seal(uint sequence, byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int carried = buffer[offset + Frame.Group] & Frame.Carried;
            buffer[offset + Frame.Group] = (byte)(Frame.GroupByte(count, i) | carried);
            Frame.PutUInt32(buffer, offset + Frame.BodyBytes,
                Of(sequence, buffer, offset, Frame.BodyBytes));
            offset += Frame.SizeBytes;
        }
    }
}
