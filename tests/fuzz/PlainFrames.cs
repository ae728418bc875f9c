using System.Buffers.Binary;

namespace Keyway.Tests.Fuzz;

/// <summary>Groups of frames as FORMAT.md describes them, without the firmware and with a CRC-32
/// bit by bit.</summary>
public static class PlainFrames
{
    private const int FrameBytes = 64;
    private const int BodyBytes = 60;

    /// <summary>True when the first frames of a group are all there.</summary>
    public static bool IsGroup(uint sequence, ReadOnlySpan<byte> frames)
    {
        int count = frames.Length / FrameBytes;
        int total = frames[1] >> 4;
        bool isSound = count <= total;
        for (int i = 0; i < count && isSound; i++)
        {
            ReadOnlySpan<byte> frame = frames.Slice(i * FrameBytes, FrameBytes);
            isSound = frame[1] >> 4 == total && (frame[1] & 7) == i
                && BinaryPrimitives.ReadUInt32LittleEndian(frame[BodyBytes..])
                    == Checksum(sequence, frame[..BodyBytes]);
        }

        return isSound;
    }

    private static uint Checksum(uint sequence, ReadOnlySpan<byte> body)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(head, sequence);
        return ~Continue(Continue(uint.MaxValue, head), body);
    }

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return crc;
    }
}
