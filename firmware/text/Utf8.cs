// What the firmware must know of UTF-8: where a character ends and whether it is well-formed.

using System;
using System.Text;

namespace Keyway.Firmware;

/// <summary>UTF-8 in byte arrays. A character here is a code point: a base letter and the combining
/// marks after it are several.</summary>
public static class Utf8
{
    /// <summary>What <see cref="SizeOfCharacter"/> answers when the range ends first.</summary>
    internal const int Cut = -1;

    /// <summary>The runtime's encoding, of which the device makes a new one at each call.</summary>
    internal static readonly Encoding Encoding = Encoding.UTF8;

    // In each byte of a word.
    private const ulong Ones = 0x0101010101010101;

    /// <summary>How far a text is ASCII without control characters.</summary>
    /// <param name="text">The caller's, only read.</param>
    /// <param name="offset">The first byte of the text.</param>
    /// <param name="count">The size of the text in bytes.</param>
    /// <returns>Its end; or a place up to which it is, a few bytes before where it is not.
    /// </returns>
    internal static int AsciiEnd(byte[] text, int offset, int count)
    {
        int end = offset + count;
        int last = end - 8;
        if (count < 8)
        {
            while (offset < end && text[offset] >= 0x20 && text[offset] < 0x80) offset++;
            return offset;
        }

        // Eight bytes are one word; a byte's highest bit says what is wrong: that it was set, or
        // that the byte was below 0x20. A borrow comes only from a byte that is wrong.
        for (; offset <= last - 8; offset += 16)
        {
            ulong first = BitConverter.ToUInt64(text, offset);
            ulong second = BitConverter.ToUInt64(text, offset + 8);
            ulong wrong = first | second | (first - 0x20 * Ones) | (second - 0x20 * Ones);
            if ((wrong & 0x80 * Ones) != 0) return offset;
        }

        ulong next = BitConverter.ToUInt64(text, offset < last ? offset : last);
        ulong final = BitConverter.ToUInt64(text, last);
        ulong rest = next | final | (next - 0x20 * Ones) | (final - 0x20 * Ones);
        return (rest & 0x80 * Ones) == 0 ? end : offset;
    }

    /// <summary>Whether two texts of one size are the same.</summary>
    internal static bool AreEqual(byte[] a, int aOffset, byte[] b, int bOffset, int count)
    {
        int last = count - 8;
        for (int i = 0; i < last; i += 8)
        {
            if (BitConverter.ToInt64(a, aOffset + i) != BitConverter.ToInt64(b, bOffset + i))
                return false;
        }

        if (last >= 0)
            return BitConverter.ToInt64(a, aOffset + last)
                == BitConverter.ToInt64(b, bOffset + last);
        last = count - 4;
        if (last >= 0)
            return BitConverter.ToInt32(a, aOffset) == BitConverter.ToInt32(b, bOffset)
                && BitConverter.ToInt32(a, aOffset + last)
                == BitConverter.ToInt32(b, bOffset + last);
        for (int i = 0; i < count; i++)
        {
            if (a[aOffset + i] != b[bOffset + i]) return false;
        }

        return true;
    }

    /// <summary>The length of the longest prefix that does not cut a character in two.</summary>
    /// <param name="text">Well-formed UTF-8; the caller's, only read.</param>
    /// <param name="offset">The first byte of the text.</param>
    /// <param name="count">The size of the text in bytes.</param>
    /// <param name="maximumBytes">The most bytes to keep, 0 or more.</param>
    /// <returns>0 to the smaller of <paramref name="count"/> and
    /// <paramref name="maximumBytes"/>.</returns>
    public static int CutLength(byte[] text, int offset, int count, int maximumBytes)
    {
        if (count <= maximumBytes) return count;
        int length = maximumBytes;
        while (length > 0 && IsContinuation(text[offset + length])) length--;
        return length;
    }

    /// <summary>The number of characters of a text.</summary>
    /// <param name="text">Well-formed UTF-8; the caller's, only read.</param>
    /// <param name="offset">The first byte of the text.</param>
    /// <param name="count">The size of the text in bytes.</param>
    public static int CountCharacters(byte[] text, int offset, int count)
    {
        int characters = 0;
        for (int i = 0; i < count; i++)
        {
            if (!IsContinuation(text[offset + i])) characters++;
        }

        return characters;
    }

    /// <summary>The size in bytes of the first characters of a text.</summary>
    /// <param name="text">Well-formed UTF-8; the caller's, only read.</param>
    /// <param name="offset">The first byte of the text.</param>
    /// <param name="count">The size of the text in bytes.</param>
    /// <param name="maximumCharacters">The most characters to keep, 0 or more.</param>
    /// <returns>0 to <paramref name="count"/>.</returns>
    public static int SizeOf(byte[] text, int offset, int count, int maximumCharacters)
    {
        int characters = 0;
        for (int i = 0; i < count; i++)
        {
            if (IsContinuation(text[offset + i])) continue;
            if (characters++ == maximumCharacters) return i;
        }

        return count;
    }

    /// <summary>The size in bytes of the character at the start of a range.</summary>
    /// <param name="text">The caller's, only read.</param>
    /// <param name="offset">The first byte of the character.</param>
    /// <param name="count">Bytes in the range, 1 or more.</param>
    /// <returns>1 to 4; 0 when it is ill-formed (overlong, a surrogate, above U+10FFFF, or no
    /// character at all); <see cref="Cut"/> when the range ends within it.</returns>
    internal static int SizeOfCharacter(byte[] text, int offset, int count)
    {
        int first = text[offset];
        if (first < 0x80) return 1;
        int size = SizeAnnouncedBy(first);

        // The second byte's bounds are what excludes overlong forms, surrogates and values above
        // U+10FFFF (The Unicode Standard, table "Well-Formed UTF-8 Byte Sequences").
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        for (int i = 1; i < size; i++)
        {
            if (i == count) return Cut;
            int next = text[offset + i];
            if (next < lowest || next > highest) return 0;
            lowest = 0x80;
            highest = 0xBF;
        }

        return size;
    }

    private static int SizeAnnouncedBy(int first)
    {
        if (first < 0xC2 || first > 0xF4) return 0;
        return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;
}
