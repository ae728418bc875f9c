// Messages on their way to the broker, each kept until the broker has acknowledged it: answers and
// events from the flash, in the order of their numbers, and states of codes by their ids. Link
// steps it; what is not kept CommandRunner and EventLog send through it at once.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Sends what the broker does not have yet, one message a step.</summary>
/// <remarks>
/// An answer goes before the state that follows from it, both before events. After a reboot
/// everything unacknowledged goes again; acknowledgements are saved a while later, so some goes
/// twice.
/// </remarks>
public sealed class Outbox
{
    private const int NoTicket = 0;
    private readonly IMqttSession _session;
    private readonly JsonWriter _json;
    private readonly SlotLog _log;
    private readonly CodeBook _book;
    private readonly ActionAttempts _attempts;
    private readonly Topics _topics;
    private readonly AnswerWriter _answers;
    private readonly AccessCode _code;
    private readonly SendCursor _answerCursor;
    private readonly SendCursor _eventCursor;

    // Of each message on its way: ticket, number, and the cursor of the number; null: a told state.
    private readonly int[] _tickets = new int[Limits.InFlight];
    private readonly uint[] _numbers = new uint[Limits.InFlight];
    private readonly SendCursor[] _cursors = new SendCursor[Limits.InFlight];
    private int _inFlight;

    // The state that follows from the answer or event sent last.
    private readonly byte[] _stateId = new byte[Uuid.SizeBytes];
    private SendCursor _stateCursor;
    private uint _stateNumber;

    // Ids of codes whose state is to be told; the first _toldSent of them are on their way.
    private readonly byte[] _told = new byte[Limits.ToldStates * Uuid.SizeBytes];
    private int _toldCount;
    private int _toldSent;

    /// <summary>Wires the outbox; everything unacknowledged is to be sent. Nothing in the document
    /// and in scratch outlives a step.</summary>
    public Outbox(IMqttSession session, JsonWriter json, SlotLog log, CodeBook book,
        ActionAttempts attempts, FrameWindow events, LockState state, Topics topics,
        AnswerWriter answers, AccessCode scratch)
    {
        _session = session;
        _json = json;
        _log = log;
        _book = book;
        _attempts = attempts;
        _topics = topics;
        _answers = answers;
        _code = scratch;
        _answerCursor = new SendCursor(attempts.Window, state, false);
        _eventCursor = new SendCursor(events, state, true);
    }

    /// <summary>True when the broker has everything.</summary>
    public bool IsEmpty =>
        _inFlight == 0 && _toldCount == 0 && _answerCursor.IsDone && _eventCursor.IsDone;

    /// <summary>True while a document is written that takes more than a step: nothing else is.
    /// </summary>
    public bool IsHeld { get; set; }

    /// <summary>True when a message that is not kept would be taken now. However many wait for
    /// their acknowledgement: that may stand behind commands, which the session gives one by one.
    /// </summary>
    public bool CanSend => _session.CanPublish;

    /// <summary>Messages sent and not acknowledged.</summary>
    public int InFlight => _inFlight;

    /// <summary>True when one more state can be kept.</summary>
    public bool HasRoomForState => _toldCount < Limits.ToldStates;

    /// <summary>True when the broker has every state that was to be told.</summary>
    public bool HasToldStates => _toldCount == 0;

    /// <summary>Sends the document that has been written; only when <see cref="CanSend"/>. It is
    /// not kept: where the connection is lost it is lost too.</summary>
    /// <param name="topic">Where to.</param>
    public void Send(string topic) => _session.Publish(
        topic, _json.Buffer, MqttMessage.HeadroomBytes, _json.Count, false);

    /// <summary>Sends an event that the storage does not take.</summary>
    /// <param name="frame">The event.</param>
    /// <returns>False: not now.</returns>
    public bool TrySendEvent(byte[] frame)
    {
        if (!CanSend || IsHeld)
        {
            return false;
        }

        EventWriter.Write(_json, _topics, frame);
        Send(_topics.Events);
        return true;
    }

    /// <summary>The retained state of an access code is to be told again.</summary>
    /// <param name="frame">Holds its id, as a code's first frame and a tombstone do.</param>
    /// <returns>False when there is no room.</returns>
    public bool StateChanged(byte[] frame)
    {
        if (!HasRoomForState)
        {
            return false;
        }

        Array.Copy(frame, Frame.AccessCodeId, _told, _toldCount * Uuid.SizeBytes, Uuid.SizeBytes);
        _toldCount++;
        return true;
    }

    /// <summary>The broker has a message.</summary>
    public void Acknowledged(int ticket)
    {
        int place = 0;
        while (place < _inFlight && _tickets[place] != ticket)
        {
            place++;
        }

        if (place == _inFlight)
        {
            return;
        }

        SendCursor cursor = _cursors[place];
        bool isTold = cursor == null;
        _inFlight--;
        Array.Copy(_tickets, place + 1, _tickets, place, _inFlight - place);
        Array.Copy(_numbers, place + 1, _numbers, place, _inFlight - place);
        Array.Copy(_cursors, place + 1, _cursors, place, _inFlight - place);
        if (isTold)
        {
            // They go and are acknowledged in their order.
            _toldCount--;
            _toldSent--;
            Array.Copy(_told, Uuid.SizeBytes, _told, 0, _toldCount * Uuid.SizeBytes);
        }
        else if (cursor != null)
        {
            NoteAcknowledged(cursor);
        }
    }

    /// <summary>Sends the next message, if there is one and the session takes it.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        if (!CanSend || _inFlight == Limits.InFlight)
        {
            return true;
        }

        if (_stateCursor != null)
        {
            SendState();
            return true;
        }

        return TrySendNumbered(_answerCursor) || TrySendTold() || TrySendNumbered(_eventCursor);
    }

    /// <summary>The connection is gone: what was not acknowledged goes again.</summary>
    public void Rewind()
    {
        _inFlight = 0;
        _toldSent = 0;
        _stateCursor = null;
        _answerCursor.Rewind();
        _eventCursor.Rewind();
    }

    // True: this step was about one, even if it was only passed over.
    private bool TrySendNumbered(SendCursor cursor)
    {
        uint end = cursor.Window.Next;
        if (cursor.SentUpTo == end)
        {
            return false;
        }

        uint number = cursor.Find();
        if (number >= end)
        {
            cursor.SentUpTo = end;
            return false;
        }

        bool isEvent = cursor == _eventCursor;
        int location = cursor.Window.LocationOf(number);
        StorageStatus status = location == 0 ? StorageStatus.Damaged
            : isEvent ? _log.Read(location, _code.Bytes, 1) : _attempts.Read(location, _code);
        if (status == StorageStatus.Ok && TrySendFrame(cursor, number))
        {
            NoteState(cursor, number);
            cursor.Next = number + 1;
        }
        else if (status == StorageStatus.Damaged)
        {
            cursor.Next = number + 1;
            NoteAcknowledged(cursor);
        }

        return status == StorageStatus.Ok || status == StorageStatus.Damaged;
    }

    private bool TrySendFrame(SendCursor cursor, uint number)
    {
        byte[] frame = _code.Bytes;
        if (cursor == _eventCursor)
        {
            EventWriter.Write(_json, _topics, frame);
            return TrySend(_topics.Events, false, cursor, number);
        }

        _answers.FromStored(_code);
        return TrySend(_topics.AnswersTo(frame[Frame.Action]), false, cursor, number);
    }

    // The state of an access code goes out behind each answer and event that changed it; both
    // are acknowledged together.
    private void NoteState(SendCursor cursor, uint number)
    {
        byte[] frame = _code.Bytes;
        int action = frame[Frame.Action];
        bool isAboutCode = cursor == _eventCursor ? action == (int)EventKind.CodeChanged
            : frame[Frame.Error] == 0 && action <= (int)CommandAction.PullBackup;
        if (isAboutCode && !Uuid.IsZero(frame, Frame.AccessCodeId))
        {
            Array.Copy(frame, Frame.AccessCodeId, _stateId, 0, Uuid.SizeBytes);
            _stateNumber = number;
            _stateCursor = cursor;
        }
    }

    // A state that cannot be read now keeps its place; those behind it wait.
    private void SendState()
    {
        if (TryWriteState(_stateId, 0)
            && TrySend(_topics.StateOf(_stateId, 0), true, _stateCursor, _stateNumber))
        {
            _stateCursor = null;
        }
    }

    private bool TrySendTold()
    {
        int offset = _toldSent * Uuid.SizeBytes;
        if (_toldSent == _toldCount || !TryWriteState(_told, offset))
        {
            return false;
        }

        _toldSent += TrySend(_topics.StateOf(_told, offset), true, null, 1) ? 1 : 0;
        return true;
    }

    // Empty when the lock has no such code any more; one that cannot be read now is not gone.
    private bool TryWriteState(byte[] ids, int offset)
    {
        if (_book.FindById(ids, offset, _code, out int slot) != StorageStatus.Ok)
        {
            return false;
        }

        _json.Reset();
        if (slot >= 0)
        {
            _answers.State(_code);
        }

        return true;
    }

    private bool TrySend(string topic, bool retain, SendCursor cursor, uint number)
    {
        int ticket = _session.Publish(
            topic, _json.Buffer, MqttMessage.HeadroomBytes, _json.Count, retain);
        if (ticket == NoTicket)
        {
            return false;
        }

        _tickets[_inFlight] = ticket;
        _numbers[_inFlight] = number;
        _cursors[_inFlight] = cursor;
        _inFlight++;
        return true;
    }

    // What is before the lowest number in flight; what cannot be read any more is passed over.
    private void NoteAcknowledged(SendCursor cursor)
    {
        uint upTo = cursor.Next - 1;
        for (int i = 0; i < _inFlight; i++)
        {
            if (_cursors[i] == cursor && _numbers[i] <= upTo)
            {
                upTo = _numbers[i] - 1;
            }
        }

        if (_stateCursor == cursor && _stateNumber <= upTo)
        {
            upTo = _stateNumber - 1;
        }

        cursor.Acknowledge(upTo);
    }
}
