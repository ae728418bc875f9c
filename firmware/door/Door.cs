// From keys to the strike, alone and without network. Agent calls it once a step; it calls KeyScan,
// CodeEntry, EntryDecision, ProgrammingMode, Strike and Feedback, and tells EventLog afterwards.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Does what entered digits do, at its time.</summary>
/// <remarks>
/// <code>
/// idle --Enter--> decided --fixed time after Enter--> shown, idle
/// </code>
/// The decision is taken at Enter, strike and feedback come at a fixed time after it, whatever the
/// outcome. Keys pressed in between are dropped. While programming mode is open entries are its.
/// </remarks>
public sealed class Door
{
    private readonly KeyScan _keys;
    private readonly CodeEntry _entry = new();
    private readonly EntryDecision _decision;
    private readonly Lockout _lockout;
    private readonly ProgrammingMode _mode;
    private readonly Strike _strike;
    private readonly Feedback _feedback;
    private readonly EventLog _events;
    private readonly int _strikeMs;
    private long _awakeUntilMs;
    private long _idleMs;
    private long _enterMs;

    // What programming mode makes of the entry; None: it is a code to open with.
    private FeedbackPattern _ofMode;
    private bool _isAwake;
    private bool _isDecided;

    /// <summary>Wires the door.</summary>
    /// <param name="keys">The keypad.</param>
    /// <param name="decision">What digits do.</param>
    /// <param name="lockout">What wrong ones cost.</param>
    /// <param name="mode">Programming mode; null: the lock has none.</param>
    /// <param name="strike">Is energized for a code that opens.</param>
    /// <param name="feedback">Shows what came of an entry.</param>
    /// <param name="events">Hears of it.</param>
    /// <param name="strikeMs">How long a pulse is.</param>
    public Door(KeyScan keys, EntryDecision decision, Lockout lockout, ProgrammingMode mode,
        Strike strike, Feedback feedback, EventLog events, int strikeMs)
    {
        _keys = keys;
        _decision = decision;
        _lockout = lockout;
        _mode = mode;
        _strike = strike;
        _feedback = feedback;
        _events = events;
        _strikeMs = strikeMs;
        _awakeUntilMs = long.MinValue;
    }

    /// <summary>Somebody is at the keypad, or was a moment ago, as of the last step.</summary>
    /// <remarks>A key that is held down counts until it must be stuck.</remarks>
    public bool IsAwake => _isAwake;

    /// <summary>Enter was taken, and its feedback is not due yet.</summary>
    public bool IsDecided => _isDecided;

    /// <summary>One slice; reads at most one code from flash and appends at most one frame; in
    /// programming mode, and at the first use of an offline code, a code and its event.</summary>
    /// <param name="nowMs">The monotonic time.</param>
    /// <returns>True when it has taken Enter, or gone on with a check of offline codes: that is
    /// enough for a step.</returns>
    public bool Step(long nowMs)
    {
        bool wasDecided = IsDecided;
        bool isChecking = wasDecided && _decision.IsChecking;
        _keys.Step(nowMs);
        _entry.Step(nowMs);
        while (_keys.TryTakeKey(out char key))
        {
            _awakeUntilMs = nowMs + Limits.KeypadAwakeMs;
            if (!IsDecided)
            {
                Press(key, nowMs);
            }
        }

        if (IsDecided)
        {
            StepDecided(nowMs);
        }

        // Told after the entry that began it, or after the start.
        int lockedOutSeconds = IsDecided ? 0 : _lockout.Step(nowMs);
        if (lockedOutSeconds > 0)
        {
            _events.Note(EventKind.LockedOut, lockedOutSeconds);
        }

        bool isProgramming = _mode != null && StepMode(nowMs);
        _feedback.Step(nowMs);
        _isAwake = isProgramming || nowMs < _awakeUntilMs || IsHeld(nowMs);
        return isChecking || (IsDecided && !wasDecided);
    }

    // A key is down, and not for so long that it must be stuck.
    private bool IsHeld(long nowMs)
    {
        if (_keys.IsIdle)
        {
            _idleMs = nowMs;
            return false;
        }

        return nowMs - _idleMs < Limits.StuckKeyMs;
    }

    private bool StepMode(long nowMs)
    {
        _mode.Step(nowMs);
        _feedback.Stand(
            _mode.IsOpen ? FeedbackPattern.Programming : FeedbackPattern.None, nowMs);
        return _mode.IsOpen;
    }

    private void Press(char key, long nowMs)
    {
        if (_mode != null)
        {
            _mode.Touch(nowMs);
            if (key == CodeEntry.Clear && _entry.Count == 0)
            {
                _mode.Close();
            }
        }

        if (!_entry.Press(key, nowMs))
        {
            return;
        }

        _enterMs = nowMs;
        _isDecided = true;
        _ofMode = FeedbackPattern.None;
        if (_mode != null && _mode.IsOpen)
        {
            _ofMode = _mode.Take(_entry);
        }
        else
        {
            _decision.Begin(_entry, nowMs);
        }

        _entry.Forget();
    }

    private void StepDecided(long nowMs)
    {
        bool isOfMode = _ofMode != FeedbackPattern.None;
        _lockout.Retry();
        if (!isOfMode)
        {
            _decision.Step(nowMs);
        }

        long lateMs = nowMs - _enterMs - Limits.FeedbackDelayMs;
        if (lateMs < 0)
        {
            return;
        }

        _isDecided = false;
        if (isOfMode)
        {
            _feedback.Show(_ofMode, nowMs);
        }
        else
        {
            ShowEntry(nowMs);
        }

        if (lateMs > Limits.FeedbackToleranceMs)
        {
            _events.Note(
                EventKind.FeedbackLate, lateMs > int.MaxValue ? int.MaxValue : (int)lateMs);
        }
    }

    private void ShowEntry(long nowMs)
    {
        _decision.Finish(nowMs);
        CodeMatch match = _decision.Match;
        if (match == CodeMatch.Opens)
        {
            _strike.Energize(_strikeMs);
        }

        if (match == CodeMatch.Master)
        {
            _mode.Open(nowMs);
            _feedback.Show(FeedbackPattern.None, nowMs);
        }
        else
        {
            _feedback.Show(match == CodeMatch.Opens
                ? FeedbackPattern.Granted : FeedbackPattern.Denied, nowMs);
        }

        _events.Entry(match, _decision.FoundId);
        if (match == CodeMatch.Opens && _decision.IsDuress)
        {
            _events.Duress(_decision.FoundId);
        }
    }
}
