// Short forms of ids in RAM, to find where on flash the whole id may be. CodeSlots, ActionAttempts
// and Tombstones have one each.

using System;

namespace Keyway.Firmware;

/// <summary>Two bytes of the id at each place; a place that is found is confirmed on flash.
/// </summary>
/// <remarks>Of 250 places one in 260 that are asked for is found without reason, which costs a
/// read.</remarks>
public static class IdTable
{
    // The golden ratio, as Knuth's multiplicative hashing has it: every bit moves the high ones.
    private const uint Multiplier = 2654435761;
    private const int HighBits = 16;

    /// <summary>Notes the id at a place.</summary>
    /// <param name="table">The table; zeros are empty places.</param>
    /// <param name="place">0 to size - 1.</param>
    /// <param name="buffer">Holds the id, 16 bytes.</param>
    /// <param name="offset">Where it begins.</param>
    public static void Put(ushort[] table, int place, byte[] buffer, int offset) =>
        table[place] = Fingerprint(buffer, offset);

    /// <summary>The next place that may have an id.</summary>
    /// <param name="table">The table.</param>
    /// <param name="buffer">Holds the id, 16 bytes.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="from">The first place to look at.</param>
    /// <returns>A place, or -1.</returns>
    public static int Find(ushort[] table, byte[] buffer, int offset, int from) =>
        Array.IndexOf(table, Fingerprint(buffer, offset), from);

    private static ushort Fingerprint(byte[] buffer, int offset)
    {
        uint hash = BitConverter.ToUInt32(buffer, offset) * Multiplier;
        hash = (hash + BitConverter.ToUInt32(buffer, offset + 4)) * Multiplier;
        hash = (hash + BitConverter.ToUInt32(buffer, offset + 8)) * Multiplier;
        hash = (hash + BitConverter.ToUInt32(buffer, offset + 12)) * Multiplier;
        hash >>= HighBits;

        // 0 is an empty place: an id made for it would find them all, one after the other.
        return (ushort)(hash == 0 ? 1 : hash);
    }
}
