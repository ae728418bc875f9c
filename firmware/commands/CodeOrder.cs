// A command about access codes while it is carried out: what it is about, the code as it shall be,
// and how the attempt is stored with it. CodeCreation, CodeUpdate and CodeRemoval share one.

using System;

namespace Keyway.Firmware;

/// <summary>One command under way, used again for the next.</summary>
public sealed class CodeOrder
{
    private const int None = -1;
    private readonly ActionAttempts _attempts;
    private readonly CodeBook _book;
    private readonly TimeOfDay _time;
    private readonly CodeConstraints _constraints;

    /// <summary>Wires it.</summary>
    public CodeOrder(CodeBook book, ActionAttempts attempts, TimeOfDay time, CodeConstraints
        constraints)
    {
        _attempts = attempts;
        _book = book;
        _time = time;
        _constraints = constraints;
    }

    /// <summary>The command; what stands in its way is noted in it.</summary>
    public Command Command { get; private set; }

    /// <summary>The id of the access code that it is about, 16 bytes.</summary>
    public byte[] Id { get; } = new byte[Uuid.SizeBytes];

    /// <summary>The code, or its tombstone, as it shall be.</summary>
    public AccessCode Code { get; } = new();

    /// <summary>What the attempt is about, when it is not stored with a change: the code that is so
    /// already, or the one in the way; zeros when there is none.</summary>
    public AccessCode Other { get; } = new();

    /// <summary>True when the attempt has been stored with its change.</summary>
    public bool IsStored { get; private set; }

    /// <summary>Takes a command.</summary>
    public void Take(Command command)
    {
        Command = command;
        IsStored = false;
        Other.Clear();
        byte[] id = command.Action == CommandAction.Create
            && !command.Has(CommandMember.AccessCodeId)
                ? command.ActionAttemptId : command.AccessCodeId;
        Array.Copy(id, 0, Id, 0, Uuid.SizeBytes);
    }

    /// <summary>Finds the code that the command is about, into <see cref="Other"/>, or refuses
    /// the command.</summary>
    /// <param name="slot">Its slot; -1 when there is none or it cannot be read.</param>
    /// <returns>Ok; otherwise it cannot be known now.</returns>
    public StorageStatus Find(out int slot)
    {
        StorageStatus status = _book.FindById(Id, 0, Other, out slot);
        return status == StorageStatus.Ok && slot == None
            ? Refuse(CommandMember.AccessCodeId, Refusal.CodeNotFound) : status;
    }

    /// <summary>Puts the attempt into the code.</summary>
    public void Begin(CommandAction action)
    {
        BeginFrame(Code.Bytes);
        Code.Action = action;
    }

    /// <summary>Puts the attempt into a frame.</summary>
    public void BeginFrame(byte[] frame)
    {
        Array.Copy(Command.ActionAttemptId, 0, frame, Frame.AttemptId, Uuid.SizeBytes);
        Frame.PutUInt32(frame, Frame.Serial, _attempts.Window.Next);
    }

    /// <summary>True when the code, as it shall be, has ended.</summary>
    public bool HasEnded => Code.EndsAt != 0 && Code.EndsAt <= _time.Latest;

    /// <summary>Refuses a start that has come, where the lock takes only later ones.</summary>
    public void JudgeStart()
    {
        if (_constraints.Asks(CodeConstraint.StartInFuture) && Code.EndsAt != 0
            && Code.StartsAt <= _time.Utc)
        {
            Command.Refuse(CommandMember.StartsAt, Refusal.StartNotInFuture);
        }
    }

    /// <summary>Says who keeps to the code's window, and from when on.</summary>
    public void Defer(bool isDeferred)
    {
        isDeferred &= Code.EndsAt != 0;
        Code.Set(CodeOptions.Deferred, isDeferred);
        Code.Set(CodeOptions.Waiting, isDeferred
            && Code.StartsAt - Limits.SetBeforeStartSeconds > _time.Utc);
    }

    /// <summary>Notes in a code what it is at this moment: its answer says so for ever.</summary>
    /// <param name="code">About to be stored with the attempt, or by it.</param>
    /// <param name="isUsed">It was used, which counts for a one-time code.</param>
    public void NoteStatus(AccessCode code, bool isUsed)
    {
        CodeMatch match = code.MatchAt(_time.Now);
        isUsed &= code.Has(CodeOptions.OneTime);
        bool isUnknown = match == CodeMatch.ClockNotKnown && !isUsed;
        code.Set(CodeOptions.AnsweredUnknown, isUnknown);
        code.Set(CodeOptions.AnsweredUnset, !isUnknown && (match != CodeMatch.Opens || isUsed));
    }

    /// <summary>The same of <see cref="Other"/>, which was so already; an offline code that was
    /// never used has no slot.</summary>
    public void NoteStatusOfOther() =>
        NoteStatus(Other, !Other.Has(CodeOptions.Offline) && _book.IsUsed(Other));

    /// <summary>Notes the attempt when it was stored.</summary>
    /// <param name="status">How storing ended.</param>
    /// <param name="frame">What was stored.</param>
    /// <param name="location">Where; -1 when it failed.</param>
    /// <returns>The status.</returns>
    public StorageStatus Store(StorageStatus status, byte[] frame, int location)
    {
        if (location != None)
        {
            _attempts.Add(frame, location);
            IsStored = true;
        }

        return status;
    }

    /// <summary>Refuses the command.</summary>
    /// <returns>Ok: the refusal is the answer.</returns>
    public StorageStatus Refuse(CommandMember member, Refusal refusal)
    {
        Command.Refuse(member, refusal);
        return StorageStatus.Ok;
    }
}
