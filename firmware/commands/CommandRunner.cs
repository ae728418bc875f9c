// Takes a command from its bytes to its answer, in steps that are short enough for the keypad.
// Agent steps it; it calls CommandReader, ActionAttempts, CommandRules, the edits and AnswerWriter.
//
//            Take: read           dedupe, rules                  stored, refused
//     idle ------------> judging --------------> carrying out ------------------> idle
//                           +-- answered before, refused for its bytes -----+

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Carries out one command at a time: dedupe, rules, execution, flash, answer, in this
/// order.</summary>
/// <remarks>The outbox sends what is stored. Other answers are sent at once, so no step is made
/// when no message could be sent.</remarks>
public sealed class CommandRunner
{
    private readonly AgentSettings _settings;
    private readonly CodeBook _book;
    private readonly ActionAttempts _attempts;
    private readonly Topics _topics;
    private readonly Outbox _outbox;
    private readonly EventLog _events;
    private readonly AnswerWriter _answers;
    private readonly Strike _strike;
    private readonly Outcome _outcome;
    private readonly CodeEdits _codes;
    private readonly BackupEdits _backup;
    private readonly Questions _questions;
    private readonly CommandReader _reader;
    private readonly Command _command;

    // Made with the first: most locks never see one.
    private FailedAttempts _failed;
    private MqttMessage _message;
    private bool _isJudged;

    /// <summary>Wires it.</summary>
    public CommandRunner(AgentSettings settings, CodeBook book, ActionAttempts attempts,
        Topics topics, Outbox outbox, EventLog events, AnswerWriter answers, Strike strike,
        Outcome outcome)
    {
        _settings = settings;
        _book = book;
        _attempts = attempts;
        _topics = topics;
        _outbox = outbox;
        _events = events;
        _answers = answers;
        _strike = strike;
        _outcome = outcome;
        _command = outcome.Command;
        _questions = new Questions(book, answers, outcome.Other);
        _reader = new CommandReader(settings.DeviceId);
        var digits = new CodeDigits(settings, book);
        _backup = new BackupEdits(outcome, book, digits, events);
        _codes = new CodeEdits(outcome, settings.Constraints, book, digits, _backup);
    }

    /// <summary>True while a command is on its way.</summary>
    public bool IsBusy => _message != null;

    /// <summary>True when the next step may append to the log.</summary>
    public bool IsJudged => _isJudged;

    /// <summary>Takes a message, whose bytes the session keeps until the command is done; only when
    /// not <see cref="IsBusy"/>, and a message could be sent.</summary>
    public void Take(MqttMessage message)
    {
        if (!_topics.TryGetAction(message.Topic, out CommandAction action))
        {
            return;
        }

        _message = message;
        _reader.Read(message.Payload, message.Offset, message.Count, action, _command);
        if (!_command.Has(CommandMember.ActionAttemptId))
        {
            _command.Refuse(CommandMember.ActionAttemptId, Refusal.Missing);
            _events.CommandRefused(_command);
            Drop();
        }
        else if (message.Count <= Limits.ShortPayloadBytes && !IsQuestion
            && !_attempts.MayHave(_command.ActionAttemptId))
        {
            Judge();
        }
    }

    /// <summary>Goes on with the command; only when a message could be sent.</summary>
    public void Step()
    {
        if (_isJudged)
        {
            CarryOut();
        }
        else if (IsQuestion)
        {
            Ask();
        }
        else
        {
            Judge();
        }
    }

    /// <summary>Forgets a command, done or without connection. Digits stay nowhere.</summary>
    public void Drop()
    {
        if (_message != null)
        {
            _message.Clear();
            _message = null;
            _isJudged = false;
        }

        _outbox.IsHeld = false;
        _questions.Drop();
        _command.Clear();
    }

    private bool IsQuestion => _command.Action is CommandAction.Get or CommandAction.List;

    private void Ask()
    {
        if (!_questions.IsPaging)
        {
            CommandRules.JudgeBytes(_command);
            CommandRules.JudgeTime(_command, _book.Time.Now);
        }

        bool isAnswered = false;
        _outbox.IsHeld = _command.Refusal == Refusal.None
            && !_questions.Step(_command, out isAnswered);
        if (_command.Refusal != Refusal.None)
        {
            _answers.FromRefusal(_command);
            isAnswered = true;
        }

        if (isAnswered)
        {
            _outbox.Send(_topics.Answers);
        }

        if (!_outbox.IsHeld)
        {
            Drop();
        }
    }

    // Dedupe first, then what follows from the bytes alone, which is not stored.
    private void Judge()
    {
        StorageStatus status = _attempts.Find(
            _command.ActionAttemptId, _outcome.Other, out bool isAnswered);
        if (status != StorageStatus.Ok)
        {
            DropUnlessSoon(status);
            return;
        }

        if (isAnswered)
        {
            _answers.FromStored(_outcome.Other);
            _outbox.Send(_topics.AnswersTo(_outcome.Other.Bytes[Frame.Action]));
            Drop();
            return;
        }

        if (_failed != null && _failed.Contains(_command.ActionAttemptId))
        {
            _command.Refuse(CommandMember.Code, Refusal.WriteFailed);
        }
        else if (_message.Retained)
        {
            _events.CommandRetained(_command.Action);
            Drop();
            return;
        }
        else
        {
            CommandRules.JudgeBytes(_command);
        }

        _isJudged = _command.Refusal == Refusal.None;
        if (!_isJudged)
        {
            AnswerRefusal();
        }
    }

    private void CarryOut()
    {
        CommandRules.JudgeTime(_command, _book.Time.Now);
        _outcome.Begin();
        if (_outcome.IsOpen && !IsDoor)
        {
            Change();
        }

        if (_outcome.Waits != StorageStatus.Ok)
        {
            DropUnlessSoon(_outcome.Waits);
        }
        else if (_command.Refusal == Refusal.WriteFailed)
        {
            _failed ??= new FailedAttempts();
            _failed.Add(_command.ActionAttemptId);
            _events.StorageTrouble(StorageStatus.WriteFailed);
            AnswerRefusal();
        }
        else if (_outcome.IsStored)
        {
            Drop();
        }
        else
        {
            DropUnlessSoon(AppendAttempt());
        }
    }

    private void Change()
    {
        if (OfflineEdits.Takes(_command))
        {
            OfflineEdits.Run(_outcome, _book, _settings.HasOfflineCodes);
        }
        else if (_command.Action == CommandAction.Create)
        {
            _codes.Create();
        }
        else if (_command.Action == CommandAction.Update)
        {
            _codes.Update();
        }
        else if (_command.Action == CommandAction.Delete)
        {
            _codes.Delete();
        }
        else
        {
            _backup.Pull();
        }
    }

    private bool IsDoor => _command.Action is CommandAction.UnlockDoor or CommandAction.LockDoor;

    // With the flash busy, or more tries left, the next step does it. Else the sender repeats.
    private void DropUnlessSoon(StorageStatus status)
    {
        if (status != StorageStatus.NotReady)
        {
            Drop();
        }
    }

    // Of a command that changed no code, or is about the door, which moves once its answer is
    // stored: a repeated command moves nothing.
    private StorageStatus AppendAttempt()
    {
        AccessCode about = _outcome.Other;
        _outcome.WriteAttempt(_book.Time.Now,
            !about.Has(CodeOptions.Offline) && !IsDoor && _book.IsUsed(about));
        StorageStatus status = _book.Log.Append(_outcome.Alone, 1, out int location);
        if (status == StorageStatus.Ok)
        {
            _attempts.Add(_outcome.Alone, location);
            MoveDoor();
        }

        return status;
    }

    private void MoveDoor()
    {
        bool isDone = _command.Refusal == Refusal.None;
        if (isDone && _command.Action == CommandAction.UnlockDoor)
        {
            _strike.Energize(_settings.StrikeMs);
            _events.Note(EventKind.UnlockedByCommand, 0);
        }
        else if (isDone && IsDoor)
        {
            _strike.Release();
            _events.Note(EventKind.Locked, 0);
        }
    }

    private void AnswerRefusal()
    {
        _answers.FromRefusal(_command);
        _outbox.Send(_topics.AnswersTo((int)_command.Action));
        Drop();
    }
}
