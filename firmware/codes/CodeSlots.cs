// What RAM knows of the slots: where each one's code lies, and short forms of its digits and its id
// to find it by. CodeBook owns it; Loader fills it.

using System;

namespace Keyway.Firmware;

/// <summary>The slots of a lock, in arrays.</summary>
/// <remarks>RAM a code: MAC 4, id 2, place 2, index 4, key 4: 16 bytes and a bit; and one for each
/// 64 slots, so that whoever looks for a code or a free slot passes over 64 at once.</remarks>
public sealed class CodeSlots
{
    private const int SlotsPerBlock = 64;
    private readonly DigitsIndex _digits;
    private readonly ushort[] _locations;
    private readonly IdTable _ids;
    private readonly Flags _used;
    private readonly byte[] _placedInBlock;

    /// <summary>Makes empty slots.</summary>
    /// <param name="capacity">How many, 1 to <see cref="Limits.Slots"/>.</param>
    /// <param name="rules">Some need more RAM a code.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    public CodeSlots(int capacity, CodeConstraint rules)
    {
        if (capacity < 1 || capacity > Limits.Slots)
        {
            throw new ArgumentOutOfRangeException();
        }

        _digits = new DigitsIndex(capacity);
        _locations = new ushort[capacity];
        _ids = new IdTable(capacity);
        _used = new Flags(capacity);
        _placedInBlock = new byte[(capacity + SlotsPerBlock - 1) / SlotsPerBlock];
        Details = new CodeDetails(capacity, rules);
    }

    /// <summary>Number of slots.</summary>
    public int Capacity => _locations.Length;

    /// <summary>Slots that hold a code.</summary>
    public int Count { get; private set; }

    /// <summary>How often a slot has lost its code.</summary>
    public int Losses { get; private set; }

    /// <summary>What rules ask of all codes at once.</summary>
    public CodeDetails Details { get; }

    /// <summary>Where a slot's code lies; 0 when it holds none.</summary>
    public int LocationOf(int slot) => _locations[slot];

    /// <summary>True when a slot's code lies here.</summary>
    public bool IsAt(int slot, int location) => slot < Capacity && _locations[slot] == location;

    /// <summary>A code was seen, perhaps an older one of its slot.</summary>
    /// <returns>False when this lock has no such slot.</returns>
    public bool Place(int slot, int location)
    {
        if (slot >= Capacity)
        {
            return false;
        }

        Put(slot, location);
        _used.Set(slot, false);
        return true;
    }

    /// <summary>The code that was placed last in its slot has been read.</summary>
    /// <param name="code">Its first frame, and the second if it is needed.</param>
    /// <param name="hasDetail">The second is there.</param>
    public void Learn(AccessCode code, bool hasDetail)
    {
        _digits.Add(code.Slot, Frame.GetUInt32(code.Bytes, Frame.DigitsMac));
        _ids.Put(code.Slot, code.Bytes, Frame.AccessCodeId);
        Count++;
        if (hasDetail)
        {
            Details.Learn(code.Slot, code);
        }
    }

    /// <summary>The slot's code is gone, cannot be read, or was not written by this lock.
    /// </summary>
    public void Lose(int slot)
    {
        Losses++;
        Count -= _digits.Remove(slot) ? 1 : 0;
        Put(slot, 0);
        _ids.Clear(slot);
        _used.Set(slot, false);
        Details.Forget(slot);
    }

    /// <summary>The slot's code was carried on.</summary>
    public void Move(int slot, int location) => _locations[slot] = (ushort)location;

    /// <summary>The slot's code has been used.</summary>
    public void LearnUsed(int slot) => _used.Set(slot, true);

    /// <summary>True when the slot's code has been used since it was written.</summary>
    public bool IsUsed(int slot) => _used.IsSet(slot);

    /// <summary>The lowest slot without a code; ask <see cref="Count"/> before.</summary>
    /// <returns>A slot; <see cref="Capacity"/> when there is none.</returns>
    public int FindFree()
    {
        int block = 0;
        while (block < _placedInBlock.Length && _placedInBlock[block] == SlotsPerBlock)
        {
            block++;
        }

        int slot = block * SlotsPerBlock;
        while (slot < _locations.Length && _locations[slot] != 0)
        {
            slot++;
        }

        return slot < _locations.Length ? slot : _locations.Length;
    }

    /// <summary>The next slot that holds a code.</summary>
    /// <param name="from">The first slot to look at.</param>
    /// <returns>A slot; <see cref="Capacity"/> when there is none.</returns>
    public int FindPlaced(int from)
    {
        int slot = from;
        while (slot < _locations.Length && _locations[slot] == 0)
        {
            int block = slot / SlotsPerBlock;
            slot = _placedInBlock[block] == 0 ? (block + 1) * SlotsPerBlock : slot + 1;
        }

        return slot < _locations.Length ? slot : _locations.Length;
    }

    /// <summary>The next slot that may hold the code with an id; -1 when there is none.</summary>
    public int FindId(byte[] id, int offset, int from) => _ids.Find(id, offset, from);

    /// <summary>Begins to look for digits by the first bytes of their MAC.</summary>
    /// <returns>A cursor for <see cref="FindMac"/>.</returns>
    public int BeginMac(uint mac) => _digits.HomeOf(mac);

    /// <summary>The next slot that may hold the code with a MAC; -1 when there is none.</summary>
    public int FindMac(uint mac, ref int cursor) => _digits.Next(mac, ref cursor);

    private void Put(int slot, int location)
    {
        int block = slot / SlotsPerBlock;
        _placedInBlock[block] -= (byte)(_locations[slot] != 0 ? 1 : 0);
        _placedInBlock[block] += (byte)(location != 0 ? 1 : 0);
        _locations[slot] = (ushort)location;
    }
}
