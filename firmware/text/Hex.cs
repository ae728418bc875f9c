// Hexadecimal digits, for the JSON reader and writer and for UUIDs.

using System.Text;

namespace Keyway.Firmware;

/// <summary>Hexadecimal digits as ASCII bytes.</summary>
internal static class Hex
{
    private static readonly byte[] Digits = Encoding.UTF8.GetBytes("0123456789abcdef");

    /// <summary>The value of a digit of either case, 0 to 15; -1 for any other byte.</summary>
    internal static int ValueOf(int digit)
    {
        if (digit >= '0' && digit <= '9') return digit - '0';
        int lower = digit | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
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
