// Short forms of ids in RAM, to find where on flash the whole id may be. CodeBook, ActionAttempts
// and Tombstones have one each.

using System;
using System.IO.Hashing;

namespace Keyway.Firmware;

/// <summary>A CRC-32 of the id at each place; who finds one compares the whole id.</summary>
public sealed class IdTable
{
    private readonly uint[] _fingerprints;
    private readonly byte[] _id = new byte[Uuid.SizeBytes];

    /// <summary>Makes an empty table.</summary>
    /// <param name="size">Number of places.</param>
    public IdTable(int size) => _fingerprints = new uint[size];

    /// <summary>Notes the id at a place.</summary>
    /// <param name="place">0 to size - 1.</param>
    /// <param name="buffer">Holds the id, 16 bytes.</param>
    /// <param name="offset">Where it begins.</param>
    public void Put(int place, byte[] buffer, int offset) =>
        _fingerprints[place] = Fingerprint(buffer, offset);

    /// <summary>Forgets the id at a place.</summary>
    public void Clear(int place) => _fingerprints[place] = 0;

    /// <summary>The next place that may have an id.</summary>
    /// <param name="buffer">Holds the id, 16 bytes.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="from">The first place to look at.</param>
    /// <returns>A place, or -1.</returns>
    public int Find(byte[] buffer, int offset, int from) =>
        Array.IndexOf(_fingerprints, Fingerprint(buffer, offset), from);

    private uint Fingerprint(byte[] buffer, int offset)
    {
        Array.Copy(buffer, offset, _id, 0, Uuid.SizeBytes);
        uint fingerprint = Crc32.HashToUInt32(_id);

        // 0 is an empty place: an id made for it would find them all, one after the other.
        return fingerprint == 0 ? 1 : fingerprint;
    }
}
