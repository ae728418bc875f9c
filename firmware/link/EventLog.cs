// What happened, for whoever watches: numbered, on flash until the broker has it. Door,
// CommandRunner and Agent call it; it appends to the log, and Outbox sends.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Notes events.</summary>
/// <remarks>
/// Until the storage is loaded and ready a few events wait in RAM; they get their number when they
/// are stored. One that the storage will not take is sent without a number, if it can be. Of too
/// many the oldest goes; one that carries the state of a code is stored again as the newest
/// instead, since no other message would tell that the code is gone.
/// </remarks>
public sealed class EventLog
{
    private readonly FrameWindow _events;
    private readonly SlotLog _log;
    private readonly LockState _state;
    private readonly Outbox _outbox;
    private readonly TimeOfDay _time;
    private readonly IRandom _random;
    private readonly byte[][] _waiting = new byte[Limits.WaitingEvents][];
    private readonly byte[] _oldest;
    private int _waitingCount;
    private int _moved;
    private int _lostChanges;

    /// <summary>Wires the log of events; nothing in the frame of scratch outlives a call.</summary>
    public EventLog(SlotLog log, FrameWindow events, LockState state, Outbox outbox, TimeOfDay time,
        IRandom random, byte[] scratch)
    {
        _events = events;
        _log = log;
        _state = state;
        _outbox = outbox;
        _time = time;
        _random = random;
        _oldest = scratch;
        for (int i = 0; i < _waiting.Length; i++)
        {
            _waiting[i] = new byte[Frame.SizeBytes];
        }
    }

    /// <summary>True when every event has been stored.</summary>
    public bool IsStored => _waitingCount == 0;

    /// <summary>How often an event was lost that carries the state of a code; then the broker may
    /// have none of them as it is.</summary>
    public int LostChanges => _lostChanges;

    /// <summary>Somebody entered a code.</summary>
    /// <param name="match">What came of it.</param>
    /// <param name="accessCodeId">Whose digits they were; zeros: nobody's.</param>
    public void Entry(CodeMatch match, byte[] accessCodeId)
    {
        byte[] frame = Begin(EventKind.Entry, (int)match);
        Array.Copy(accessCodeId, 0, frame, Frame.AccessCodeId, Uuid.SizeBytes);
        Keep();
    }

    /// <summary>A code was entered under duress.</summary>
    /// <param name="accessCodeId">Whose digits they were.</param>
    public void Duress(byte[] accessCodeId)
    {
        byte[] frame = Begin(EventKind.Duress, 0);
        Array.Copy(accessCodeId, 0, frame, Frame.AccessCodeId, Uuid.SizeBytes);
        Keep();
    }

    /// <summary>A command came that cannot be answered.</summary>
    public void CommandRefused(Command command)
    {
        byte[] frame = Begin(EventKind.CommandRefused, (int)command.Refusal);
        frame[Frame.EventAction] = (byte)command.Action;
        frame[Frame.EventMember] = (byte)command.RefusedMember;
        frame[Frame.EventJsonError] = (byte)command.JsonError;
        Frame.PutUInt16(frame, Frame.EventNumber, command.JsonPosition);
        Keep();
    }

    /// <summary>Something happened that needs no more words.</summary>
    /// <param name="kind">What.</param>
    /// <param name="number">How many, or how long; more than 65535 counts as that.</param>
    public void Note(EventKind kind, int number)
    {
        byte[] frame = Begin(kind, 0);
        Frame.PutUInt16(frame, Frame.EventNumber, number > 0xFFFF ? 0xFFFF : number);
        Keep();
    }

    /// <summary>Something came of an access code. Stored in the same step, if nothing waits before
    /// it: the code's retained state follows from it, and nobody else would correct that after a
    /// power cut.</summary>
    /// <remarks>Not called while the storage is being loaded.</remarks>
    /// <param name="change">What.</param>
    /// <param name="frame">Holds the code's id where a Code or Attempt frame has it.</param>
    public void Changed(CodeChange change, byte[] frame)
    {
        byte[] note = Begin(EventKind.CodeChanged, (int)change);
        Array.Copy(frame, Frame.AccessCodeId, note, Frame.AccessCodeId, Uuid.SizeBytes);
        Keep();
        Step();
    }

    /// <summary>A command came that was retained.</summary>
    public void CommandRetained(CommandAction action)
    {
        byte[] frame = Begin(EventKind.CommandRetained, 0);
        frame[Frame.EventAction] = (byte)action;
        Keep();
    }

    /// <summary>The storage is not as it should be.</summary>
    public void StorageTrouble(StorageStatus status)
    {
        Begin(EventKind.StorageTrouble, (int)status);
        Keep();
    }

    /// <summary>Stores the oldest waiting event.</summary>
    /// <returns>False when none waits, or nothing can be done for it now.</returns>
    /// <remarks>Not called while the storage is being loaded.</remarks>
    public bool Step()
    {
        if (_waitingCount == 0)
        {
            return false;
        }

        byte[] frame = _waiting[0];
        bool isKept = frame[Frame.Type] == (byte)FrameType.Event;
        if (isKept)
        {
            Frame.PutUInt32(frame, Frame.Serial, _events.Next);
            StorageStatus status = _log.Append(frame, 1, out int location);
            if (status == StorageStatus.NotReady)
            {
                return false;
            }

            isKept = status == StorageStatus.Ok;
            if (isKept)
            {
                Forget();
                Number(frame, location);
            }
        }

        return isKept || SendUnstored(frame);
    }

    // What the chip did not keep is not written again: each try wears it.
    private bool SendUnstored(byte[] frame)
    {
        frame[Frame.Type] = (byte)FrameType.None;
        Frame.PutUInt32(frame, Frame.Serial, 0);
        if (!_outbox.TrySendEvent(frame))
        {
            return false;
        }

        Forget();
        if (IsChange(frame) && !_outbox.StateChanged(frame))
        {
            LoseChange();
        }

        return true;
    }

    private void Forget()
    {
        byte[] frame = _waiting[0];
        _waitingCount--;
        Array.Copy(_waiting, 1, _waiting, 0, _waitingCount);
        _waiting[_waitingCount] = frame;
    }

    private static bool IsChange(byte[] frame) =>
        frame[Frame.Action] == (byte)EventKind.CodeChanged;

    private void Number(byte[] frame, int location)
    {
        FrameWindow events = _events;
        int oldest = events.Count == Limits.Events ? events.LocationOf(events.First) : -1;
        events.Add(frame, location);
        if (oldest >= 0)
        {
            _state.AcknowledgedEvents = events.First - 1;
            MoveOrDrop(oldest);
        }
    }

    // There is room: the event that has pushed it out has just left its place.
    private void MoveOrDrop(int location)
    {
        bool isChange = location != 0
            && _log.Read(location, _oldest, 1) == StorageStatus.Ok && IsChange(_oldest);
        if (isChange && _moved < Limits.MovedEvents)
        {
            _moved++;
            Array.Copy(_oldest, 0, _waiting[_waitingCount], 0, Frame.SizeBytes);
            _waiting[_waitingCount][Frame.Group] = 0;
            _waitingCount++;
            return;
        }

        _moved = 0;
        _state.DroppedEvents++;
        if (isChange)
        {
            LoseChange();
        }
    }

    private void LoseChange()
    {
        _lostChanges++;
        _state.ToldUtc = 0;
    }

    // When all places are taken the newest is overwritten: the first trouble matters most. An entry
    // that did not open gives way itself: whoever types at the door pushes nothing out.
    private byte[] Begin(EventKind kind, int reason)
    {
        bool isFull = _waitingCount == _waiting.Length;
        byte[] frame = !isFull ? _waiting[_waitingCount]
            : kind == EventKind.Entry && reason != (int)CodeMatch.Opens ? _oldest
            : _waiting[_waitingCount - 1];
        if (isFull && frame != _oldest && IsChange(frame))
        {
            LoseChange();
        }

        Array.Clear(frame, 0, frame.Length);
        frame[Frame.Type] = (byte)FrameType.Event;
        Frame.PutUInt16(frame, Frame.Slot, SectorIndex.NoSlot);
        Uuid.NewRandom(_random, frame, Frame.AttemptId);
        frame[Frame.Action] = (byte)kind;
        frame[Frame.Reason] = (byte)reason;
        Frame.PutUInt32(frame, Frame.OccurredAt, (uint)_time.Noted);
        return frame;
    }

    private void Keep()
    {
        if (_waitingCount < _waiting.Length)
        {
            _waitingCount++;
        }
        else
        {
            _state.DroppedEvents++;
        }
    }
}
