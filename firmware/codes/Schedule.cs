// What the agent does for access codes when their time comes: puts deferred ones into their slots,
// takes ended and used ones out. Agent steps it while nobody is at the keypad.

namespace Keyway.Firmware;

/// <summary>Looks at every code when the next of them is due, and at none before.</summary>
/// <remarks>
/// <code>
/// deferred  waiting --60 min before its start--> set --its end--> removed
/// native                                         set --24 h after a confirmed end--> removed
/// one-time                                       used --10 min after the first was seen--> removed
/// </code>
/// A pass tells what has come since the one before: states that follow from the time, and what is
/// late. Up to when the broker has the states is saved once it has acknowledged them, and the first
/// pass after a start begins there. What the chip does not keep is tried later, one code a pass.
/// </remarks>
public sealed class Schedule
{
    private const int None = -1;
    private readonly CodeBook _book;
    private readonly LockState _state;
    private readonly TimeOfDay _time;
    private readonly EventLog _events;
    private readonly Outbox _outbox;
    private readonly CodeTimes _times;
    private readonly AccessCode _code;
    private int _slot = None;
    private long _passUtc;
    private long _lastPassUtc;
    private long _sinceUtc;
    private int _seenLost;
    private bool _hasFailed;
    private bool _keepsUsed;
    private bool _isNewTrouble;
    private bool _tellsAll;
    private bool _isTelling;

    /// <summary>Wires it; the first pass comes as soon as the time is known.</summary>
    public Schedule(CodeBook book, LockState state, TimeOfDay time, EventLog events,
        Outbox outbox, AccessCode code)
    {
        _code = code;
        _book = book;
        _state = state;
        _time = time;
        _events = events;
        _outbox = outbox;
        _times = book.Times;
    }

    /// <summary>True when no code is due, and the broker has been told.</summary>
    public bool IsSettled => _slot == None && !_isTelling && (!_time.IsKnown || !IsDue);

    private bool IsDue => _time.Utc >= _times.DueUtc || _events.LostChanges != _seenLost;

    /// <summary>The time has changed: looks at all codes, after the pass under way.</summary>
    public void Restart() => _times.NoteDueNow();

    /// <summary>One slice: a few codes read, at most one written or told.</summary>
    /// <returns>False when no pass is under way, or it cannot go on now.</returns>
    public bool Step()
    {
        NoteTold();
        if (!_time.IsKnown || (_slot == None && !IsDue) || !_outbox.HasRoomForState)
        {
            return false;
        }

        if (_slot == None)
        {
            Begin();
        }

        long latest = _time.Latest;
        bool isActed = false;
        int reads = 0;
        int end = _slot + Limits.SlotsPerSlice;
        while (_slot < _book.Capacity && _slot < end && reads < Limits.PassedPerStep
            && !isActed)
        {
            if (_book.Slots.LocationOf(_slot) != 0)
            {
                reads++;
                StorageStatus status = _book.Read(_slot, _code);
                if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
                {
                    return false;
                }

                isActed = status == StorageStatus.Ok && HasWork(latest)
                    && _book.IsOurs(_slot, _code) && TryAct();
            }

            _slot++;
        }

        if (_slot >= _book.Capacity)
        {
            End();
        }

        return true;
    }

    private void Begin()
    {
        // Before the first pass: what came while the lock had no power.
        _sinceUtc = _passUtc == 0 ? _state.ToldUtc : _lastPassUtc;
        _tellsAll = _sinceUtc == 0 || _seenLost != _events.LostChanges;
        _isTelling |= _tellsAll;
        _seenLost = _events.LostChanges;
        _passUtc = _time.Utc;
        _times.BeginPass();
        _hasFailed = false;
        _keepsUsed = false;
        _slot = 0;
    }

    private void End()
    {
        _slot = None;
        _lastPassUtc = _passUtc;
        if (!_hasFailed) _times.NoteKept(_keepsUsed);
    }

    // A pass that told nothing need not be noted: a start may look at its time again.
    private void NoteTold()
    {
        if (_isTelling && _slot == None && _outbox.HasToldStates
            && _seenLost == _events.LostChanges)
        {
            _state.ToldUtc = (uint)_lastPassUtc;
            _isTelling = false;
        }
    }

    private bool IsUsed => _code.Has(CodeOptions.OneTime) && _book.IsUsed(_code);

    // Most codes only note when they will have. Of one that has it the tag is checked.
    private bool HasWork(long latest)
    {
        long endsAt = _code.EndsAt;
        bool isDue = endsAt != 0 && (endsAt <= latest || _passUtc >= CodeTimes.SetAt(_code));
        if (!isDue)
        {
            _times.NoteNext(_code, _passUtc);
        }

        return isDue || _tellsAll || HasCome(_code.StartsAt) || IsUsed;
    }

    private bool TryAct()
    {
        if (IsUsed)
        {
            return ActOnUsed();
        }

        if (_code.EndsAt != 0 && _code.EndsAt <= _time.Latest)
        {
            return ActOnEnded();
        }

        long setAt = CodeTimes.SetAt(_code);
        return _passUtc >= setAt ? TrySet(setAt) : Tell();
    }

    private bool ActOnUsed()
    {
        _times.NoteUsed(_passUtc);
        if (_passUtc >= _times.UsedRemoveAt)
        {
            return TryRemove(_times.UsedRemoveAt);
        }

        _keepsUsed = true;
        _times.NoteDue(_times.UsedRemoveAt);
        return Tell();
    }

    private bool ActOnEnded()
    {
        long removeAt = _times.RemoveAt(_code, false);
        bool isNews = _code.EndsAt > _sinceUtc || _code.EndsAt > _passUtc;
        if (isNews)
        {
            _time.Remember();
        }

        if (_code.Has(CodeOptions.Deferred) || (_passUtc >= removeAt && _time.IsConfirmed))
        {
            return TryRemove(removeAt);
        }

        _times.NoteDue(_passUtc >= removeAt ? _passUtc + Limits.RetrySeconds : removeAt);
        return NoteLate(removeAt, CodeChange.DelayInRemovingFromDevice)
            || ((_tellsAll || isNews) && Tell());
    }

    private bool TrySet(long setAt)
    {
        _times.NoteDue(_code.EndsAt);
        _code.Set(CodeOptions.Waiting, false);
        _code.ForgetAttempt();
        StorageStatus status = _hasFailed
            ? StorageStatus.WriteFailed : _book.Replace(_code, out _);
        if (status == StorageStatus.Ok)
        {
            _events.Changed(CodeChange.SetOnDevice, _code.Bytes);
            return true;
        }

        return NoteFailed(status, setAt, CodeChange.FailedToSetOnDevice,
            CodeChange.DelayInSettingOnDevice);
    }

    private bool TryRemove(long removeAt)
    {
        _code.BecomeTombstone(_time.TombstoneEnd(_code));
        StorageStatus status = _hasFailed
            ? StorageStatus.WriteFailed : _book.Remove(_slot, _code.Bytes, out _);
        if (status == StorageStatus.Ok)
        {
            _events.Changed(CodeChange.RemovedFromDevice, _code.Bytes);
            return true;
        }

        return NoteFailed(status, removeAt, CodeChange.FailedToRemoveFromDevice,
            CodeChange.DelayInRemovingFromDevice);
    }

    // Once a code: when it was due, or when the chip began to fail.
    private bool NoteFailed(StorageStatus status, long dueUtc, CodeChange failed, CodeChange late)
    {
        if (status == StorageStatus.NotReady)
        {
            return SameAgain();
        }

        if (!_hasFailed)
        {
            _hasFailed = true;
            _isNewTrouble = !_times.IsFailing;
            _times.NoteFailed();
            if (_isNewTrouble)
            {
                _events.StorageTrouble(status);
            }
        }

        _times.NoteDue(_passUtc + _times.RetrySeconds);
        bool isNews = _isNewTrouble || HasCome(dueUtc);
        if (isNews)
        {
            TellChange(failed);
        }

        return NoteLate(dueUtc, late) || isNews || (_tellsAll && Tell());
    }

    private bool NoteLate(long dueUtc, CodeChange late)
    {
        bool isNews = HasCome(dueUtc + Limits.LateSeconds);
        if (isNews)
        {
            TellChange(late);
        }
        else if (dueUtc + Limits.LateSeconds > _passUtc)
        {
            _times.NoteDue(dueUtc + Limits.LateSeconds);
        }

        return isNews;
    }

    private void TellChange(CodeChange change)
    {
        _isTelling = true;
        _events.Changed(change, _code.Bytes);
    }

    private bool Tell()
    {
        _isTelling = true;
        return _outbox.StateChanged(_code.Bytes) || SameAgain();
    }

    // Not the time for it: the same slot in the next step.
    private bool SameAgain()
    {
        _slot--;
        return true;
    }

    // Between the last pass and this one, whichever way the clock went.
    private bool HasCome(long utc) => _sinceUtc < _passUtc
        ? utc > _sinceUtc && utc <= _passUtc : utc > _passUtc && utc <= _sinceUtc;
}
