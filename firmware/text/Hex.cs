// Hexadecimal digits, for the JSON reader and writer and for UUIDs.

namespace Keyway.Firmware;

/// <summary>Hexadecimal digits as ASCII bytes.</summary>
internal static class Hex
{
    // In each byte of a word.
    private const ulong Ones = 0x0101010101010101;

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
    internal static byte DigitOf(int value)
    {
        int nibble = value & 0xF;
        return (byte)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
    }

    /// <summary>Writes four bytes as eight lower-case digits.</summary>
    /// <param name="bytes">The bytes, the first one lowest.</param>
    /// <param name="text">The caller's; gets the digits.</param>
    /// <param name="at">The place of the first four.</param>
    /// <param name="next">The place of the other four.</param>
    internal static void Write(uint bytes, byte[] text, int at, int next)
    {
        // All eight at once, four bits in each byte: above 9 the letters are 39 further on.
        ulong digits = bytes;
        digits = (digits | digits << 16) & 0x0000FFFF0000FFFF;
        digits = (digits | digits << 8) & 0x00FF00FF00FF00FF;
        digits = (digits >> 4 | digits << 8) & 0x0F * Ones;
        digits += '0' * Ones + ((digits + 6 * Ones) >> 4 & Ones) * ('a' - '0' - 10);
        text[at] = (byte)digits;
        text[at + 1] = (byte)(digits >> 8);
        text[at + 2] = (byte)(digits >> 16);
        text[at + 3] = (byte)(digits >> 24);
        text[next] = (byte)(digits >> 32);
        text[next + 1] = (byte)(digits >> 40);
        text[next + 2] = (byte)(digits >> 48);
        text[next + 3] = (byte)(digits >> 56);
    }
}
