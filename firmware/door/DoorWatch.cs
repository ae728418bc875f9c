// What the contacts of door, button and case say, and when the door has relocked. Agent steps it;
// it calls IInputPin, Strike and Feedback, and tells EventLog.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Watches the door.</summary>
/// <remarks>
/// <code>
/// closed --opens, released--> open --too long--> held open
///        --opens, nothing released it--> forced
/// with relocking: energized --opens--> extended --closes--> released, Locked
///                 energized --deadline, closed--> Locked
/// </code>
/// A contact counts as changed when it has kept its level for a while. The exit button releases
/// the strike in hardware; here it only explains why a door opens.
/// </remarks>
public sealed class DoorWatch
{
    private const int Contacts = 3;
    private const int Door = 1;
    private const int Exit = 2;
    private const int Tamper = 4;

    // How far an opening with relocking is.
    private const int AtRest = 0;
    private const int Unlocked = 1;
    private const int Opened = 2;

    private const int ByItself = 1;
    private const long Told = long.MaxValue;
    private readonly Strike _strike;
    private readonly EventLog _events;
    private readonly Feedback _feedback;
    private readonly IInputPin _door;
    private readonly IInputPin _exit;
    private readonly IInputPin _tamper;
    private readonly bool _relocks;
    private readonly int _heldOpenSeconds;

    // A bit for each contact: the level that counts, and whether the pin has another since
    // _movedMs.
    private readonly long[] _movedMs = new long[Contacts];
    private int _active;
    private int _moving;

    private long _releasedMs;
    private long _openedMs;
    private bool _isStarted;
    private int _opening;

    /// <summary>Wires it; nothing is read.</summary>
    public DoorWatch(AgentPorts ports, AgentSettings settings, Strike strike, EventLog events,
        Feedback feedback)
    {
        _strike = strike;
        _events = events;
        _feedback = feedback;
        _door = ports.DoorContact;
        _exit = ports.ExitButton;
        _tamper = ports.Tamper;
        _relocks = settings.RelocksWithDoor;
        _heldOpenSeconds = settings.HeldOpenSeconds;
        _releasedMs = long.MinValue / 2;
    }

    /// <summary>Somebody watches the door's contact.</summary>
    public bool HasContact => _door != null;

    /// <summary>The door stands open, as far as the lock can know.</summary>
    public bool IsOpen => (_active & Door) != 0;

    /// <summary>A case stands open.</summary>
    public bool IsTampered => (_active & Tamper) != 0;

    /// <summary>One slice, after the strike's.</summary>
    public void Step(long nowMs)
    {
        int levels = Levels();
        if (!_isStarted)
        {
            // A door that stood open when the power came was not forced; a case was.
            _isStarted = true;
            _active = levels & Door;
            _openedMs = nowMs;
        }

        if ((levels | _active | _moving | _opening) != 0 || _strike.IsEnergized)
        {
            StepContacts(Debounce(levels, nowMs), nowMs);
        }
    }

    private int Levels() => (_door != null && _door.Read() ? Door : 0)
        | (_exit != null && _exit.Read() ? Exit : 0)
        | (_tamper != null && _tamper.Read() ? Tamper : 0);

    // The contacts that have changed.
    private int Debounce(int levels, long nowMs)
    {
        int moving = levels ^ _active;
        int changed = 0;
        for (int i = 0; moving >> i != 0; i++)
        {
            int bit = moving & 1 << i;
            if ((bit & ~_moving) != 0)
            {
                _movedMs[i] = nowMs;
            }
            else if (bit != 0 && nowMs - _movedMs[i] >= Limits.ContactDebounceMs)
            {
                changed |= bit;
            }
        }

        _moving = moving ^ changed;
        _active ^= changed;
        return changed;
    }

    private void StepContacts(int changed, long nowMs)
    {
        if ((changed & _active & Exit) != 0)
        {
            _events.Note(EventKind.ExitButton, 0);
        }

        if ((changed & _active & Tamper) != 0)
        {
            _events.Note(EventKind.Tamper, 0);
            _feedback.Sound(FeedbackPattern.Alarm, nowMs);
        }

        if (_strike.IsEnergized || (_active & Exit) != 0)
        {
            _releasedMs = nowMs;
        }

        StepDoor((changed & Door) != 0, nowMs);
        if (_relocks)
        {
            StepRelock();
        }
    }

    private void StepDoor(bool isChanged, long nowMs)
    {
        if (isChanged && IsOpen)
        {
            _openedMs = nowMs;
            if (nowMs - _releasedMs > Limits.ReleasedMs)
            {
                _events.Note(EventKind.DoorForced, 0);
                _feedback.Sound(FeedbackPattern.Alarm, nowMs);
            }
        }
        else if (isChanged && _openedMs == Told)
        {
            _feedback.Sound(FeedbackPattern.None, nowMs);
        }

        if (IsOpen && _openedMs != Told && _heldOpenSeconds > 0
            && nowMs - _openedMs >= _heldOpenSeconds * 1000L)
        {
            _openedMs = Told;
            _events.Note(EventKind.DoorHeldOpen, _heldOpenSeconds);
            _feedback.Sound(FeedbackPattern.HeldOpen, nowMs);
        }
    }

    private void StepRelock()
    {
        if (_strike.IsEnergized)
        {
            if (IsOpen)
            {
                _opening = Opened;
                _strike.Energize(Limits.StrikeExtensionMs);
            }
            else if (_opening == Opened)
            {
                _strike.Release();
                Lock(true);
            }
            else
            {
                _opening = Unlocked;
            }
        }
        else if (_opening != AtRest && (!_strike.HasExpired || !IsOpen))
        {
            // What a command has released it has told.
            Lock(_strike.HasExpired);
        }
    }

    private void Lock(bool isToTell)
    {
        _opening = AtRest;
        if (isToTell)
        {
            _events.Note(EventKind.Locked, ByItself);
        }
    }
}
