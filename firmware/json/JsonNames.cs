// The member names of every object that is open, so that JsonReader can refuse one given twice.

namespace Keyway.Firmware;

/// <summary>The places of the names in a payload: those of the innermost object are on top.
/// </summary>
/// <remarks><code>
/// _places  - id device  0 a b      a number: where the names of the object around begin
///            0            3        _first: where those of the innermost object begin
/// </code>
/// A place is the name's first byte; the name ends at a NUL. An open object takes one too.
/// </remarks>
internal sealed class JsonNames
{
    private readonly ushort[] _places;
    private readonly int _maximumMembers;
    private int _count;
    private int _first;

    // What is known of the innermost object's names: one bit each, so that most are new at a look.
    private long _seen;

    internal JsonNames(int maximumDepth, int maximumMembers)
    {
        int places = maximumDepth * (maximumMembers + 1);
        _places = new ushort[places < Limits.OpenMembers ? places : Limits.OpenMembers];
        _maximumMembers = maximumMembers;
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear() => _count = 0;

    /// <summary>An object begins.</summary>
    /// <returns>False when there is no place for it.</returns>
    internal bool Open()
    {
        if (_count == _places.Length) return false;
        _places[_count++] = (ushort)_first;
        _first = _count;
        _seen = 0;
        return true;
    }

    /// <summary>The object ends; its names are forgotten.</summary>
    internal void Close()
    {
        _count = _first - 1;
        _first = _places[_count];
        _seen = -1;
    }

    /// <summary>Adds a name to the innermost object.</summary>
    /// <param name="payload">Holds all names, each followed by a NUL.</param>
    /// <param name="offset">The name's first byte, below 65,536; not that of the array.</param>
    /// <param name="count">Its size.</param>
    /// <returns>None, TooManyMembers or DuplicateMember.</returns>
    internal JsonError Add(byte[] payload, int offset, int count)
    {
        if (_count - _first == _maximumMembers || _count == _places.Length)
            return JsonError.TooManyMembers;

        long bit = 1L << (payload[offset] * 5 + payload[offset + count - 1] + count & 63);
        if ((_seen & bit) != 0 && IsKnown(payload, offset, count))
            return JsonError.DuplicateMember;
        _seen |= bit;
        _places[_count++] = (ushort)offset;
        return JsonError.None;
    }

    private bool IsKnown(byte[] payload, int offset, int count)
    {
        for (int i = _first; i < _count; i++)
        {
            if (Utf8.AreEqual(payload, _places[i], payload, offset, count + 1)) return true;
        }

        return false;
    }
}
