// From the MAC of digits to the slots that may hold them, in a time that does not grow with the
// number of codes. CodeBook calls it.

namespace Keyway.Firmware;

/// <summary>
/// An open-addressed hash table of slots by the first 32 bits of their MAC, at most half full.
/// </summary>
/// <remarks>The MACs are keyed, so nobody without the secret can make them collide.</remarks>
public sealed class DigitsIndex
{
    private readonly ushort[] _places;
    private readonly uint[] _macs;

    /// <summary>Makes an empty index.</summary>
    /// <param name="capacity">Number of slots.</param>
    public DigitsIndex(int capacity)
    {
        _places = new ushort[2 * capacity + 1];
        _macs = new uint[capacity];
    }

    /// <summary>Notes the MAC of a slot that is not in the index.</summary>
    public void Add(int slot, uint mac)
    {
        _macs[slot] = mac;
        int place = HomeOf(mac);
        while (_places[place] != 0)
        {
            place = After(place);
        }

        _places[place] = (ushort)(slot + 1);
    }

    /// <summary>Takes a slot out of the index.</summary>
    /// <returns>False when it is not there.</returns>
    public bool Remove(int slot)
    {
        int place = HomeOf(_macs[slot]);
        while (_places[place] != slot + 1)
        {
            if (_places[place] == 0)
            {
                return false;
            }

            place = After(place);
        }

        _places[place] = 0;
        Close(place);
        return true;
    }

    /// <summary>Begins to look for a MAC.</summary>
    /// <returns>A cursor for <see cref="Next"/>.</returns>
    public int HomeOf(uint mac) => (int)(mac % (uint)_places.Length);

    /// <summary>The next slot with a MAC.</summary>
    /// <param name="mac">The MAC.</param>
    /// <param name="cursor">Moves on behind the slot found.</param>
    /// <returns>A slot, or -1 when there is no more.</returns>
    public int Next(uint mac, ref int cursor)
    {
        while (_places[cursor] != 0)
        {
            int slot = _places[cursor] - 1;
            cursor = After(cursor);
            if (_macs[slot] == mac)
            {
                return slot;
            }
        }

        return -1;
    }

    private int After(int place) => place + 1 == _places.Length ? 0 : place + 1;

    // Whoever stands behind the gap and may not be reached over it moves into it.
    private void Close(int gap)
    {
        int place = After(gap);
        while (_places[place] != 0)
        {
            int home = HomeOf(_macs[_places[place] - 1]);
            bool reached = gap < place
                ? home > gap && home <= place
                : home > gap || home <= place;
            if (!reached)
            {
                _places[gap] = _places[place];
                _places[place] = 0;
                gap = place;
            }

            place = After(place);
        }
    }
}
