// From the MAC of digits to the slots that may hold them, in a time that does not grow with the
// number of codes. CodeSlots calls it.

namespace Keyway.Firmware;

/// <summary>An open-addressed table of slots by the first two bytes of their digits' MAC, at most
/// four fifths full.</summary>
public sealed class DigitsIndex
{
    // Of a place: the slot plus 1; 0 when it is empty.
    private readonly ushort[] _places;
    private readonly ushort[] _macs;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">Number of slots.</param>
    public DigitsIndex(int capacity)
    {
        _places = new ushort[capacity + capacity / 4 + 1];
        _macs = new ushort[capacity];
    }

    /// <summary>Adds a slot that is not in the table.</summary>
    public void Add(int slot, ushort mac)
    {
        _macs[slot] = mac;
        int place = HomeOf(mac);
        while (_places[place] != 0)
        {
            place = After(place);
        }

        _places[place] = (ushort)(slot + 1);
    }

    /// <summary>Removes a slot.</summary>
    /// <returns>False when it is not in the table.</returns>
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

    /// <summary>Where the search for a MAC begins.</summary>
    public int HomeOf(ushort mac) => mac % _places.Length;

    /// <summary>The next slot whose MAC begins so; -1 when there is none.</summary>
    /// <param name="mac">The first two bytes.</param>
    /// <param name="cursor">From <see cref="HomeOf"/>, moved on.</param>
    public int Next(ushort mac, ref int cursor)
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

    // An entry behind the gap moves into the gap if a lookup would stop at the gap before reaching
    // it.
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
