// What wrong entries cost. EntryDecision asks and adds, Door steps it; the number is in LockState.

namespace Keyway.Firmware;

/// <summary>Counts wrong entries, of the lock and not of a user.</summary>
/// <remarks>
/// <code>
/// wrong entries   0..4   5      6      7     ...
/// locked out for  -      30 s   60 s   120 s ... 15 min, or what the setting says
/// </code>
/// Only a quiet hour takes one off; right codes do not. Measured with the monotonic clock, so the
/// time of day can be set to anything. A start begins the level's whole duration again.
/// </remarks>
public sealed class Lockout
{
    private const long Never = long.MaxValue;
    private readonly LockState _state;
    private readonly int _longestSeconds;
    private long _untilMs;
    private long _takesOffMs = Never;
    private bool _isUnsaved;
    private int _untoldSeconds;
    private bool _isReady;

    /// <summary>Wires it; not ready.</summary>
    /// <param name="state">Keeps the number of wrong entries.</param>
    /// <param name="longestMinutes">No lockout is longer.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">
    /// Less than <see cref="Limits.LockoutMinutesMin"/>, or more than a day.
    /// </exception>
    public Lockout(LockState state, int longestMinutes)
    {
        if (longestMinutes < Limits.LockoutMinutesMin || longestMinutes > Limits.LockoutMinutesMax)
        {
            throw new System.ArgumentOutOfRangeException();
        }

        _state = state;
        _longestSeconds = longestMinutes * 60;
    }

    /// <summary>False before <see cref="Start"/>: no entry opens, and none counts.</summary>
    public bool IsReady => _isReady;

    /// <summary>The stored level is known: its whole duration begins again.</summary>
    /// <param name="nowMs">The monotonic time.</param>
    /// <param name="hasRoom">False: wrong entries may have gone uncounted, since storage had no
    /// room for them before the start. It begins with a lockout then, in which room is made.
    /// </param>
    public void Start(long nowMs, bool hasRoom)
    {
        _isReady = true;
        if (!hasRoom && _state.WrongEntries < Limits.WrongEntries)
        {
            _state.WrongEntries = Limits.WrongEntries;
        }

        Begin(nowMs);
    }

    /// <summary>True while nothing that is entered is looked at.</summary>
    public bool IsLocked(long nowMs) => nowMs < _untilMs;

    /// <summary>A wrong entry. It counts at once, and goes to flash at once, if that takes it.
    /// </summary>
    public void Add(long nowMs)
    {
        if (_state.WrongEntries < uint.MaxValue)
        {
            _state.WrongEntries++;
        }

        _isUnsaved = true;
        TrySave();
        Begin(nowMs);
    }

    /// <summary>Takes off what is due; called while no feedback is.</summary>
    /// <param name="nowMs">The monotonic time.</param>
    /// <returns>How long a lockout is that has begun, in s, to tell once; 0: there is nothing to
    /// tell.</returns>
    public int Step(long nowMs)
    {
        if (nowMs >= _takesOffMs)
        {
            _state.WrongEntries--;
            _takesOffMs = _state.WrongEntries > 0 ? _takesOffMs + Limits.QuietMs : Never;
        }

        int seconds = _untoldSeconds;
        _untoldSeconds = 0;
        return seconds;
    }

    /// <summary>Tries to save what could not be saved, before a feedback; afterwards LockState
    /// saves by itself.</summary>
    public void Retry()
    {
        if (_isUnsaved)
        {
            TrySave();
        }
    }

    // The hour is not quiet before the lockout is over.
    private void Begin(long nowMs)
    {
        uint wrongEntries = _state.WrongEntries;
        _untoldSeconds = SecondsAt(wrongEntries);
        _untilMs = nowMs + _untoldSeconds * 1000L;
        _takesOffMs = wrongEntries > 0 ? _untilMs + Limits.QuietMs : Never;
    }

    private int SecondsAt(uint wrongEntries)
    {
        if (wrongEntries < Limits.WrongEntries)
        {
            return 0;
        }

        int seconds = Limits.LockoutSeconds;
        uint doublings = wrongEntries - Limits.WrongEntries;
        while (doublings > 0 && seconds < _longestSeconds)
        {
            seconds *= 2;
            doublings--;
        }

        return seconds < _longestSeconds ? seconds : _longestSeconds;
    }

    // What the chip does not keep is not written again and again: each try wears it.
    private void TrySave() => _isUnsaved = _state.Save() == StorageStatus.NotReady;
}
