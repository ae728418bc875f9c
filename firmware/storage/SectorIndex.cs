// The last two frames of a sector: type and slot of each frame before them, so that loading a
// sector reads 128 bytes and not 4 KiB. SlotLog writes it, CodeBook reads it while loading.

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
    private readonly byte[] _scratch = new byte[SizeBytes];

    /// <summary>The index as it stands on flash.</summary>
    public byte[] Bytes { get; } = new byte[SizeBytes];

    /// <summary>Makes every entry <see cref="FrameType.None"/>.</summary>
    public void Clear()
    {
        for (int i = 0; i < ChecksumOffset - 2; i++)
        {
            Bytes[i] = 0xFF;
        }

        Frame.PutUInt16(Bytes, ChecksumOffset - 2, 0);
    }

    /// <summary>Notes what a frame holds.</summary>
    /// <param name="frame">1 to 61.</param>
    /// <param name="type">Its type; one that this version does not know counts as none.</param>
    /// <param name="slot">Its slot, or <see cref="NoSlot"/>.</param>
    public void Put(int frame, FrameType type, int slot)
    {
        int known = type > FrameType.None ? (int)FrameType.None : (int)type;
        Frame.PutUInt16(Bytes, (frame - 1) * 2, (known << 13) | (slot & NoSlot));
    }

    /// <summary>What a frame holds.</summary>
    /// <param name="frame">1 to 61.</param>
    public FrameType TypeAt(int frame) =>
        (FrameType)(Frame.GetUInt16(Bytes, (frame - 1) * 2) >> 13);

    /// <summary>The slot that a frame is about.</summary>
    /// <param name="frame">1 to 61.</param>
    public int SlotAt(int frame) => Frame.GetUInt16(Bytes, (frame - 1) * 2) & NoSlot;

    /// <summary>Computes the checksum, after the last entry.</summary>
    /// <param name="sequence">The sector's sequence.</param>
    public void Seal(uint sequence) =>
        Frame.PutUInt32(Bytes, ChecksumOffset, Frame.Checksum(_scratch, sequence, Bytes, 0));

    /// <summary>True when <see cref="Bytes"/> was sealed for a sector.</summary>
    /// <param name="sequence">The sector's sequence.</param>
    public bool IsSealed(uint sequence) =>
        Frame.GetUInt32(Bytes, ChecksumOffset) == Frame.Checksum(_scratch, sequence, Bytes, 0);
}
