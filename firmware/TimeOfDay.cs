// The time of day as far as the lock believes it. Agent steps it; rules, keypad and schedule ask.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Judges what the clock says.</summary>
/// <remarks>
/// <code>
/// clock: not known -> not known; back -> believed, but what has ended stays ended;
/// forward by more than a day -> not believed before a second source agrees
/// </code>
/// The latest time ever believed is saved now and then. After a start it is a lower bound, and
/// never taken for the time.
/// </remarks>
public sealed class TimeOfDay
{
    private const int StepSeconds = 2;
    private readonly IClock _clock;
    private readonly LockState _state;
    private long _believed;
    private long _believedMs;
    private bool _wasUnknown;
    private readonly Moment _now = new();
    private bool _isDoubted;
    private bool _isKnown;

    /// <summary>Wires it; nothing is known before the first step.</summary>
    /// <param name="clock">Says the time, and whether somebody agrees.</param>
    /// <param name="state">Holds the latest time ever believed; loaded before the first step.
    /// </param>
    public TimeOfDay(IClock clock, LockState state)
    {
        _clock = clock;
        _state = state;
    }

    /// <summary>True when the time of day is known and believed.</summary>
    public bool IsKnown => _isKnown;

    /// <summary>The time in unix seconds; 0 when not known.</summary>
    public long Utc => _isKnown ? _believed + (_clock.Milliseconds - _believedMs) / 1000 : 0;

    /// <summary>What is noted of something that happens now, in unix seconds; 0 when not known.
    /// </summary>
    /// <remarks>Before the first look nothing speaks against the clock.</remarks>
    public long Noted
    {
        get
        {
            if (_isKnown || _isDoubted)
            {
                return Utc;
            }

            _clock.TryGetUtc(out long utc);
            return utc;
        }
    }

    /// <summary>The time at this moment, in one object that each call changes.</summary>
    public Moment Now
    {
        get
        {
            long utc = Utc;
            return _now.Set(_isKnown, utc, utc > _state.LatestUtc ? utc : _state.LatestUtc);
        }
    }

    /// <summary>The latest time ever believed, in unix seconds: what ended before has ended.
    /// </summary>
    public long Latest
    {
        get
        {
            long utc = Utc;
            return utc > _state.LatestUtc ? utc : _state.LatestUtc;
        }
    }

    /// <summary>Until when the id of a code that goes is refused, in unix seconds.</summary>
    /// <param name="code">Goes.</param>
    /// <remarks>To the end of its window; an ongoing one's for a while, or for ever where no time
    /// was ever known.</remarks>
    public long TombstoneEnd(AccessCode code) => code.EndsAt != 0 ? code.EndsAt
        : Latest != 0 ? Latest + Limits.TombstoneSeconds : uint.MaxValue;

    /// <summary>True when a second source agrees with the time.</summary>
    public bool IsConfirmed => _isKnown && _clock.IsUtcConfirmed;

    /// <summary>Looks at the clock.</summary>
    /// <param name="kind">ClockSet or ClockDoubted, when there is something to tell.</param>
    /// <param name="seconds">By how much the time was set.</param>
    /// <returns>True when there is something to tell.</returns>
    public bool Step(out EventKind kind, out int seconds)
    {
        kind = EventKind.ClockSet;
        seconds = 0;
        if (!_clock.TryGetUtc(out long utc))
        {
            // What was believed until now stays a lower bound.
            Remember();
            _wasUnknown = true;
            _believed = 0;
            _isKnown = false;
            return false;
        }

        long expected = _believed != 0 ? Utc : _state.LatestUtc;
        if (_isKnown && !_isDoubted && utc - expected <= StepSeconds
            && expected - utc <= StepSeconds
            && expected < _state.LatestUtc + Limits.UtcSaveSeconds)
        {
            return false;
        }

        bool wasDoubted = _isDoubted;
        _isDoubted = expected != 0 && utc - expected > Limits.ClockJumpSeconds
            && !_clock.IsUtcConfirmed;
        if (_isDoubted)
        {
            kind = EventKind.ClockDoubted;
            _wasUnknown |= _believed == 0;
            return !wasDoubted;
        }

        bool isSet = Believe(utc, utc - expected, out seconds);
        if (Utc >= _state.LatestUtc + Limits.UtcSaveSeconds)
        {
            Remember();
        }

        return isSet;
    }

    /// <summary>An access code has ended: that must not be forgotten.</summary>
    public void Remember()
    {
        if (Utc > _state.LatestUtc)
        {
            _state.LatestUtc = (uint)Utc;
        }
    }

    private bool Believe(long utc, long step, out int seconds)
    {
        bool isStep = _believed != 0 && (step > StepSeconds || step < -StepSeconds);
        bool isSet = isStep || (_believed == 0 && _wasUnknown);
        seconds = isStep ? (int)(step < 0 ? -step : step) : 0;
        if (isStep)
        {
            // What was believed until now stays a lower bound.
            Remember();
        }

        if (isStep || _believed == 0)
        {
            _believed = utc;
            _believedMs = _clock.Milliseconds;
            _isKnown = true;
        }

        _wasUnknown = false;
        return isSet;
    }
}
