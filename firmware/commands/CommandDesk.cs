// Takes commands and answers them: dedupe, rules, execution, flash, answer, in this order. Agent
// gives it one message a step; it calls CommandReader, CommandRules, CodeCommands and AnswerWriter.

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
    private readonly AgentSettings _settings;
    private readonly ActionAttempts _attempts;
    private readonly CodeBook _book;
    private readonly SlotLog _log;
    private readonly TimeOfDay _time;
    private readonly Topics _topics;
    private readonly Outbox _outbox;
    private readonly EventLog _events;
    private readonly CodeCommands _codes;
    private readonly AnswerWriter _answers;
    private readonly Strike _strike;
    private readonly FailedAttempts _failed = new();
    private readonly CommandReader _reader = new();
    private readonly Command _command = new();
    private readonly AccessCode _stored = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];

    /// <summary>Wires the desk.</summary>
    public CommandDesk(AgentSettings settings, SlotLog log, CodeBook book, ActionAttempts
        attempts, TimeOfDay time, Topics topics, Outbox outbox, EventLog events, CodeCommands codes,
        AnswerWriter answers, Strike strike)
    {
        _settings = settings;
        _attempts = attempts;
        _book = book;
        _log = log;
        _time = time;
        _topics = topics;
        _outbox = outbox;
        _events = events;
        _codes = codes;
        _answers = answers;
        _strike = strike;
    }

    /// <summary>True when a command takes more steps: <see cref="Step"/> comes before the next.
    /// </summary>
    public bool IsBusy { get; private set; }

    /// <summary>Goes on with the command that takes more steps. There is room in the outbox.
    /// </summary>
    public void Step()
    {
        Execute();
        Forget();
    }

    /// <summary>Carries out one command, or begins to. There is room in the outbox.</summary>
    /// <param name="message">From one of the command topics; its payload is overwritten.</param>
    public void Take(MqttMessage message)
    {
        if (_topics.TryGetAction(message.Topic, out CommandAction action))
        {
            _reader.Read(
                message.Payload, message.Offset, message.Count, action, _command);
            if (!_command.Has(CommandMember.ActionAttemptId))
            {
                _command.Refuse(CommandMember.ActionAttemptId, Refusal.Missing);
                _events.CommandRefused(_command);
            }
            else if (action is CommandAction.Get or CommandAction.List)
            {
                Ask();
            }
            else
            {
                Order(message.Retained);
            }
        }

        // Digits stay nowhere.
        Array.Clear(message.Payload, message.Offset, message.Count);
        _reader.Forget();
        Forget();
    }

    private void Forget()
    {
        if (!IsBusy)
        {
            _command.Clear();
        }
    }

    // Nothing changes and nothing is stored, so a repeated question is asked again.
    private void Ask()
    {
        Judge();
        byte[] answer = null;
        if (_command.Refusal == Refusal.None && _command.Action == CommandAction.List)
        {
            answer = _answers.FromList(_command, _book, _stored);
        }
        else if (_command.Refusal == Refusal.None)
        {
            StorageStatus status = _book.FindById(
                _command.AccessCodeId, 0, _stored, out int slot);
            answer = slot >= 0 ? _answers.FromCode(_command, _stored) : null;
            _command.Refuse(CommandMember.AccessCodeId, status == StorageStatus.Ok && slot < 0
                ? Refusal.CodeNotFound : Refusal.None);
        }

        answer ??= _command.Refusal != Refusal.None ? _answers.FromRefusal(_command) : null;
        if (answer != null)
        {
            _outbox.Pass(_topics.Answers, answer);
        }
    }

    private void Order(bool isRetained)
    {
        StorageStatus status = _attempts.Find(
            _command.ActionAttemptId, _stored, out bool isAnswered);
        if (status != StorageStatus.Ok)
        {
            return;
        }

        if (isAnswered)
        {
            Answer(_stored.Bytes[Frame.Action], _answers.FromStored(_stored));
        }
        else if (_failed.Contains(_command.ActionAttemptId))
        {
            _command.Refuse(CommandMember.Code, Refusal.WriteFailed);
            AnswerRefusal();
        }
        else if (isRetained)
        {
            _events.CommandRetained(_command.Action);
        }
        else
        {
            CommandRules.JudgeBytes(_command, _settings.DeviceIdBytes);
            if (_command.Refusal == Refusal.None)
            {
                Execute();
            }
            else
            {
                AnswerRefusal();
            }
        }
    }

    private void Judge()
    {
        CommandRules.JudgeBytes(_command, _settings.DeviceIdBytes);
        CommandRules.JudgeTime(_command, _time.Now);
    }

    private void Execute()
    {
        CommandRules.JudgeTime(_command, _time.Now);
        AccessCode about = _stored;
        about.Clear();
        StorageStatus status = StorageStatus.Ok;
        bool isStored = false;
        int before = _command.NextTry;
        if (_command.Refusal == Refusal.None && !IsDoor)
        {
            status = _codes.Run(_command);
            isStored = _codes.Order.IsStored;
            about = _codes.Order.Other;
        }

        IsBusy = status == StorageStatus.NotReady && _command.NextTry > before;
        RefuseFailed(ref status);
        if (status == StorageStatus.Ok && !isStored)
        {
            AppendAttempt(about);
        }
    }

    private bool IsDoor => _command.Action is CommandAction.UnlockDoor or CommandAction.LockDoor;

    private void RefuseFailed(ref StorageStatus status)
    {
        if (status == StorageStatus.Full)
        {
            _command.Refuse(CommandMember.Code, Refusal.NoSpace);
            status = StorageStatus.Ok;
        }
        else if (status == StorageStatus.WriteFailed)
        {
            _command.Refuse(CommandMember.Code, Refusal.WriteFailed);
            _failed.Add(_command.ActionAttemptId);
            AnswerRefusal();
            _events.StorageTrouble(status);
        }
    }

    // The answer of a command that changed no code: refused for the lock's state, or so already, or
    // about the door, which moves once its answer is stored: a repeated command moves nothing.
    private void AppendAttempt(AccessCode about)
    {
        if (_command.Refusal == Refusal.None)
        {
            about.WriteAttempt(_frame);
        }
        else
        {
            Array.Clear(_frame, 0, _frame.Length);
            _frame[Frame.Type] = (byte)FrameType.Attempt;
            Frame.PutUInt16(_frame, Frame.Slot, SectorIndex.NoSlot);
            if (Refusals.IsForAnotherCode(_command.Refusal))
            {
                Array.Copy(about.Bytes, Frame.AccessCodeId, _frame, Frame.Detail,
                    Uuid.SizeBytes);
            }
        }

        _frame[Frame.Group] = 0;
        Array.Copy(_command.ActionAttemptId, 0, _frame, Frame.AttemptId, Uuid.SizeBytes);
        _frame[Frame.Action] = (byte)_command.Action;
        _frame[Frame.Error] = (byte)_command.Refusal;
        _frame[Frame.Member] = (byte)_command.RefusedMember;
        Frame.PutUInt32(_frame, Frame.Serial, _attempts.Window.Next);
        if (_log.Append(_frame, 1, out int location) == StorageStatus.Ok)
        {
            _attempts.Add(_frame, location);
            MoveDoor();
        }
    }

    private void MoveDoor()
    {
        if (_command.Refusal != Refusal.None || !IsDoor)
        {
            return;
        }

        if (_command.Action == CommandAction.UnlockDoor)
        {
            _strike.Energize(_settings.StrikeMs);
            _events.Note(EventKind.UnlockedByCommand, 0);
        }
        else
        {
            _strike.Release();
            _events.Note(EventKind.Locked, 0);
        }
    }

    private void AnswerRefusal() =>
        Answer((int)_command.Action, _answers.FromRefusal(_command));

    // What is on flash is sent by its number; this is for what is not, and for who asks again.
    private void Answer(int action, byte[] payload) =>
        _outbox.Pass(_topics.AnswersTo(action), payload);
}
