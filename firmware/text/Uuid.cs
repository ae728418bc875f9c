// UUIDs as 16 bytes: how ids stand on flash and in RAM, and as text at the JSON edge.

using System;
using System.Text;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>A UUID (RFC 9562) as 16 bytes of a caller's array, in the order of its text.</summary>
public static class Uuid
{
    /// <summary>A UUID in bytes.</summary>
    public const int SizeBytes = 16;

    /// <summary>A UUID as text: 8-4-4-4-12 digits.</summary>
    public const int TextSizeBytes = 36;

    /// <summary>Reads the canonical text, hexadecimal digits of either case.</summary>
    /// <param name="text">ASCII; the caller's, only read.</param>
    /// <param name="offset">The first byte of the text.</param>
    /// <param name="count">The size of the text; only 36 can be a UUID.</param>
    /// <param name="output">The caller's; gets 16 bytes, all zero after false. They may take the
    /// place of the text.</param>
    /// <param name="outputOffset">The first byte to write.</param>
    /// <returns>False when it is anything else: braces, no dashes, other lengths.</returns>
    public static bool TryRead(byte[] text, int offset, int count, byte[] output, int outputOffset)
    {
        bool isSound = count == TextSizeBytes
            && text[offset + 8] == '-' && text[offset + 13] == '-'
            && text[offset + 18] == '-' && text[offset + 23] == '-'
            && Hex.TryRead(BitConverter.ToUInt64(text, offset), output, outputOffset)
            && Hex.TryRead(Joined(text, offset + 9), output, outputOffset + 4)
            && Hex.TryRead(Joined(text, offset + 19), output, outputOffset + 8)
            && Hex.TryRead(BitConverter.ToUInt64(text, offset + 28), output, outputOffset + 12);
        if (!isSound) Array.Clear(output, outputOffset, SizeBytes);
        return isSound;
    }

    /// <summary>Reads the canonical text, hexadecimal digits of either case.</summary>
    /// <param name="text">Null is no UUID.</param>
    /// <param name="output">The caller's; gets 16 bytes, all zero after false.</param>
    /// <param name="outputOffset">The first byte to write.</param>
    public static bool TryRead(string text, byte[] output, int outputOffset)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
        return TryRead(bytes, 0, bytes.Length, output, outputOffset);
    }

    /// <summary>The canonical text, in lower case.</summary>
    /// <param name="buffer">Holds the UUID; the caller's, only read.</param>
    /// <param name="offset">Its first byte.</param>
    public static string ToText(byte[] buffer, int offset)
    {
        byte[] text = new byte[TextSizeBytes];
        return Encoding.UTF8.GetString(text, 0, Write(buffer, offset, text, 0));
    }

    /// <summary>Writes the canonical text, in lower case.</summary>
    /// <param name="buffer">Holds the UUID; the caller's, only read.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="text">The caller's; gets 36 bytes of ASCII.</param>
    /// <param name="at">The first byte to write.</param>
    /// <returns>The bytes written: 36.</returns>
    public static int Write(byte[] buffer, int offset, byte[] text, int at)
    {
        Hex.Write(BitConverter.ToUInt32(buffer, offset), text, at, at + 4);
        Hex.Write(BitConverter.ToUInt32(buffer, offset + 4), text, at + 9, at + 14);
        Hex.Write(BitConverter.ToUInt32(buffer, offset + 8), text, at + 19, at + 24);
        Hex.Write(BitConverter.ToUInt32(buffer, offset + 12), text, at + 28, at + 32);
        text[at + 8] = (byte)'-';
        text[at + 13] = (byte)'-';
        text[at + 18] = (byte)'-';
        text[at + 23] = (byte)'-';
        return TextSizeBytes;
    }

    /// <summary>Whether two UUIDs are the same. The time it takes depends on the bytes.</summary>
    public static bool AreEqual(byte[] a, int aOffset, byte[] b, int bOffset) =>
        BitConverter.ToInt64(a, aOffset) == BitConverter.ToInt64(b, bOffset)
        && BitConverter.ToInt64(a, aOffset + 8) == BitConverter.ToInt64(b, bOffset + 8);

    /// <summary>Whether all 16 bytes are zero: the nil UUID, which stands for none.</summary>
    public static bool IsZero(byte[] buffer, int offset) =>
        (BitConverter.ToInt64(buffer, offset) | BitConverter.ToInt64(buffer, offset + 8)) == 0;

    /// <summary>Writes a new random UUID: version 4, 122 random bits.</summary>
    /// <param name="random">Where the bits come from.</param>
    /// <param name="buffer">The caller's; gets 16 bytes.</param>
    /// <param name="offset">The first byte to write.</param>
    public static void NewRandom(IRandom random, byte[] buffer, int offset)
    {
        random.Fill(buffer, offset, SizeBytes);
        buffer[offset + 6] = (byte)(buffer[offset + 6] & 0x0F | 0x40);
        buffer[offset + 8] = (byte)(buffer[offset + 8] & 0x3F | 0x80);
    }

    // Four digits before a dash and four behind it.
    private static ulong Joined(byte[] text, int offset) =>
        BitConverter.ToUInt32(text, offset) | (ulong)BitConverter.ToUInt32(text, offset + 5) << 32;
}
