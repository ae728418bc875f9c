namespace Keyway.Firmware;

/// <summary>A bit for each of some places, in bytes of the caller.</summary>
public static class Flags
{
    private const byte Full = 0xFF;
    private const int BitsPerByte = 8;

    /// <summary>Makes them, none set.</summary>
    /// <param name="size">Number of places.</param>
    public static byte[] Make(int size) => new byte[(size + BitsPerByte - 1) / BitsPerByte];

    /// <summary>True when the bit of a place is set.</summary>
    public static bool IsSet(byte[] bits, int place) => (bits[place >> 3] & 1 << (place & 7)) != 0;

    /// <summary>Sets the bit of a place, or clears it.</summary>
    public static void Set(byte[] bits, int place, bool isSet)
    {
        int bit = 1 << (place & 7);
        bits[place >> 3] = (byte)(isSet ? bits[place >> 3] | bit : bits[place >> 3] & ~bit);
    }

    /// <summary>The next place whose bit is not set.</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="size">Number of places.</param>
    /// <param name="from">The first place to look at.</param>
    /// <returns>A place, or -1.</returns>
    public static int FindClear(byte[] bits, int size, int from)
    {
        int place = from;
        while (place < size && IsSet(bits, place))
        {
            bool isFull = (place & 7) == 0 && bits[place >> 3] == Full;
            place += isFull ? BitsPerByte : 1;
        }

        return place < size ? place : -1;
    }
}
