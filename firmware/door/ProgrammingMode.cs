// Codes made, changed and removed at the keypad by whoever knows the master code. Door calls it
// with each entry; it calls CodeBook and tells EventLog.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Programming mode.</summary>
/// <remarks>
/// <code>
/// closed --master code--> slot --number--> digits --code, or 0 to remove--> closed
///                          ^------------------ denied
/// </code>
/// It ends after one change, after a while without a key, or by Clear on an empty entry. Flash
/// first: what it has shown as changed is stored.
/// </remarks>
public sealed class ProgrammingMode
{
    private const int None = -1;
    private readonly AgentSettings _settings;
    private readonly CodeBook _book;
    private readonly CodeRoom _room;
    private readonly IRandom _random;
    private readonly EventLog _events;
    private readonly AccessCode _code;
    private readonly AccessCode _scratch;
    private long _lastKeyMs;
    private int _slot = None;
    private bool _isOpen;

    /// <summary>Wires it, closed.</summary>
    /// <param name="settings">What the lock asks of digits.</param>
    /// <param name="book">Holds the codes.</param>
    /// <param name="room">Says whether another fits.</param>
    /// <param name="random">Makes ids.</param>
    /// <param name="events">Hears what changed.</param>
    /// <param name="code">To work with, in a call.</param>
    /// <param name="scratch">Another.</param>
    public ProgrammingMode(AgentSettings settings, CodeBook book, CodeRoom room,
        IRandom random, EventLog events, AccessCode code, AccessCode scratch)
    {
        _code = code;
        _scratch = scratch;
        _settings = settings;
        _book = book;
        _room = room;
        _random = random;
        _events = events;
    }

    /// <summary>True while entries are slots and digits, and not codes to open with.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>The master code was entered.</summary>
    public void Open(long nowMs)
    {
        _isOpen = true;
        _slot = None;
        _lastKeyMs = nowMs;
    }

    /// <summary>Entries open the door again.</summary>
    public void Close()
    {
        _isOpen = false;
        _slot = None;
    }

    /// <summary>Somebody has pressed a key.</summary>
    public void Touch(long nowMs) => _lastKeyMs = nowMs;

    /// <summary>Closes when nobody has pressed a key for a while.</summary>
    public void Step(long nowMs)
    {
        if (IsOpen && nowMs - _lastKeyMs >= Limits.ProgrammingIdleMs)
        {
            Close();
        }
    }

    /// <summary>Takes an entry: a slot, then digits.</summary>
    /// <param name="entry">Complete; the caller forgets it.</param>
    /// <returns>SlotTaken: its digits come next, or 0. Changed: a code was stored, replaced or
    /// removed; the mode is over. Denied: not allowed, or not possible now; a slot comes next.
    /// </returns>
    public FeedbackPattern Take(CodeEntry entry)
    {
        if (_slot == None)
        {
            _slot = entry.IsTooLong ? None : SlotOf(entry.Digits, entry.Count);
            return _slot == None ? FeedbackPattern.Denied : FeedbackPattern.SlotTaken;
        }

        bool isChanged = entry.Count == 1 && entry.Digits[0] == '0'
            ? TryRemove()
            : !entry.IsTooLong && IsAllowed(entry.Digits, entry.Count)
                && TryStore(entry.Digits, entry.Count);
        _slot = None;
        if (!isChanged)
        {
            return FeedbackPattern.Denied;
        }

        Close();
        return FeedbackPattern.Changed;
    }

    // From 1 at the keypad, from 0 in the book.
    private int SlotOf(byte[] digits, int count)
    {
        int number = 0;
        for (int i = 0; i < count && number <= Limits.Slots; i++)
        {
            number = number * 10 + digits[i] - '0';
        }

        return number >= 1 && number <= _book.Capacity ? number - 1 : None;
    }

    // What the lock asks of the digits of a code.
    private bool IsAllowed(byte[] digits, int count) =>
        count >= Limits.CodeDigitsMin && count <= Limits.CodeDigitsMax
        && (_settings.Constraints.Rules & CodeConstraint.DigitsFromLockOnly) == 0
        && _settings.Constraints.Judge(digits, count) == Refusal.None;

    private bool TryStore(byte[] digits, int count)
    {
        bool isFree = _book.Slots.LocationOf(_slot) == 0;
        if (isFree ? !_room.HasRoomForCode || _room.FreeSlots == 0 : !TryRead())
        {
            return false;
        }

        if (isFree)
        {
            Begin();
        }

        SetDigits(digits, count);
        if (_book.Secret.IsMaster(digits, count) || !IsUnique()
            || _book.Replace(_code, out _) != StorageStatus.Ok)
        {
            return false;
        }

        _events.Changed(isFree ? CodeChange.Created : CodeChange.ModifiedExternally, _code.Bytes);
        return true;
    }

    // They follow from nothing that the lock knows any more.
    private void SetDigits(byte[] digits, int count)
    {
        _book.Secret.ComputeDigitsMac(digits, count, _code.Bytes, Frame.DigitsMac);
        Array.Clear(_code.Bytes, AccessCode.CommonKeyOffset, Frame.MacBytes);
        _code.Set(CodeOptions.Derived | CodeOptions.FromCommonKey, false);
        _code.Set(CodeOptions.ModifiedAtKeypad, !_code.Has(CodeOptions.Unmanaged));
        _code.Set(CodeOptions.Used, false);
        _code.MadeDigits = 0;
        _code.Try = 0;
        if ((_settings.Constraints.Rules & CodeConstraint.UniqueFirstFour) != 0)
        {
            _book.Secret.ComputeFirstFourMac(
                digits, _code.Bytes, AccessCode.FirstFourOffset);
        }
    }

    // False also when it cannot be known now.
    private bool IsUnique()
    {
        bool isUnique = _book.FindByMac(_code.Bytes, Frame.DigitsMac, _scratch, out int taken)
            == StorageStatus.Ok && taken == None;
        int at = isUnique ? _book.Slots.FindFirstFour(_code, 0) : None;
        while (at != None && isUnique)
        {
            isUnique = at == _slot || (_book.Read(at, _scratch) == StorageStatus.Ok
                && Frame.GetUInt32(_scratch.Bytes, AccessCode.FirstFourOffset)
                    != Frame.GetUInt32(_code.Bytes, AccessCode.FirstFourOffset));
            at = _book.Slots.FindFirstFour(_code, at + 1);
        }

        return isUnique;
    }

    private void Begin()
    {
        _code.Clear();
        _code.Slot = _slot;
        _code.Options = CodeOptions.Unmanaged | CodeOptions.ExternalModification;
        _code.CreatedAt = _book.Time.Utc;
        Uuid.NewRandom(_random, _code.Bytes, Frame.AccessCodeId);
    }

    // Only a code that its tag vouches for says who may change it.
    private bool TryRead()
    {
        if (_book.Slots.LocationOf(_slot) == 0
            || _book.Read(_slot, _code) != StorageStatus.Ok || _code.Slot != _slot
            || !_book.Secret.HasTag(_code) || !_code.Has(CodeOptions.ExternalModification))
        {
            return false;
        }

        // No attempt wrote what is stored next.
        _code.ForgetAttempt();
        return true;
    }

    private bool TryRemove()
    {
        if (!TryRead())
        {
            return false;
        }

        _code.BecomeTombstone(_book.Time.TombstoneEnd(_code));
        if (_book.Remove(_slot, _code.Bytes, out _) != StorageStatus.Ok)
        {
            return false;
        }

        _events.Changed(CodeChange.DeletedExternally, _code.Bytes);
        return true;
    }
}
