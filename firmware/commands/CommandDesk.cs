// Carries a create command out: dedupe, rules, codes, flash, answer, in this order. Agent gives it
// one message a step; it calls CommandReader, CreateRules, CodeBook and AnswerWriter.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Takes commands and answers them.</summary>
/// <remarks>
/// Flash first, RAM second, answer third. Where storage cannot take or tell anything now there is
/// no answer, and the sender repeats.
/// </remarks>
public sealed class CommandDesk
{
    private const int None = -1;
    private readonly AgentSettings _settings;
    private readonly Tables _tables;
    private readonly DeviceSecret _secret;
    private readonly IClock _clock;
    private readonly Topics _topics;
    private readonly Outbox _outbox;
    private readonly EventLog _events;
    private readonly FailedAttempts _failed = new();
    private readonly CommandReader _reader = new();
    private readonly AnswerWriter _answers = new();
    private readonly CreateCommand _command = new();
    private readonly AccessCode _code = new();
    private readonly AccessCode _other = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];

    /// <summary>Wires the desk.</summary>
    public CommandDesk(AgentSettings settings, Tables tables, DeviceSecret secret, IClock clock,
        Topics topics, Outbox outbox, EventLog events)
    {
        _settings = settings;
        _tables = tables;
        _secret = secret;
        _clock = clock;
        _topics = topics;
        _outbox = outbox;
        _events = events;
    }

    /// <summary>Carries out one command. There is room in the outbox.</summary>
    /// <param name="message">From the create topic; its payload is overwritten.</param>
    /// <returns>True when the codes of the lock have changed.</returns>
    public bool Take(MqttMessage message)
    {
        int before = _tables.Book.Count;
        _reader.Read(message.Payload, _command);
        if (!_command.Has(CommandMember.ActionAttemptId))
        {
            _command.Refuse(CommandMember.ActionAttemptId, Refusal.Missing);
            _events.CommandRefused(_command);
        }
        else if (_tables.Attempts.Find(_command.ActionAttemptId, _frame, out bool isAnswered)
            == StorageStatus.Ok)
        {
            if (isAnswered)
            {
                Answer(_answers.FromFrame(_frame));
            }
            else if (_failed.Contains(_command.ActionAttemptId))
            {
                _command.Refuse(CommandMember.Code, Refusal.WriteFailed);
                Answer(_answers.FromRefusal(_command));
            }
            else if (message.Retained)
            {
                _events.Note(EventKind.CommandRetained, 0);
            }
            else
            {
                Create();
            }
        }

        // Digits stay nowhere.
        Array.Clear(message.Payload, 0, message.Payload.Length);
        _reader.Forget();
        _command.Clear();
        return _tables.Book.Count != before;
    }

    private void Create()
    {
        CreateRules.JudgeBytes(_command, _settings.DeviceIdBytes);
        if (_command.Refusal != Refusal.None)
        {
            Answer(_answers.FromRefusal(_command));
            return;
        }

        bool isUtcKnown = _clock.TryGetUtc(out long utc);
        CreateRules.JudgeTime(_command, isUtcKnown, utc);
        Fill(utc);
        StorageStatus status = StorageStatus.Ok;
        int location = None;
        if (_command.Refusal == Refusal.None)
        {
            status = Store(out location);
        }

        if (location != None)
        {
            _tables.Attempts.Add(_code.Bytes, location);
            _outbox.Pass(_topics.State + Uuid.ToText(_code.Bytes, Frame.AccessCodeId),
                _answers.State(_code, _settings.DeviceId), true);
        }
        else if (status == StorageStatus.Ok)
        {
            AppendAttempt();
        }
    }

    private void Fill(long utc)
    {
        _code.Clear();
        Array.Copy(_command.ActionAttemptId, 0, _code.Bytes, Frame.AttemptId, Uuid.SizeBytes);
        byte[] id = _command.Has(CommandMember.AccessCodeId)
            ? _command.AccessCodeId : _command.ActionAttemptId;
        Array.Copy(id, 0, _code.Bytes, Frame.AccessCodeId, Uuid.SizeBytes);
        Array.Copy(_command.Name, 0, _code.Bytes, AccessCode.NameOffset, Limits.NameBytes);
        _secret.ComputeDigitsMac(
            _command.Code, _command.CodeCount, _code.Bytes, Frame.DigitsMac);
        _code.StartsAt = _command.StartsAt;
        _code.EndsAt = _command.EndsAt;
        _code.CreatedAt = utc;
        _code.Serial = _tables.Attempts.Window.Next;
        Array.Clear(_other.Bytes, 0, _other.Bytes.Length);
    }

    // Stores the code, or refuses it, or finds it stored already: then _other holds it.
    private StorageStatus Store(out int location)
    {
        location = None;
        if (_tables.Book.FindById(_code.Bytes, Frame.AccessCodeId, _other) != None)
        {
            if (!_other.HasContentOf(_code))
            {
                Array.Clear(_other.Bytes, 0, _other.Bytes.Length);
                _command.Refuse(CommandMember.AccessCodeId, Refusal.AccessCodeIdTaken);
            }

            return StorageStatus.Ok;
        }

        if (_tables.Tombstones.Contains(_code.Bytes, Frame.AccessCodeId))
        {
            _command.Refuse(CommandMember.AccessCodeId, Refusal.AccessCodeIdDeleted);
            return StorageStatus.Ok;
        }

        StorageStatus status = _tables.Book.FindByMac(_code.Bytes, Frame.DigitsMac, out int slot);
        if (slot != None)
        {
            status = _tables.Book.Read(slot, _other);
            _command.Refuse(CommandMember.Code, Refusal.DigitsTaken);
        }
        else if (status == StorageStatus.Ok || status == StorageStatus.Damaged)
        {
            status = _tables.HasRoomForCode
                ? _tables.Book.Add(_code, out location) : StorageStatus.Full;
            RefuseFailed(ref status);
        }

        return status;
    }

    private void RefuseFailed(ref StorageStatus status)
    {
        if (status == StorageStatus.Full)
        {
            _command.Refuse(CommandMember.Code, Refusal.NoSpace);
            status = StorageStatus.Ok;
        }
        else if (status == StorageStatus.WriteFailed || status == StorageStatus.ChipFailed)
        {
            _command.Refuse(CommandMember.Code, Refusal.WriteFailed);
            _failed.Add(_command.ActionAttemptId);
            Answer(_answers.FromRefusal(_command));
            _events.StorageTrouble(status);
        }
    }

    // The answer of a command that wrote no code: refused for the lock's state, or stored already.
    private void AppendAttempt()
    {
        Array.Clear(_frame, 0, _frame.Length);
        Array.Copy(_code.Bytes, 0, _frame, 0, Frame.DigitsMac);
        _frame[Frame.Type] = (byte)FrameType.Attempt;
        Frame.PutUInt16(_frame, Frame.Slot, SectorIndex.NoSlot);
        if (_command.Refusal == Refusal.None)
        {
            Array.Copy(_other.Bytes, Frame.StartsAt, _frame, Frame.Detail,
                Frame.Serial - Frame.StartsAt);
        }
        else
        {
            Array.Copy(_other.Bytes, Frame.AccessCodeId, _frame, Frame.Detail, Uuid.SizeBytes);
        }

        _frame[Frame.Error] = (byte)_command.Refusal;
        _frame[Frame.Member] = (byte)_command.RefusedMember;
        Frame.PutUInt32(_frame, Frame.Serial, _tables.Attempts.Window.Next);
        if (_tables.Log.Append(_frame, 1, out int location) == StorageStatus.Ok)
        {
            _tables.Attempts.Add(_frame, location);
        }
    }

    // What is on flash is sent by its number; this is for what is not, and for who asks again.
    private void Answer(byte[] payload) => _outbox.Pass(_topics.ActionAttempts, payload, false);
}
