// LEDs and buzzer. Door shows what came of an entry, DoorWatch sounds alarms; it calls IOutputPin.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Plays the patterns of one table; nothing here waits.</summary>
/// <remarks>
/// Three layers: what came of an entry covers everything; behind it stands a pattern without an
/// end; an alarm has only the buzzer, and only while no entry uses it.
/// </remarks>
public sealed class Feedback
{
    private const int LastsShift = 48;
    private const int LastsUnitMs = 100;
    private const int UnitMs = 10;
    private const ulong ShowUnits = Limits.FeedbackShowMs / UnitMs;
    private const ulong ShowLasts = (ulong)(Limits.FeedbackShowMs / LastsUnitMs) << LastsShift;
    private const int Outputs = 3;

    private readonly IOutputPin[] _pins;
    private int _levels;
    private bool _isDark = true;
    private FeedbackPattern _shown;
    private long _shownMs;
    private FeedbackPattern _standing;
    private long _standingMs;
    private FeedbackPattern _alarm;
    private long _alarmMs;

    /// <summary>Wires it; everything goes dark and silent.</summary>
    /// <param name="granted">The green LED.</param>
    /// <param name="denied">The red LED.</param>
    /// <param name="buzzer">The buzzer; null: none.</param>
    public Feedback(IOutputPin granted, IOutputPin denied, IOutputPin buzzer)
    {
        _pins = new[] { granted, denied, buzzer };
        for (int i = 0; i < Outputs; i++)
        {
            _pins[i]?.Write(false);
        }
    }

    /// <summary>Shows what came of an entry, instead of what is shown; begins at once.</summary>
    public void Show(FeedbackPattern pattern, long nowMs)
    {
        _shown = pattern;
        _shownMs = nowMs;
        _isDark = false;
        Step(nowMs);
    }

    /// <summary>Shows a pattern from now on behind everything else; None ends it.</summary>
    public void Stand(FeedbackPattern pattern, long nowMs)
    {
        if (pattern != _standing)
        {
            _standing = pattern;
            _standingMs = nowMs;
            _isDark = false;
            Step(nowMs);
        }
    }

    /// <summary>Sounds an alarm from the next step on; None ends it.</summary>
    public void Sound(FeedbackPattern pattern, long nowMs)
    {
        _alarm = pattern;
        _alarmMs = nowMs;
        _isDark = false;
    }

    /// <summary>Puts the outputs to their level; call it in every step.</summary>
    public void Step(long nowMs)
    {
        if (_isDark)
        {
            return;
        }

        _shown = IsOver(_shown, nowMs - _shownMs) ? FeedbackPattern.None : _shown;
        _alarm = IsOver(_alarm, nowMs - _alarmMs) ? FeedbackPattern.None : _alarm;
        _isDark = (_shown | _standing | _alarm) == FeedbackPattern.None;
        int levels = _shown != FeedbackPattern.None ? LevelsOf(_shown, nowMs - _shownMs)
            : LevelsOf(_standing, nowMs - _standingMs) | LevelsOf(_alarm, nowMs - _alarmMs);
        int changes = levels ^ _levels;
        _levels = levels;
        for (int i = 0; changes >> i != 0; i++)
        {
            if ((changes >> i & 1) != 0)
            {
                _pins[i]?.Write((levels >> i & 1) != 0);
            }
        }
    }

    private static bool IsOver(FeedbackPattern pattern, long elapsedMs)
    {
        int lasts = (int)(TimesOf(pattern) >> LastsShift);
        return lasts != 0 && elapsedMs >= lasts * LastsUnitMs;
    }

    // Bit 0 for the first output.
    private static int LevelsOf(FeedbackPattern pattern, long elapsedMs)
    {
        int levels = 0;
        ulong times = TimesOf(pattern);
        for (int i = 0; i < Outputs; i++, times >>= 16)
        {
            int on = (byte)times;
            if (on > 0 && elapsedMs / UnitMs % (on + (byte)(times >> 8)) < on)
            {
                levels |= 1 << i;
            }
        }

        return levels;
    }

    // A byte each: on and off in 10 ms for the green LED, the red LED and the buzzer; then how
    // long the whole lasts in 100 ms, 0: until something else is shown.
    private static ulong TimesOf(FeedbackPattern pattern) => pattern switch
    {
        FeedbackPattern.Granted => ShowUnits | 12UL << 32 | 88UL << 40 | ShowLasts,
        FeedbackPattern.Denied => ShowUnits << 16 | 15UL << 32 | 10UL << 40 | ShowLasts,
        FeedbackPattern.Programming => 25UL | 25UL << 8 | 25UL << 16 | 25UL << 24,
        FeedbackPattern.SlotTaken => 15UL | 15UL << 8 | 6UL << 32 | 24UL << 40 | 3UL << 48,
        FeedbackPattern.Changed => 15UL | 15UL << 8 | 6UL << 32 | 24UL << 40 | 9UL << 48,
        FeedbackPattern.HeldOpen => 50UL << 32 | 50UL << 40 | 100UL << 48,
        FeedbackPattern.Alarm => 10UL << 32 | 10UL << 40 | 50UL << 48,
        _ => 0,
    };
}
