// A number over all codes: a server that computes the same has the same codes, and lists them
// otherwise. CodeBook moves it with each change, StatusWriter publishes it, Agent steps it.

using System;
using System.IO.Hashing;

namespace Keyway.Firmware;

/// <summary>The sum, without its carry, of a CRC-32 for each code.</summary>
/// <remarks>
/// A change takes one term away and adds another, so no other code is read. Of a code that is lost
/// the term is not known any more: then all are read again, a few a step. A CRC-32 is that of
/// <code>
/// | access_code_id 16 | starts_at 4 | ends_at 4 | what was asked for 2 | 1: used 1 |
/// </code>
/// little-endian: what a server knows of a code, and no digits.
/// </remarks>
public sealed class SlotDigest
{
    private const int WindowOffset = Uuid.SizeBytes;
    private const int OptionsOffset = WindowOffset + Frame.CreatedAt - Frame.StartsAt;
    private const int UsedOffset = OptionsOffset + 2;

    // No slot comes after these.
    private const int Loading = int.MaxValue - 1;
    private const int Done = int.MaxValue;
    private readonly CodeBook _book;

    // What a slot held before a change is read into one of them, which is not what is stored.
    private readonly AccessCode _work;
    private readonly AccessCode _otherWork;
    private readonly byte[] _content = new byte[UsedOffset + 1];

    // Codes of the slots before it are in the sum.
    private int _nextSlot = Loading;
    private uint _value;

    /// <summary>Wires the digest of no codes.</summary>
    /// <param name="book">Holds them.</param>
    /// <param name="work">To work with, in a call.</param>
    /// <param name="otherWork">Another, for when the first is what is stored.</param>
    public SlotDigest(CodeBook book, AccessCode work, AccessCode otherWork)
    {
        _book = book;
        _work = work;
        _otherWork = otherWork;
    }

    /// <summary>The digest, once it <see cref="IsDone"/>.</summary>
    public uint Value => _value;

    /// <summary>True when <see cref="Value"/> is that of the codes as they are.</summary>
    public bool IsDone => _nextSlot == Done;

    /// <summary>While loading: a code was read.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="code">Both frames.</param>
    public void Learn(int slot, AccessCode code) => _value += TermOf(slot, code);

    /// <summary>All codes have been loaded.</summary>
    public void Loaded() => _nextSlot = Done;

    /// <summary>What a code adds to the sum.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="code">As read, or as stored.</param>
    public uint TermOf(int slot, AccessCode code)
    {
        Array.Copy(code.Bytes, Frame.AccessCodeId, _content, 0, Uuid.SizeBytes);
        Array.Copy(code.Bytes, Frame.StartsAt, _content, WindowOffset,
            OptionsOffset - WindowOffset);
        Frame.PutUInt16(_content, OptionsOffset, code.Asked);
        _content[UsedOffset] = (byte)(
            code.Has(CodeOptions.Used) || _book.Slots.IsUsed(slot) ? 1 : 0);
        return Crc32.HashToUInt32(_content);
    }

    /// <summary>What the code of a slot adds to the sum, before it is changed.</summary>
    /// <param name="slot">The slot; it may be free.</param>
    /// <param name="stored">What is about to be stored; it keeps its bytes.</param>
    /// <param name="term">Receives it; 0 when the slot is free.</param>
    /// <returns>False when it cannot be read.</returns>
    public bool TryTermAt(int slot, byte[] stored, out uint term)
    {
        term = 0;
        if (_book.Slots.LocationOf(slot) == 0)
        {
            return true;
        }

        AccessCode code = stored == _work.Bytes ? _otherWork : _work;
        bool isRead = _book.Read(slot, code) == StorageStatus.Ok;
        term = isRead ? TermOf(slot, code) : 0;
        return isRead;
    }

    /// <summary>The code of a slot has changed.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="isKnown">What <see cref="TryTermAt"/> said before.</param>
    /// <param name="before">The term that it gave.</param>
    /// <param name="after">The code's term now; 0 when it is gone.</param>
    public void Change(int slot, bool isKnown, uint before, uint after)
    {
        if (!isKnown)
        {
            Restart();
        }
        else if (slot < _nextSlot)
        {
            _value += after - before;
        }
    }

    /// <summary>The code of a slot was used; it is the one that <see cref="TryTermAt"/> has read
    /// last.</summary>
    public void ChangeUsed(int slot, bool isKnown, uint before) =>
        Change(slot, isKnown, before, isKnown ? TermOf(slot, _work) : 0);

    /// <summary>A code was lost, and what it added is not known: computes anew.</summary>
    public void Restart()
    {
        _value = 0;
        _nextSlot = 0;
    }

    /// <summary>After a loss, one slice: a few codes read, and not many slots passed.</summary>
    /// <returns>False when it is done, or nothing can be read now.</returns>
    public bool Step()
    {
        if (_nextSlot == Done)
        {
            return false;
        }

        int reads = 0;
        int end = _nextSlot + Limits.SlotsPerSlice;
        while (_nextSlot < _book.Capacity && _nextSlot < end && reads < Limits.PassedPerStep)
        {
            if (_book.Slots.LocationOf(_nextSlot) != 0)
            {
                reads++;
                StorageStatus status = _book.Read(_nextSlot, _work);
                if (status == StorageStatus.NotReady)
                {
                    return false;
                }

                _value += status == StorageStatus.Ok ? TermOf(_nextSlot, _work) : 0;
            }

            _nextSlot++;
        }

        _nextSlot = _nextSlot < _book.Capacity ? _nextSlot : Done;
        return true;
    }
}
