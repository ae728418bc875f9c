// A command about access codes while it is carried out: what it is about, the code as it shall be,
// and how the attempt is stored with it. CodeCreation, CodeUpdate and CodeRemoval share one.

using System;

namespace Keyway.Firmware;

/// <summary>One command under way, used again for the next.</summary>
public sealed class CodeOrder
{
    private const int None = -1;
    private readonly Tables _tables;
    private readonly TimeOfDay _time;

    /// <summary>Wires it.</summary>
    public CodeOrder(Tables tables, TimeOfDay time)
    {
        _tables = tables;
        _time = time;
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
        Frame.PutUInt32(frame, Frame.Serial, _tables.Attempts.Window.Next);
    }

    /// <summary>True when the code, as it shall be, has ended.</summary>
    public bool HasEnded => Code.EndsAt != 0 && Code.EndsAt <= _time.Latest;

    /// <summary>Says who keeps to the code's window, and from when on.</summary>
    public void Defer(bool isDeferred)
    {
        isDeferred &= Code.EndsAt != 0;
        Code.Set(CodeOptions.Deferred, isDeferred);
        Code.Set(CodeOptions.Waiting, isDeferred
            && Code.StartsAt - Limits.SetBeforeStartSeconds > _time.Utc);
    }

    /// <summary>Notes the attempt when it was stored.</summary>
    /// <param name="status">How storing ended.</param>
    /// <param name="frame">What was stored.</param>
    /// <param name="location">Where; -1 when it failed.</param>
    /// <returns>The status.</returns>
    public StorageStatus Store(StorageStatus status, byte[] frame, int location)
    {
        if (location != None)
        {
            _tables.Attempts.Add(frame, location);
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
