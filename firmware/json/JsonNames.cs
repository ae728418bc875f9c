// The member names of every object that is open, so that JsonReader can refuse one given twice.

using System;

namespace Keyway.Firmware;

/// <summary>A stack of names: those of the innermost object are on top.</summary>
/// <remarks><code>
/// _bytes  i d t i m e n a m e ...      decoded names, one after another
/// _ends      2       6       10        where each ends
/// _firsts 0 (depth 1)    2 (depth 2)   the index of each object's first name
/// </code></remarks>
internal sealed class JsonNames
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly int[] _firsts;
    private readonly int _maximumMembers;
    private int _count;

    internal JsonNames(int maximumBytes, int maximumDepth, int maximumMembers)
    {
        _bytes = new byte[maximumBytes];
        _ends = new int[maximumDepth * maximumMembers];
        _firsts = new int[maximumDepth + 1];
        _maximumMembers = maximumMembers;
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear() => _count = 0;

    /// <summary>An object begins.</summary>
    internal void Open(int depth) => _firsts[depth] = _count;

    /// <summary>The object ends; its names are forgotten.</summary>
    internal void Close(int depth) => _count = _firsts[depth];

    /// <summary>Adds a name to the innermost object.</summary>
    /// <returns>None, TooManyMembers or DuplicateMember.</returns>
    internal JsonError Add(int depth, byte[] name, int count)
    {
        int first = _firsts[depth];
        if (_count - first == _maximumMembers) return JsonError.TooManyMembers;
        for (int i = first; i < _count; i++)
        {
            if (IsName(i, name, count)) return JsonError.DuplicateMember;
        }

        int start = StartOf(_count);
        Array.Copy(name, 0, _bytes, start, count);
        _ends[_count++] = start + count;
        return JsonError.None;
    }

    private bool IsName(int index, byte[] name, int count)
    {
        int start = StartOf(index);
        if (_ends[index] - start != count) return false;
        for (int i = 0; i < count; i++)
        {
            if (_bytes[start + i] != name[i]) return false;
        }

        return true;
    }

    private int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];
}
