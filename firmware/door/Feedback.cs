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
    private const int Columns = 7;
    private const int LastsColumn = 6;
    private const int Outputs = 3;
    private const int Buzzer = 2;

    // On and off in ms for the green LED, the red LED and the buzzer; then how long the whole
    // lasts, 0: until something else is shown. In the order of FeedbackPattern.
    private static readonly short[] Table =
    {
        0, 0, 0, 0, 0, 0, 0,
        Limits.FeedbackShowMs, 0, 0, 0, 120, 880, Limits.FeedbackShowMs,
        0, 0, Limits.FeedbackShowMs, 0, 150, 100, Limits.FeedbackShowMs,
        250, 250, 250, 250, 0, 0, 0,
        150, 150, 0, 0, 60, 240, 300,
        150, 150, 0, 0, 60, 240, 900,
        0, 0, 0, 0, 500, 500, 10_000,
        0, 0, 0, 0, 100, 100, 5_000,
    };

    private readonly IOutputPin[] _pins = new IOutputPin[Outputs];
    private readonly bool[] _levels = new bool[Outputs];
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
        _pins[0] = granted;
        _pins[1] = denied;
        _pins[Buzzer] = buzzer;
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
        Step(nowMs);
    }

    /// <summary>Shows a pattern from now on behind everything else; None ends it.</summary>
    public void Stand(FeedbackPattern pattern, long nowMs)
    {
        if (pattern != _standing)
        {
            _standing = pattern;
            _standingMs = nowMs;
            Step(nowMs);
        }
    }

    /// <summary>Sounds an alarm; None ends it.</summary>
    public void Sound(FeedbackPattern pattern, long nowMs)
    {
        _alarm = pattern;
        _alarmMs = nowMs;
    }

    /// <summary>Puts the outputs to their level; call it in every step.</summary>
    public void Step(long nowMs)
    {
        bool isShown = IsRunning(_shown, nowMs - _shownMs);
        for (int i = 0; i < Outputs; i++)
        {
            bool level = isShown ? IsOn(_shown, i, nowMs - _shownMs)
                : IsOn(_standing, i, nowMs - _standingMs)
                    || (i == Buzzer && IsOn(_alarm, i, nowMs - _alarmMs));
            if (level != _levels[i])
            {
                _levels[i] = level;
                _pins[i]?.Write(level);
            }
        }
    }

    private static bool IsRunning(FeedbackPattern pattern, long elapsedMs)
    {
        int lastsMs = Table[(int)pattern * Columns + LastsColumn];
        return pattern != FeedbackPattern.None && (lastsMs == 0 || elapsedMs < lastsMs);
    }

    private static bool IsOn(FeedbackPattern pattern, int output, long elapsedMs)
    {
        int row = (int)pattern * Columns;
        int onMs = Table[row + 2 * output];
        int offMs = Table[row + 2 * output + 1];
        return onMs > 0 && IsRunning(pattern, elapsedMs) && elapsedMs % (onMs + offMs) < onMs;
    }
}
