// What a command about access codes comes to. CommandRunner begins it, CodeEdits, BackupEdits and
// OfflineEdits fill it, and CodeDigits refuses through it.

using System;

namespace Keyway.Firmware;

/// <summary>One command on its way: the codes it is about, and whether it is stored, changes
/// nothing, is refused, or must wait. One object, used again.</summary>
public sealed class Outcome
{
    private readonly ActionAttempts _attempts;
    private StorageStatus _status;
    private bool _isStored;

    /// <summary>Wires it.</summary>
    /// <param name="attempts">Learn what is stored.</param>
    /// <param name="room">Says whether another code fits.</param>
    /// <param name="command">The one that is used again and again.</param>
    /// <param name="code">Nothing in it outlives a step; likewise the next two.</param>
    /// <param name="other">Another.</param>
    /// <param name="frame">For what is one frame only.</param>
    public Outcome(ActionAttempts attempts, CodeRoom room, Command command, AccessCode code,
        AccessCode other, byte[] frame)
    {
        _attempts = attempts;
        Room = room;
        Command = command;
        Code = code;
        Other = other;
        Alone = frame;
    }

    /// <summary>Says whether another code fits.</summary>
    public CodeRoom Room { get; }

    /// <summary>What was asked.</summary>
    public Command Command { get; }

    /// <summary>The id of the access code that it is about.</summary>
    public byte[] Id => Command.Action == CommandAction.Create
        && !Command.Has(CommandMember.AccessCodeId)
            ? Command.ActionAttemptId : Command.AccessCodeId;

    /// <summary>The access code as it shall be.</summary>
    public AccessCode Code { get; }

    /// <summary>The access code as it is, or the one that is in the way.</summary>
    public AccessCode Other { get; }

    /// <summary>A frame that goes alone.</summary>
    public byte[] Alone { get; }

    /// <summary>True when the flash has the change and the answer in it.</summary>
    public bool IsStored => _isStored;

    /// <summary>True when it is neither refused nor ended by the storage.</summary>
    public bool IsOpen => _status == StorageStatus.Ok && Command.Refusal == Refusal.None;

    /// <summary>Why there is no answer: the storage cannot tell now, or more tries are left; Ok
    /// when there is one.</summary>
    public StorageStatus Waits => _status;

    /// <summary>Begins anew.</summary>
    public void Begin()
    {
        _status = StorageStatus.Ok;
        _isStored = false;
        Other.Clear();
    }

    /// <summary>The storage has spoken.</summary>
    /// <param name="status">Full and WriteFailed refuse; any other but Ok must wait.</param>
    /// <returns>False: nothing more is to be done now.</returns>
    public bool GoesOn(StorageStatus status)
    {
        if (status == StorageStatus.Full)
        {
            Command.Refuse(CommandMember.Code, Refusal.NoSpace);
        }
        else if (status == StorageStatus.WriteFailed)
        {
            Command.Refuse(CommandMember.Code, Refusal.WriteFailed);
        }
        else
        {
            _status = status;
        }

        return IsOpen;
    }

    /// <summary>The command cannot be carried out.</summary>
    public void Refuse(CommandMember member, Refusal refusal) => Command.Refuse(member, refusal);

    /// <summary>The code will be written by this command.</summary>
    public void Sign(CommandAction action)
    {
        SignFrame(Code.Bytes);
        Code.Action = action;
    }

    /// <summary>A frame will be written by this command.</summary>
    public void SignFrame(byte[] frame)
    {
        Array.Copy(Command.ActionAttemptId, 0, frame, Frame.AttemptId, Uuid.SizeBytes);
        Frame.PutUInt32(frame, Frame.Serial, _attempts.Window.Next);
    }

    /// <summary>A signed frame has been appended, or has not.</summary>
    /// <param name="status">What the storage says.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="location">Where it lies; meaningless unless Ok.</param>
    public void Store(StorageStatus status, byte[] frame, int location)
    {
        if (GoesOn(status))
        {
            _attempts.Add(frame, location);
            _isStored = true;
        }
    }

    /// <summary>Writes the answer of a command that changed no code into the frame that goes alone,
    /// signed: refused for the lock's state, or so already.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isUsed">The code that is so already has been used.</param>
    public void WriteAttempt(Moment now, bool isUsed)
    {
        byte[] frame = Alone;
        Refusal refusal = Command.Refusal;
        if (refusal == Refusal.None)
        {
            NoteStatus(Other, isUsed, now);
            Other.WriteAttempt(frame);
        }
        else
        {
            Array.Clear(frame, 0, frame.Length);
            frame[Frame.Type] = (byte)FrameType.Attempt;
            Frame.PutUInt16(frame, Frame.Slot, SectorIndex.NoSlot);
            if (Refusals.IsForAnotherCode(refusal))
            {
                Array.Copy(Other.Bytes, Frame.AccessCodeId, frame, Frame.Detail, Uuid.SizeBytes);
            }
        }

        frame[Frame.Group] = 0;
        SignFrame(frame);
        frame[Frame.Action] = (byte)Command.Action;
        frame[Frame.Error] = (byte)refusal;
        frame[Frame.Member] = (byte)Command.RefusedMember;
    }

    /// <summary>Puts the code's status of this moment into what the answer keeps.</summary>
    /// <param name="code">The code.</param>
    /// <param name="isUsed">It has been used, which matters for a one-time code.</param>
    /// <param name="now">The time.</param>
    public static void NoteStatus(AccessCode code, bool isUsed, Moment now)
    {
        CodeMatch match = code.MatchAt(now);
        isUsed &= code.Has(CodeOptions.OneTime);
        bool isUnknown = match == CodeMatch.ClockNotKnown && !isUsed;
        code.Set(CodeOptions.AnsweredUnknown, isUnknown);
        code.Set(CodeOptions.AnsweredUnset, !isUnknown && (match != CodeMatch.Opens || isUsed));
    }
}
