// What RAM knows of the slots: where each one's code lies, and short forms of its digits, its id
// and what rules ask of all codes at once, to find it by. CodeBook owns it; Loader fills it.

using System;
using System.IO.Hashing;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>The tables of the access codes, by slot. A short form only says where to look: what it
/// finds is confirmed on flash.</summary>
public sealed class CodeSlots
{
    private const int SlotsPerBlock = 64;
    private readonly CodeConstraint _rules;
    private DigitsIndex _digits;
    private ushort[] _locations;
    private ushort[] _ids;
    private byte[] _used;
    private byte[] _placedInBlock;
    private ushort[] _firstFours;
    private ushort[] _names;

    // Made with the first common key: most locks never see one.
    private ushort[] _keys;
    private int _emptied;

    /// <summary>Nothing can be asked before <see cref="Fit"/> or <see cref="Make"/>.</summary>
    /// <param name="most">Most slots, 1 to <see cref="Limits.Slots"/>.</param>
    /// <param name="rules">What the lock asks for; tables it does not need are not made.</param>
    /// <exception cref="ArgumentOutOfRangeException">That many there cannot be.</exception>
    public CodeSlots(int most, CodeConstraint rules)
    {
        if (most < 1 || most > Limits.Slots)
        {
            throw new ArgumentOutOfRangeException();
        }

        Most = most;
        _rules = rules;
    }

    /// <summary>Slots that the lock is set up for; with little memory it has fewer, but always
    /// those that codes are stored in.</summary>
    public int Most { get; }

    /// <summary>Makes empty tables for as many slots as there is memory.</summary>
    /// <param name="heap">Has it; null: there is always enough.</param>
    /// <param name="keptBytes">What must be free afterwards.</param>
    public void Fit(IHeap heap, int keptBytes)
    {
        int fit = heap == null ? Most : (heap.FreeBytes() - keptBytes) / HeapNeeds.SlotBytes;
        fit = fit < HeapNeeds.SlotsMin ? HeapNeeds.SlotsMin : fit;
        Make(fit > Most ? Most : fit);
    }

    /// <summary>Makes empty tables; those that were there are gone.</summary>
    /// <param name="capacity">Number of slots.</param>
    public void Make(int capacity)
    {
        _digits = new DigitsIndex(capacity);
        _locations = new ushort[capacity];
        _ids = new ushort[capacity];
        _used = Flags.Make(capacity);
        _placedInBlock = new byte[(capacity + SlotsPerBlock - 1) / SlotsPerBlock];
        _firstFours = (_rules & CodeConstraint.UniqueFirstFour) != 0 ? new ushort[capacity] : null;
        _names = (_rules & CodeConstraint.UniqueName) != 0 ? new ushort[capacity] : null;
    }

    /// <summary>Number of slots.</summary>
    public int Capacity => _locations.Length;

    /// <summary>Slots that hold a code which has been read.</summary>
    public int Count => _digits.Count;

    /// <summary>Grows whenever a slot is emptied.</summary>
    public int Emptied => _emptied;

    /// <summary>Where a slot's code lies; 0 when it is empty.</summary>
    public int LocationOf(int slot) => _locations[slot];

    /// <summary>True when a slot's code lies at a location.</summary>
    public bool IsAt(int slot, int location) => slot < Capacity && _locations[slot] == location;

    /// <summary>True when loading must read a code's second frame too.</summary>
    public bool NeedsDetail(AccessCode code) => _firstFours != null || _names != null
        || Frame.GetUInt32(code.Bytes, AccessCode.CommonKeyOffset) != 0;

    /// <summary>A code lies at a location; what is in it has not been read yet.</summary>
    /// <returns>False when the lock has no such slot.</returns>
    public bool Place(int slot, int location)
    {
        if (slot >= Capacity)
        {
            return false;
        }

        Put(slot, location);
        Flags.Set(_used, slot, false);
        return true;
    }

    /// <summary>The code of a slot has been read.</summary>
    /// <param name="code">Whole, or only its first frame.</param>
    /// <param name="hasDetail">Its second frame has been read too.</param>
    public void Learn(AccessCode code, bool hasDetail)
    {
        int slot = code.Slot;
        _digits.Add(slot, ShortMac(code.Bytes, Frame.DigitsMac));
        IdTable.Put(_ids, slot, code.Bytes, Frame.AccessCodeId);
        if (hasDetail)
        {
            LearnDetail(slot, code);
        }
    }

    /// <summary>A slot is empty.</summary>
    public void Empty(int slot)
    {
        _emptied++;
        _digits.Remove(slot);
        Put(slot, 0);
        _ids[slot] = 0;
        Flags.Set(_used, slot, false);
        if (_keys != null)
        {
            _keys[slot] = 0;
        }

        if (_firstFours != null)
        {
            _firstFours[slot] = 0;
        }

        if (_names != null)
        {
            _names[slot] = 0;
        }
    }

    /// <summary>The same code lies elsewhere now.</summary>
    public void Move(int slot, int location) => _locations[slot] = (ushort)location;

    /// <summary>The slot's code has been used.</summary>
    public void LearnUsed(int slot) => Flags.Set(_used, slot, true);

    /// <summary>True when the slot's code has been used since it was written.</summary>
    public bool IsUsed(int slot) => Flags.IsSet(_used, slot);

    /// <summary>The first empty slot; <see cref="Capacity"/> when there is none.</summary>
    public int FindFree()
    {
        int slot = Array.IndexOf(_locations, (ushort)0);
        return slot < 0 ? _locations.Length : slot;
    }

    /// <summary>The first slot from one on that holds a code; <see cref="Capacity"/> when there is
    /// none.</summary>
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

    /// <summary>The next slot, from one on, that may hold an id; -1 when there is none.</summary>
    public int FindId(byte[] id, int offset, int from) => IdTable.Find(_ids, id, offset, from);

    /// <summary>Where the search for digits begins.</summary>
    /// <param name="mac">Holds their MAC.</param>
    /// <param name="offset">Its first byte.</param>
    public int BeginMac(byte[] mac, int offset) => _digits.FirstOf(ShortMac(mac, offset));

    /// <summary>The next slot whose digits may have a MAC; -1 when there is none.</summary>
    /// <param name="mac">Holds the MAC.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="cursor">From <see cref="BeginMac"/>, moved on.</param>
    public int FindMac(byte[] mac, int offset, ref int cursor) =>
        _digits.Next(ShortMac(mac, offset), ref cursor);

    /// <summary>The next slot, from one on, whose code may have the common key of this one; -1 when
    /// there is none, as for a code without.</summary>
    public int FindKey(AccessCode code, int from) =>
        Find(_keys, ShortForm(code.Bytes, AccessCode.CommonKeyOffset), from);

    /// <summary>The same for the first four digits.</summary>
    public int FindFirstFour(AccessCode code, int from) =>
        Find(_firstFours, ShortForm(code.Bytes, AccessCode.FirstFourOffset), from);

    /// <summary>The same for the name.</summary>
    public int FindName(AccessCode code, int from) =>
        _names == null ? -1 : Find(_names, NameForm(code), from);

    private void LearnDetail(int slot, AccessCode code)
    {
        ushort key = ShortForm(code.Bytes, AccessCode.CommonKeyOffset);
        if (key != 0)
        {
            _keys ??= new ushort[Capacity];
        }

        if (_keys != null)
        {
            _keys[slot] = key;
        }

        if (_firstFours != null)
        {
            _firstFours[slot] = ShortForm(code.Bytes, AccessCode.FirstFourOffset);
        }

        if (_names != null)
        {
            _names[slot] = NameForm(code);
        }
    }

    private void Put(int slot, int location)
    {
        int block = slot / SlotsPerBlock;
        _placedInBlock[block] -= (byte)(_locations[slot] != 0 ? 1 : 0);
        _placedInBlock[block] += (byte)(location != 0 ? 1 : 0);
        _locations[slot] = (ushort)location;
    }

    private static int Find(ushort[] table, ushort form, int from) =>
        table == null || form == 0 || from >= table.Length
            ? -1 : Array.IndexOf(table, form, from);

    // Two bytes; 0 stands for none, as four bytes of zeros do.
    private static ushort ShortForm(byte[] buffer, int offset)
    {
        uint form = Frame.GetUInt32(buffer, offset);
        var folded = (ushort)(form ^ form >> 16);
        return folded == 0 && form != 0 ? (ushort)1 : folded;
    }

    private static ushort ShortMac(byte[] buffer, int offset) =>
        (ushort)Frame.GetUInt16(buffer, offset);

    private static ushort NameForm(AccessCode code)
    {
        if (code.NameCount == 0)
        {
            return 0;
        }

        var name = new byte[Limits.NameBytes];
        Array.Copy(code.Bytes, AccessCode.NameOffset, name, 0, Limits.NameBytes);
        uint hash = Crc32.HashToUInt32(name);
        var folded = (ushort)(hash ^ hash >> 16);
        return folded == 0 ? (ushort)1 : folded;
    }
}
