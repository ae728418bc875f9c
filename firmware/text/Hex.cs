// Hexadecimal digits, for the JSON reader and writer and for UUIDs.

using System.Text;

namespace Keyway.Firmware;

/// <summary>Hexadecimal digits as ASCII bytes.</summary>
internal static class Hex
{
    // In each byte of a word.
    private const ulong Ones = 0x0101010101010101;
    private static readonly byte[] Digits = Encoding.UTF8.GetBytes("0123456789abcdef");

    /// <summary>The value of a digit of either case, 0 to 15; -1 for any other byte.</summary>
    internal static int ValueOf(int digit)
    {
        if (digit >= '0' && digit <= '9') return digit - '0';
        int lower = digit | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /// <summary>Reads eight digits of either case.</summary>
    /// <param name="digits">ASCII, the first one lowest.</param>
    /// <param name="output">The caller's; gets four bytes.</param>
    /// <param name="at">The first byte to write.</param>
    /// <returns>False, and nothing is written, when one of them is no digit.</returns>
    internal static bool TryRead(ulong digits, byte[] output, int at)
    {
        // All eight at once: a 1 for each letter; what each is above 0 or A; its highest bit is
        // set where that is too much, or below.
        ulong letters = digits >> 6 & Ones;
        ulong values = (digits & ~(letters << 5)) - ('0' * Ones + letters * ('A' - '0'));
        if (((values | (values + 0x76 * Ones + letters * 4)) & 0x80 * Ones) != 0) return false;
        values += letters * 10;
        values = values << 4 | values >> 8;
        output[at] = (byte)values;
        output[at + 1] = (byte)(values >> 16);
        output[at + 2] = (byte)(values >> 32);
        output[at + 3] = (byte)(values >> 48);
        return true;
    }

    /// <summary>The lower-case digit of the low four bits.</summary>
    internal static byte DigitOf(int value) => Digits[value & 0xF];

    /// <summary>Writes bytes as lower-case digits.</summary>
    /// <param name="bytes">The caller's, only read.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="count">How many.</param>
    /// <param name="text">The caller's; gets two digits a byte.</param>
    /// <param name="at">The first digit's place.</param>
    /// <returns>The place after the last digit.</returns>
    internal static int Write(byte[] bytes, int offset, int count, byte[] text, int at)
    {
        byte[] digits = Digits;
        for (int end = offset + count; offset < end; offset++)
        {
            int value = bytes[offset];
            text[at] = digits[value >> 4];
            text[at + 1] = digits[value & 0xF];
            at += 2;
        }

        return at;
    }
}
