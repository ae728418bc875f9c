// What the contacts of door, button and case say, and when the door has relocked. Agent steps it;
// it calls Strike and Feedback and tells EventLog.

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
/// The exit button releases the strike in hardware; here it only explains why a door opens.
/// </remarks>
public sealed class DoorWatch
{
    private const int ByItself = 1;
    private readonly Strike _strike;
    private readonly EventLog _events;
    private readonly Feedback _feedback;
    private readonly DebouncedInput _contact;
    private readonly DebouncedInput _exit;
    private readonly DebouncedInput _tamper;
    private readonly bool _relocks;
    private readonly int _heldOpenSeconds;
    private long _releasedMs;
    private long _openedMs;
    private bool _isStarted;
    private bool _isHeldTold;
    private bool _isUnlocked;
    private bool _wasOpened;

    /// <summary>Wires it; nothing is read.</summary>
    public DoorWatch(AgentPorts ports, AgentSettings settings, Strike strike, EventLog events,
        Feedback feedback)
    {
        _strike = strike;
        _events = events;
        _feedback = feedback;
        _contact = new DebouncedInput(ports.DoorContact);
        _exit = new DebouncedInput(ports.ExitButton);
        _tamper = new DebouncedInput(ports.Tamper);
        _relocks = settings.RelocksWithDoor;
        _heldOpenSeconds = settings.HeldOpenSeconds;
        _releasedMs = long.MinValue / 2;
    }

    /// <summary>Somebody watches the door's contact.</summary>
    public bool HasContact => _contact.IsWired;

    /// <summary>The door stands open, as far as the lock can know.</summary>
    public bool IsOpen => _contact.IsActive;

    /// <summary>A case stands open.</summary>
    public bool IsTampered => _tamper.IsActive;

    /// <summary>One slice, after the strike's.</summary>
    public void Step(long nowMs)
    {
        if (!_isStarted)
        {
            // A door that stood open when the power came was not forced; a case was.
            _isStarted = true;
            _contact.Adopt();
            _openedMs = nowMs;
        }

        if (_exit.Step(nowMs) && _exit.IsActive)
        {
            _events.Note(EventKind.ExitButton, 0);
        }

        if (_tamper.Step(nowMs) && _tamper.IsActive)
        {
            _events.Note(EventKind.Tamper, 0);
            _feedback.Sound(FeedbackPattern.Alarm, nowMs);
        }

        if (_strike.IsEnergized || _exit.IsActive)
        {
            _releasedMs = nowMs;
        }

        StepContact(nowMs);
        if (_relocks)
        {
            StepRelock();
        }
    }

    private void StepContact(long nowMs)
    {
        bool isChanged = _contact.Step(nowMs);
        if (isChanged && _contact.IsActive)
        {
            _openedMs = nowMs;
            _isHeldTold = false;
            if (nowMs - _releasedMs > Limits.ReleasedMs)
            {
                _events.Note(EventKind.DoorForced, 0);
                _feedback.Sound(FeedbackPattern.Alarm, nowMs);
            }
        }
        else if (isChanged && _isHeldTold)
        {
            _feedback.Sound(FeedbackPattern.None, nowMs);
        }

        if (_contact.IsActive && !_isHeldTold && _heldOpenSeconds > 0
            && nowMs - _openedMs >= _heldOpenSeconds * 1000L)
        {
            _isHeldTold = true;
            _events.Note(EventKind.DoorHeldOpen, _heldOpenSeconds);
            _feedback.Sound(FeedbackPattern.HeldOpen, nowMs);
        }
    }

    private void StepRelock()
    {
        if (_strike.IsEnergized)
        {
            _isUnlocked = true;
            if (_contact.IsActive)
            {
                _wasOpened = true;
                _strike.Energize(Limits.StrikeExtensionMs);
                return;
            }

            if (!_wasOpened)
            {
                return;
            }

            _strike.Release();
            Lock(true);
        }
        else if (_isUnlocked && !_strike.HasExpired)
        {
            // A command released it, and has told.
            Lock(false);
        }
        else if (_isUnlocked && !_contact.IsActive)
        {
            Lock(true);
        }
    }

    private void Lock(bool isToTell)
    {
        _isUnlocked = false;
        _wasOpened = false;
        if (isToTell)
        {
            _events.Note(EventKind.Locked, ByItself);
        }
    }
}
