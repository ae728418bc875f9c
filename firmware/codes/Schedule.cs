// What the agent does for access codes when their time comes: puts deferred ones into their slots,
// takes ended and used ones out. Agent steps it while nobody is at the keypad.

namespace Keyway.Firmware;

/// <summary>Looks at every code when the next of them is due.</summary>
/// <remarks>
/// <code>
/// deferred  waiting --60 min before its start--> set --its end--> removed
/// native                                         set --24 h after a confirmed end--> removed
/// one-time                                       used --10 min after it was seen--> removed
/// </code>
/// Between two passes RAM keeps one time only: when the next code is due.
/// </remarks>
public sealed class Schedule
{
    private const int None = -1;
    private const int UsedKeptSeconds = 600;
    private const int RetrySeconds = 60;
    private readonly Tables _tables;
    private readonly TimeOfDay _time;
    private readonly EventLog _events;
    private readonly Outbox _outbox;
    private readonly AccessCode _code = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private int _slot = None;
    private long _dueUtc;
    private long _nextDueUtc;
    private long _passUtc;
    private long _lastPassUtc;
    private long _usedDueUtc;

    /// <summary>Wires it; the first pass comes as soon as the time is known.</summary>
    public Schedule(Tables tables, TimeOfDay time, EventLog events, Outbox outbox)
    {
        _tables = tables;
        _time = time;
        _events = events;
        _outbox = outbox;
    }

    /// <summary>True when no code is due.</summary>
    public bool IsSettled => _slot == None && (!_time.IsKnown || _time.Utc < _dueUtc);

    /// <summary>The codes have changed: looks at all of them.</summary>
    public void Restart()
    {
        _dueUtc = 0;
        _slot = None;
    }

    /// <summary>One slice: a few codes read, at most one written.</summary>
    public void Step()
    {
        if (!_time.IsKnown || (_slot == None && _time.Utc < _dueUtc)
            || !_outbox.HasRoomForCommand)
        {
            return;
        }

        if (_slot == None)
        {
            // Before the first pass: what came while the lock had no power.
            _lastPassUtc = _passUtc != 0 ? _passUtc : _tables.State.LatestUtc;
            _passUtc = _time.Utc;
            _nextDueUtc = long.MaxValue;
            _slot = 0;
        }

        bool isChanged = false;
        int reads = 0;
        int end = _slot + Limits.SlotsPerSlice;
        while (_slot < _tables.Book.Capacity && _slot < end && reads < Limits.SlotsPerStep
            && !isChanged && _outbox.HasRoomForCommand)
        {
            if (_tables.Book.Slots.LocationOf(_slot) != 0)
            {
                reads++;
                StorageStatus status = _tables.Book.Read(_slot, _code);
                if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
                {
                    return;
                }

                isChanged = status == StorageStatus.Ok && _tables.Book.IsOurs(_slot, _code)
                    && TryAct();
            }

            _slot++;
        }

        if (_slot >= _tables.Book.Capacity)
        {
            _slot = None;
            _dueUtc = _nextDueUtc;
        }
    }

    private bool TryAct()
    {
        if (_code.Has(CodeOptions.OneTime) && _tables.Book.IsUsed(_code))
        {
            return TryRemoveUsed();
        }

        if (_code.EndsAt == 0)
        {
            return false;
        }

        if (_code.EndsAt <= _time.Latest)
        {
            return TryRemoveEnded();
        }

        NoteDue(_code.EndsAt);
        long setAt = _code.StartsAt - Limits.SetBeforeStartSeconds;
        if (_code.Has(CodeOptions.Waiting))
        {
            if (_passUtc >= setAt)
            {
                return TrySet();
            }

            NoteDue(setAt);
        }
        else if (_code.StartsAt > _passUtc)
        {
            NoteDue(_code.StartsAt);
        }
        else if (_code.StartsAt > _lastPassUtc)
        {
            _outbox.StateChanged(_code.Bytes);
        }

        return false;
    }

    private bool TryRemoveUsed()
    {
        if (_usedDueUtc == 0)
        {
            _usedDueUtc = _passUtc + UsedKeptSeconds;
        }

        if (_passUtc < _usedDueUtc)
        {
            NoteDue(_usedDueUtc);
            _outbox.StateChanged(_code.Bytes);
            return false;
        }

        return TryRemove();
    }

    private bool TryRemoveEnded()
    {
        if (_code.EndsAt > _lastPassUtc)
        {
            _time.Remember();
            _outbox.StateChanged(_code.Bytes);
        }

        if (_code.Has(CodeOptions.Deferred))
        {
            return TryRemove();
        }

        long removeAt = _code.EndsAt + Limits.RemoveAfterEndSeconds;
        if (_passUtc >= removeAt && _time.IsConfirmed)
        {
            return TryRemove();
        }

        NoteDue(_passUtc >= removeAt ? _passUtc + RetrySeconds : removeAt);
        return false;
    }

    private bool TrySet()
    {
        _code.Set(CodeOptions.Waiting, false);
        _code.ForgetAttempt();
        StorageStatus status = _tables.Book.Replace(_code, out _);
        if (status == StorageStatus.Ok)
        {
            _events.Changed(CodeChange.SetOnDevice, _code.Bytes);
            NoteDue(_code.StartsAt > _passUtc ? _code.StartsAt : _code.EndsAt);
            return true;
        }

        NoteFailed(status);
        return false;
    }

    private bool TryRemove()
    {
        _code.WriteTombstone(_frame, _time.TombstoneEnd(_code));
        StorageStatus status = _tables.Remove(_slot, _frame, out _);
        if (status == StorageStatus.Ok)
        {
            _events.Changed(CodeChange.RemovedFromDevice, _frame);
            _usedDueUtc = 0;
            return true;
        }

        NoteFailed(status);
        return false;
    }

    // Not the time for it: the same again soon. A failing chip is tried once a minute.
    private void NoteFailed(StorageStatus status)
    {
        NoteDue(status == StorageStatus.NotReady ? _passUtc : _passUtc + RetrySeconds);
        if (status != StorageStatus.NotReady)
        {
            _events.Changed(_code.Has(CodeOptions.Deferred) && _code.StartsAt <= _passUtc
                ? CodeChange.DelayInSettingOnDevice : CodeChange.FailedToSetOnDevice, _code.Bytes);
            _events.StorageTrouble(status);
        }
    }

    private void NoteDue(long utc)
    {
        if (utc < _nextDueUtc)
        {
            _nextDueUtc = utc;
        }
    }
}
