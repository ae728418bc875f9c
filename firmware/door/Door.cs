// From keys to the strike, alone and without network. Agent calls it once a step; it calls KeyScan,
// CodeEntry, EntryJudge, ProgrammingMode, Strike and Feedback, and tells EventLog afterwards.

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
    private readonly EntryJudge _judge;
    private readonly Lockout _lockout;
    private readonly ProgrammingMode _mode;
    private readonly Strike _strike;
    private readonly Feedback _feedback;
    private readonly IClock _clock;
    private readonly EventLog _events;
    private readonly int _strikeMs;
    private long _lastKeyMs;
    private long _idleMs;
    private long _enterMs;
    private bool _isForMode;
    private ProgrammingResult _result;

    /// <summary>Wires the door.</summary>
    public Door(KeyScan keys, EntryJudge judge, Lockout lockout, ProgrammingMode mode,
        Strike strike, Feedback feedback, IClock clock, EventLog events, int strikeMs)
    {
        _keys = keys;
        _judge = judge;
        _lockout = lockout;
        _mode = mode;
        _strike = strike;
        _feedback = feedback;
        _clock = clock;
        _events = events;
        _strikeMs = strikeMs;
        _lastKeyMs = _clock.Milliseconds - Limits.KeypadAwakeMs;
    }

    /// <summary>Somebody is at the keypad, or was a moment ago.</summary>
    /// <remarks>A key that is held down counts until it must be stuck.</remarks>
    public bool IsAwake => IsDecided || _mode.IsOpen
        || _clock.Milliseconds - _lastKeyMs < Limits.KeypadAwakeMs
        || (!_keys.IsIdle && _clock.Milliseconds - _idleMs < Limits.StuckKeyMs);

    /// <summary>Enter was taken, and its feedback is not due yet.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>How often strike and feedback came too late since the start.</summary>
    public int LateFeedbacks { get; private set; }

    /// <summary>One slice; reads at most one code from flash and appends at most one frame; in
    /// programming mode, and at the first use of an offline code, a code and its event.</summary>
    public void Step()
    {
        long nowMs = _clock.Milliseconds;
        _keys.Step(nowMs);
        _idleMs = _keys.IsIdle ? nowMs : _idleMs;
        _entry.Step(nowMs);
        while (_keys.TryTakeKey(out char key))
        {
            _lastKeyMs = nowMs;
            if (!IsDecided)
            {
                Press(key, nowMs);
            }
        }

        _lockout.Step(nowMs, IsDecided);
        if (IsDecided && !_isForMode)
        {
            _judge.Step(nowMs);
        }

        if (IsDecided && nowMs - _enterMs >= Limits.FeedbackDelayMs)
        {
            Show(nowMs);
        }

        TellLockout();
        _mode.Step(nowMs);
        _feedback.Stand(
            _mode.IsOpen ? FeedbackPattern.Programming : FeedbackPattern.None, nowMs);
        _feedback.Step(nowMs);
    }

    private void Press(char key, long nowMs)
    {
        _mode.Touch(nowMs);
        if (key == CodeEntry.Clear && _entry.Count == 0)
        {
            _mode.Close();
        }

        if (!_entry.Press(key, nowMs))
        {
            return;
        }

        _enterMs = nowMs;
        IsDecided = true;
        _isForMode = _mode.IsOpen;
        if (_isForMode)
        {
            _result = _mode.Take(_entry);
        }
        else
        {
            _judge.Judge(_entry, nowMs);
        }

        _entry.Forget();
    }

    private void Show(long nowMs)
    {
        IsDecided = false;
        if (_isForMode)
        {
            _feedback.Show(PatternOf(_result), nowMs);
        }
        else
        {
            ShowEntry(nowMs);
        }

        long lateMs = nowMs - _enterMs - Limits.FeedbackDelayMs;
        if (lateMs > Limits.FeedbackToleranceMs)
        {
            LateFeedbacks++;
            _events.Note(
                EventKind.FeedbackLate, lateMs > int.MaxValue ? int.MaxValue : (int)lateMs);
        }
    }

    private void ShowEntry(long nowMs)
    {
        _judge.Finish(nowMs);
        CodeMatch match = _judge.Match;
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

        _events.Entry(match, _judge.FoundId);
        if (match == CodeMatch.Opens && _judge.IsDuress)
        {
            _events.Duress(_judge.FoundId);
        }
    }

    // After the entry that began it, or after the start.
    private void TellLockout()
    {
        int seconds = IsDecided ? 0 : _lockout.TakeUntold();
        if (seconds > 0)
        {
            _events.Note(EventKind.LockedOut, seconds);
        }
    }

    private static FeedbackPattern PatternOf(ProgrammingResult result) =>
        result == ProgrammingResult.Changed ? FeedbackPattern.Changed
        : result == ProgrammingResult.SlotTaken ? FeedbackPattern.SlotTaken
        : FeedbackPattern.Denied;
}
