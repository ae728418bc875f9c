// The last two frames of a sector: type and slot of each frame before them, so that loading a
// sector reads 128 bytes and not 4 KiB. Append writes it, Loader and Reclaim read it.

using System;

namespace Keyway.Firmware;

/// <summary>The index of a sector, 128 bytes.</summary>
/// <remarks>
/// <code>
/// | entry of frame 1: 2 | ... | entry of frame 61: 2 | 0 2 | CRC 4 |
/// entry: type in the high 3 bits, slot in the low 13
/// </code>
/// </remarks>
public sealed class SectorIndex
{
    /// <summary>Bytes of the index.</summary>
    public const int SizeBytes = 2 * Frame.SizeBytes;

    /// <summary>The first frame that holds data.</summary>
    public const int FirstFrame = 1;

    /// <summary>The last frame that holds data.</summary>
    public const int LastFrame = 61;

    /// <summary>The slot of an entry that has none.</summary>
    public const int NoSlot = 0x1FFF;

    private const int ChecksumOffset = 124;
    private readonly byte[] _bytes = new byte[SizeBytes];
    /// <summary>The index as it stands on flash.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Makes every entry <see cref="FrameType.None"/>.</summary>
    public void Clear()
    {
        Frame.Blank(_bytes, 0, ChecksumOffset - 2);
        Frame.PutUInt16(_bytes, ChecksumOffset - 2, 0);
    }

    /// <summary>Makes every entry that of another index.</summary>
    public void CopyFrom(SectorIndex other) => Array.Copy(other.Bytes, 0, _bytes, 0, SizeBytes);

    /// <summary>Notes what a frame holds.</summary>
    /// <param name="frame">1 to 61.</param>
    /// <param name="type">Its type; one that this version does not know counts as none.</param>
    /// <param name="slot">Its slot, or <see cref="NoSlot"/>.</param>
    public void Put(int frame, FrameType type, int slot)
    {
        int known = type > FrameType.None ? (int)FrameType.None : (int)type;
        Frame.PutUInt16(_bytes, (frame - 1) * 2, (known << 13) | (slot & NoSlot));
    }

    /// <summary>Notes what the frames of a group hold.</summary>
    /// <param name="frame">The first, 1 to 61.</param>
    /// <param name="count">Frames of the group.</param>
    /// <param name="buffer">Holds them.</param>
    /// <param name="offset">Where they begin.</param>
    public void Put(int frame, int count, byte[] buffer, int offset)
    {
        for (int i = 0; i < count; i++)
        {
            Put(frame + i, (FrameType)buffer[offset + Frame.Type],
                BitConverter.ToUInt16(buffer, offset + Frame.Slot));
            offset += Frame.SizeBytes;
        }
    }

    /// <summary>What a frame holds.</summary>
    /// <param name="frame">1 to 61.</param>
    public FrameType TypeAt(int frame) =>
        (FrameType)(BitConverter.ToUInt16(_bytes, (frame - 1) * 2) >> 13);

    /// <summary>The slot that a frame is about.</summary>
    /// <param name="frame">1 to 61.</param>
    public int SlotAt(int frame) => BitConverter.ToUInt16(_bytes, (frame - 1) * 2) & NoSlot;

    /// <summary>Computes the checksum, after the last entry.</summary>
    /// <param name="checksum">Computes it.</param>
    /// <param name="sequence">The sector's sequence.</param>
    public void Seal(Checksum checksum, uint sequence) => Frame.PutUInt32(
        _bytes, ChecksumOffset, checksum.Of(sequence, _bytes, 0, ChecksumOffset));

    /// <summary>True when an index was sealed for a sector.</summary>
    /// <param name="checksum">Computes its checksum.</param>
    /// <param name="sequence">The sector's sequence.</param>
    /// <param name="buffer">Holds the index as it stands on flash.</param>
    /// <param name="offset">Where it begins.</param>
    public static bool IsSealed(Checksum checksum, uint sequence, byte[] buffer, int offset) =>
        Frame.GetUInt32(buffer, offset + ChecksumOffset)
            == checksum.Of(sequence, buffer, offset, ChecksumOffset);
}
