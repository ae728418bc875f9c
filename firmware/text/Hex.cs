// Hexadecimal digits, for the JSON reader and writer and for UUIDs.

namespace Keyway.Firmware;

/// <summary>Hexadecimal digits as ASCII bytes.</summary>
internal static class Hex
{
    /// <summary>The value of a digit of either case, 0 to 15; -1 for any other byte.</summary>
    internal static int ValueOf(int digit)
    {
        if (digit >= '0' && digit <= '9') return digit - '0';
        int lower = digit | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /// <summary>The lower-case digit of the low four bits.</summary>
    internal static byte DigitOf(int value)
    {
        int nibble = value & 0xF;
        return (byte)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
    }
}
