namespace Keyway.Firmware;

/// <summary>A bit for each of some places.</summary>
public sealed class Flags
{
    private const byte Full = 0xFF;
    private const int BitsPerByte = 8;
    private readonly byte[] _bits;
    private readonly int _size;

    /// <summary>Makes them, none set.</summary>
    /// <param name="size">Number of places.</param>
    public Flags(int size)
    {
        _size = size;
        _bits = new byte[(size + BitsPerByte - 1) / BitsPerByte];
    }

    /// <summary>True when the bit of a place is set.</summary>
    public bool IsSet(int place) => (_bits[place >> 3] & 1 << (place & 7)) != 0;

    /// <summary>Sets the bit of a place, or clears it.</summary>
    public void Set(int place, bool isSet)
    {
        int bit = 1 << (place & 7);
        _bits[place >> 3] = (byte)(isSet ? _bits[place >> 3] | bit : _bits[place >> 3] & ~bit);
    }

    /// <summary>The next place whose bit is not set.</summary>
    /// <param name="from">The first place to look at.</param>
    /// <returns>A place, or -1.</returns>
    public int FindClear(int from)
    {
        int place = from;
        while (place < _size && IsSet(place))
        {
            bool isFull = (place & 7) == 0 && _bits[place >> 3] == Full;
            place += isFull ? BitsPerByte : 1;
        }

        return place < _size ? place : -1;
    }
}
