// Short forms of what an access code's second frame holds, for rules that ask all codes at once:
// common keys, and on locks that ask for them unique first digits and names. CodeBook owns it.

using System;
using System.IO.Hashing;

namespace Keyway.Firmware;

/// <summary>Four bytes a code and rule; who finds some compares the whole.</summary>
public sealed class CodeDetails
{
    private readonly uint[] _keys;
    private readonly uint[] _firstFours;
    private readonly uint[] _names;
    private readonly byte[] _name = new byte[Limits.NameBytes];

    /// <summary>Makes empty tables.</summary>
    /// <param name="capacity">Number of slots.</param>
    /// <param name="rules">What the lock asks for; tables it does not need are not made.</param>
    public CodeDetails(int capacity, CodeConstraint rules)
    {
        _keys = new uint[capacity];
        _firstFours = (rules & CodeConstraint.UniqueFirstFour) != 0 ? new uint[capacity] : null;
        _names = (rules & CodeConstraint.UniqueName) != 0 ? new uint[capacity] : null;
    }

    /// <summary>True when loading must read a code's second frame.</summary>
    public bool IsNeeded(AccessCode code) => _firstFours != null || _names != null
        || Frame.GetUInt32(code.Bytes, AccessCode.CommonKeyOffset) != 0;

    /// <summary>Notes a code.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="code">Both frames.</param>
    public void Learn(int slot, AccessCode code)
    {
        _keys[slot] = Frame.GetUInt32(code.Bytes, AccessCode.CommonKeyOffset);
        if (_firstFours != null)
        {
            _firstFours[slot] = Frame.GetUInt32(code.Bytes, AccessCode.FirstFourOffset);
        }

        if (_names != null)
        {
            _names[slot] = NameHash(code);
        }
    }

    /// <summary>Forgets a slot.</summary>
    public void Forget(int slot)
    {
        _keys[slot] = 0;
        if (_firstFours != null)
        {
            _firstFours[slot] = 0;
        }

        if (_names != null)
        {
            _names[slot] = 0;
        }
    }

    /// <summary>The next slot that may hold a code with the same common key.</summary>
    /// <returns>A slot, or -1.</returns>
    public int FindKey(AccessCode code, int from) =>
        Find(_keys, Frame.GetUInt32(code.Bytes, AccessCode.CommonKeyOffset), from);

    /// <summary>The next slot with the same first four digits; -1 also where nobody asks.
    /// </summary>
    public int FindFirstFour(AccessCode code, int from) =>
        Find(_firstFours, Frame.GetUInt32(code.Bytes, AccessCode.FirstFourOffset), from);

    /// <summary>The next slot that may hold a code of the same name; -1 also where nobody asks.
    /// </summary>
    public int FindName(AccessCode code, int from) => Find(_names, NameHash(code), from);

    private static int Find(uint[] table, uint value, int from) =>
        table == null || value == 0 || from >= table.Length
            ? -1 : Array.IndexOf(table, value, from);

    private uint NameHash(AccessCode code)
    {
        Array.Copy(code.Bytes, AccessCode.NameOffset, _name, 0, Limits.NameBytes);
        return code.NameCount == 0 ? 0 : Crc32.HashToUInt32(_name);
    }
}
