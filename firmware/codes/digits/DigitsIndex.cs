// From the MAC of digits to the slots that may hold them, in a time that hardly grows with the
// number of codes. CodeSlots calls it.

using System;

namespace Keyway.Firmware;

/// <summary>The slots in the order of the first two bytes of their digits' MAC.</summary>
/// <remarks>A search halves what is left: 13 looks at 5,000 codes. An open-addressed table, four
/// fifths full, has runs of a hundred among as many. What moves is one copy.</remarks>
public sealed class DigitsIndex
{
    private readonly ushort[] _slots;

    // Of a slot, also of one that is not in the order.
    private readonly ushort[] _macs;

    /// <summary>Makes an empty index.</summary>
    /// <param name="capacity">Number of slots.</param>
    public DigitsIndex(int capacity)
    {
        _slots = new ushort[capacity];
        _macs = new ushort[capacity];
    }

    /// <summary>Slots in the index.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a slot that is not in the index.</summary>
    public void Add(int slot, ushort mac)
    {
        int place = FirstOf(mac);
        Array.Copy(_slots, place, _slots, place + 1, Count - place);
        _slots[place] = (ushort)slot;
        _macs[slot] = mac;
        Count++;
    }

    /// <summary>Removes a slot, if it is in the index.</summary>
    public void Remove(int slot)
    {
        ushort mac = _macs[slot];
        int place = FirstOf(mac);
        int found;
        int cursor = place;
        while ((found = Next(mac, ref cursor)) >= 0 && found != slot)
        {
            place = cursor;
        }

        if (found == slot)
        {
            Count--;
            Array.Copy(_slots, place + 1, _slots, place, Count - place);
        }
    }

    /// <summary>Where the search for a MAC begins.</summary>
    public int FirstOf(ushort mac)
    {
        ushort[] slots = _slots;
        ushort[] macs = _macs;
        int from = 0;
        int to = Count;
        while (from < to)
        {
            int middle = (from + to) >> 1;
            if (macs[slots[middle]] < mac)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }

    /// <summary>The next slot whose MAC begins so; -1 when there is none.</summary>
    /// <param name="mac">The first two bytes.</param>
    /// <param name="cursor">From <see cref="FirstOf"/>, moved on.</param>
    public int Next(ushort mac, ref int cursor)
    {
        if (cursor == Count || _macs[_slots[cursor]] != mac)
        {
            return -1;
        }

        return _slots[cursor++];
    }
}
