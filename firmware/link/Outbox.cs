// Messages on their way to the broker, each kept until the broker has acknowledged it: answers and
// events from the flash, in the order of their numbers, and in RAM what can be made again. Link
// steps it.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Sends what the broker does not have yet.</summary>
/// <remarks>
/// An answer goes before the state that follows from it, both before events. After a reboot
/// everything unacknowledged goes again; acknowledgements are saved a while later, so some goes
/// twice.
/// </remarks>
public sealed class Outbox
{
    private const int NoTicket = 0;
    private readonly ActionAttempts _attempts;
    private readonly CodeBook _book;
    private readonly FrameWindow _events;
    private readonly SlotLog _log;
    private readonly LockState _state;
    private readonly Topics _topics;
    private readonly AnswerWriter _answers;
    private readonly EventWriter _eventWriter;
    private readonly AccessCode _answer = new();
    private readonly AccessCode _code = new();
    private readonly byte[] _stateId = new byte[Uuid.SizeBytes];
    private readonly PassingMessages _passing = new();
    private readonly int[] _tickets = new int[Limits.InFlight];
    private readonly uint[] _numbers = new uint[Limits.InFlight];
    private readonly FrameWindow[] _windows = new FrameWindow[Limits.InFlight];
    private uint _nextAnswer;
    private uint _nextEvent;
    private uint _stateNumber;
    private FrameWindow _stateWindow;
    private int _inFlight;

    /// <summary>Wires the outbox; everything unacknowledged is to be sent.</summary>
    public Outbox(SlotLog log, CodeBook book, ActionAttempts attempts, FrameWindow events,
        LockState state, Topics topics, AnswerWriter answers)
    {
        _attempts = attempts;
        _book = book;
        _events = events;
        _log = log;
        _state = state;
        _topics = topics;
        _answers = answers;
        _eventWriter = new EventWriter(topics);
    }

    /// <summary>True when the broker has everything.</summary>
    public bool IsEmpty => _inFlight == 0 && _passing.Count == 0
        && _state.AcknowledgedAnswers + 1 >= _attempts.Window.Next
        && _state.AcknowledgedEvents + 1 >= _events.Next;

    /// <summary>True when there is room for what one command may need.</summary>
    public bool HasRoomForCommand => _passing.HasRoom;

    /// <summary>True when the broker has every message that is kept in RAM only.</summary>
    public bool HasPassed => _passing.Count == 0;

    /// <summary>Sends a message that is kept in RAM only: who needs it asks again.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The outbox's from now on.</param>
    public void Pass(string topic, byte[] payload) => _passing.Add(topic, payload);

    /// <summary>The state of an access code follows from the time, and the time has come.</summary>
    /// <param name="frame">Holds the code's id where a Code frame has it.</param>
    /// <returns>False when there is no room.</returns>
    public bool StateChanged(byte[] frame)
    {
        if (!HasRoomForCommand)
        {
            return false;
        }

        byte[] id = new byte[Uuid.SizeBytes];
        Array.Copy(frame, Frame.AccessCodeId, id, 0, Uuid.SizeBytes);
        _passing.AddState(_topics.State + Uuid.ToText(id, 0), id);
        return true;
    }

    /// <summary>Sends an event that the storage cannot take.</summary>
    public void PassEvent(byte[] frame) =>
        _passing.Add(_topics.Events, _eventWriter.FromFrame(frame));

    /// <summary>Messages sent and not acknowledged.</summary>
    public int InFlight => _inFlight;

    /// <summary>The broker has a message.</summary>
    /// <param name="ticket">Ignored when it is none of the outbox.</param>
    public void Acknowledged(int ticket)
    {
        int place = Array.IndexOf(_tickets, ticket);
        if (place >= 0 && place < _inFlight)
        {
            Acknowledge(place);
        }
    }

    /// <summary>Sends what is next.</summary>
    /// <param name="session">Connected.</param>
    public void Step(IMqttSession session)
    {
        if (_inFlight < Limits.InFlight && !TrySendState(session)
            && !TrySendNumbered(session, _attempts.Window) && !TrySendPassing(session))
        {
            TrySendNumbered(session, _events);
        }
    }

    /// <summary>The connection is gone: everything unacknowledged is sent again.</summary>
    public void Rewind()
    {
        _inFlight = 0;
        _passing.Rewind();
        _stateWindow = null;
        _nextAnswer = 0;
        _nextEvent = 0;
    }

    private bool TrySendNumbered(IMqttSession session, FrameWindow window)
    {
        bool isEvent = window == _events;
        uint acknowledged = isEvent
            ? _state.AcknowledgedEvents : _state.AcknowledgedAnswers;
        uint number = isEvent ? _nextEvent : _nextAnswer;
        number = number <= acknowledged ? acknowledged + 1 : number;
        number = number < window.First ? window.First : number;
        if (number >= window.Next)
        {
            return false;
        }

        int location = window.LocationOf(number);
        int ticket = NoTicket;
        StorageStatus status = location == 0 ? StorageStatus.Damaged
            : isEvent ? _log.Read(location, _answer.Bytes, 1)
            : _attempts.Read(location, _answer);
        if (status == StorageStatus.Ok)
        {
            ticket = isEvent
                ? session.Publish(_topics.Events, _eventWriter.FromFrame(_answer.Bytes), false)
                : session.Publish(_topics.AnswersTo(_answer.Bytes[Frame.Action]),
                    _answers.FromStored(_answer), false);
            if (ticket != NoTicket)
            {
                NoteSent(ticket, number, window);
                NoteState(number, window, isEvent);
            }
        }

        if (ticket != NoTicket || status == StorageStatus.Damaged)
        {
            _nextEvent = isEvent ? number + 1 : _nextEvent;
            _nextAnswer = isEvent ? _nextAnswer : number + 1;
            NoteAcknowledged(window);
        }

        return status == StorageStatus.Ok || status == StorageStatus.Damaged;
    }

    // The state of an access code goes out behind each answer and event that changed it; both
    // are acknowledged together.
    private void NoteState(uint number, FrameWindow window, bool isEvent)
    {
        int action = _answer.Bytes[Frame.Action];
        bool isAboutCode = isEvent ? action == (int)EventKind.CodeChanged
            : _answer.Bytes[Frame.Error] == 0 && action <= (int)CommandAction.PullBackup;
        if (isAboutCode && !Uuid.IsZero(_answer.Bytes, Frame.AccessCodeId))
        {
            Array.Copy(_answer.Bytes, Frame.AccessCodeId, _stateId, 0, Uuid.SizeBytes);
            _stateNumber = number;
            _stateWindow = window;
        }
    }

    private bool TrySendState(IMqttSession session)
    {
        if (_stateWindow == null)
        {
            return false;
        }

        if (!TryGetState(_stateId, 0, out byte[] state))
        {
            TrySendPassing(session);
            return true;
        }

        int ticket = session.Publish(_topics.State + Uuid.ToText(_stateId, 0), state, true);
        if (ticket != NoTicket)
        {
            NoteSent(ticket, _stateNumber, _stateWindow);
            _stateWindow = null;
        }

        return true;
    }

    // Empty when the lock has no such code any more; one that cannot be read now is not gone.
    private bool TryGetState(byte[] id, int offset, out byte[] state)
    {
        state = new byte[0];
        if (_book.FindById(id, offset, _code, out int slot) != StorageStatus.Ok)
        {
            return false;
        }

        state = slot >= 0 ? _answers.State(_code) : state;
        return true;
    }

    private bool TrySendPassing(IMqttSession session)
    {
        byte[] id = _passing.NextState;
        byte[] state = null;
        if (id != null && !TryGetState(id, 0, out state))
        {
            return false;
        }

        int ticket = _passing.Send(session, state);
        if (ticket != NoTicket)
        {
            NoteSent(ticket, 0, null);
        }

        return ticket != NoTicket;
    }

    private void NoteSent(int ticket, uint number, FrameWindow window)
    {
        _tickets[_inFlight] = ticket;
        _numbers[_inFlight] = number;
        _windows[_inFlight] = window;
        _inFlight++;
    }

    private void Acknowledge(int place)
    {
        FrameWindow window = _windows[place];
        int ticket = _tickets[place];
        _inFlight--;
        Array.Copy(_tickets, place + 1, _tickets, place, _inFlight - place);
        Array.Copy(_numbers, place + 1, _numbers, place, _inFlight - place);
        Array.Copy(_windows, place + 1, _windows, place, _inFlight - place);
        if (window == null)
        {
            _passing.Acknowledge(ticket);
        }
        else
        {
            NoteAcknowledged(window);
        }
    }

    // What is before the lowest number in flight; what cannot be read any more is passed over.
    private void NoteAcknowledged(FrameWindow window)
    {
        uint upTo = (window == _events ? _nextEvent : _nextAnswer) - 1;
        for (int i = 0; i < _inFlight; i++)
        {
            if (_windows[i] == window && _numbers[i] <= upTo)
            {
                upTo = _numbers[i] - 1;
            }
        }

        if (_stateWindow == window && _stateNumber <= upTo)
        {
            upTo = _stateNumber - 1;
        }

        if (window == _events)
        {
            _state.AcknowledgedEvents = upTo;
            window.RaiseFloor(upTo);
        }
        else
        {
            _state.AcknowledgedAnswers = upTo;
        }
    }
}
