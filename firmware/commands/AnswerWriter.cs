// Answers to commands, and the retained state of an access code, as JSON. A stored answer is
// written from the frame that holds it, so that a repeated command gets the same bytes, also after
// a reboot. Outbox and CommandDesk call it.

using System;

namespace Keyway.Firmware;

/// <summary>Writes action attempts, answers and access codes.</summary>
public sealed class AnswerWriter
{
    private readonly AccessCodeWriter _codes;
    private readonly CodeDigits _digits;
    private readonly JsonWriter _json = new(Limits.PublishBytes);
    private readonly byte[] _text = new byte[Limits.CodeDigitsMax];

    /// <summary>Wires the writer.</summary>
    /// <param name="codes">Writes access codes.</param>
    /// <param name="digits">Makes again the digits that the lock has made.</param>
    public AnswerWriter(AccessCodeWriter codes, CodeDigits digits)
    {
        _codes = codes;
        _digits = digits;
    }

    /// <summary>What is wrong with a command, for people: the member, and what to do.</summary>
    public static string MessageOf(Refusal refusal, CommandMember member, string detail) =>
        CommandMembers.NameOf(member) + ": "
        + (refusal == Refusal.NotJson ? detail : Refusals.TextOf(refusal) + detail);

    /// <summary>What is wrong with the JSON of a payload, and where; empty for nothing.</summary>
    public static string JsonDetail(JsonError error, int position) =>
        error == JsonError.None ? "" : JsonReader.Describe(error) + " at byte " + position;

    /// <summary>The answer that is stored.</summary>
    /// <param name="answer">As <see cref="ActionAttempts.Read"/> gives it.</param>
    public byte[] FromStored(AccessCode answer)
    {
        byte[] frame = answer.Bytes;
        var action = (CommandAction)frame[Frame.Action];
        var refusal = (Refusal)frame[Frame.Error];
        if (refusal != Refusal.None)
        {
            string detail = Uuid.IsZero(frame, Frame.Detail)
                ? "" : ": access code " + Uuid.ToText(frame, Frame.Detail);
            return Refused(frame, Frame.AttemptId, action, refusal,
                MessageOf(refusal, (CommandMember)frame[Frame.Member], detail));
        }

        BeginSuccess(frame, Frame.AttemptId, action);
        if (action is CommandAction.Create or CommandAction.Update or CommandAction.PullBackup)
        {
            WriteStoredCode(answer);
        }

        _json.EndObject();
        byte[] written = _json.ToArray();
        _json.Forget();
        return written;
    }

    /// <summary>The answer to a command that is refused and not stored.</summary>
    public byte[] FromRefusal(Command command) =>
        Refused(command.ActionAttemptId, 0, command.Action, command.Refusal,
            MessageOf(command.Refusal, command.RefusedMember,
                JsonDetail(command.JsonError, command.JsonPosition)));

    /// <summary>The answer to a get.</summary>
    /// <param name="command">Asked for it.</param>
    /// <param name="code">As read from the book.</param>
    public byte[] FromCode(Command command, AccessCode code)
    {
        BeginSuccess(command.ActionAttemptId, 0, command.Action);
        _json.Name("access_code");
        _codes.Write(_json, code);
        _json.EndObject();
        return _json.ToArray();
    }

    /// <summary>The answer to a list: what follows the cursor, as much as fits. Among codes that
    /// cannot be read the page may be short, or empty with a next cursor.</summary>
    /// <param name="command">Asked for it.</param>
    /// <param name="book">Holds the codes.</param>
    /// <param name="code">Is overwritten.</param>
    /// <returns>The answer; null when a code cannot be read now.</returns>
    public byte[] FromList(Command command, CodeBook book, AccessCode code)
    {
        int limit = command.Limit > 0 && command.Limit < Limits.ListPage
            ? command.Limit : Limits.ListPage;
        byte[] page = ListPage(command, book, code, limit);

        // Names may be long when they are escaped; one code always fits.
        return _json.Overflowed ? ListPage(command, book, code, 1) : page;
    }

    private byte[] ListPage(Command command, CodeBook book, AccessCode code, int limit)
    {
        int slot = book.Slots.FindPlaced(command.PageCursor);
        BeginSuccess(command.ActionAttemptId, 0, command.Action);
        _json.Name("access_codes");
        _json.BeginArray();
        for (int i = 0; i < Limits.SlotsPerStep && limit > 0 && slot < book.Capacity; i++)
        {
            StorageStatus status = book.Read(slot, code);
            if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
            {
                return null;
            }

            // A window that somebody has rewritten on the flash is nobody's.
            if (status == StorageStatus.Ok && book.IsOurs(slot, code))
            {
                _codes.Write(_json, code);
                limit--;
            }

            slot = book.Slots.FindPlaced(slot + 1);
        }

        _json.EndArray();
        _json.Member("next_cursor", slot < book.Capacity ? CursorOf(slot) : null);
        _json.EndObject();
        return _json.ToArray();
    }

    /// <summary>The retained state of an access code, without its digits.</summary>
    /// <param name="code">As stored.</param>
    public byte[] State(AccessCode code)
    {
        _json.Reset();
        _codes.Write(_json, code);
        return _json.ToArray();
    }

    private static string CursorOf(int slot) => slot.ToString();

    private byte[] Refused(
        byte[] id, int offset, CommandAction action, Refusal refusal, string message)
    {
        Begin(id, offset, action, "error");
        if (IsAttempt(action))
        {
            _json.Name("result");
            _json.Null();
        }

        _json.Name("error");
        _json.BeginObject();
        _json.Member("type", Refusals.TypeOf(refusal));
        _json.Member("message", message);
        _json.EndObject();
        _json.EndObject();
        return _json.ToArray();
    }

    private void BeginSuccess(byte[] id, int offset, CommandAction action)
    {
        Begin(id, offset, action, "success");
        if (IsAttempt(action))
        {
            _json.Name("result");
            _json.BeginObject();
            _json.EndObject();
        }

        _json.Name("error");
        _json.Null();
    }

    private void Begin(byte[] id, int offset, CommandAction action, string status)
    {
        _json.Reset();
        _json.BeginObject();
        _json.Member("action_attempt_id", Uuid.ToText(id, offset));
        if (IsAttempt(action))
        {
            _json.Member("action_type", TypeOf(action));
        }

        _json.Member("status", status);
    }

    // The others are answers, and no action attempts of the API.
    private static bool IsAttempt(CommandAction action) => action is not (CommandAction.PullBackup
        or CommandAction.Get or CommandAction.List);

    private static string TypeOf(CommandAction action) => action switch
    {
        CommandAction.Create => "CREATE_ACCESS_CODE",
        CommandAction.Update => "UPDATE_ACCESS_CODE",
        CommandAction.Delete => "DELETE_ACCESS_CODE",
        CommandAction.UnlockDoor => "UNLOCK_DOOR",
        _ => "LOCK_DOOR",
    };

    // The status is that of the moment of the command, since an answer is the same for ever.
    private void WriteStoredCode(AccessCode answer)
    {
        byte[] frame = answer.Bytes;
        long startsAt = Frame.GetUInt32(frame, Frame.Detail);
        long createdAt = Frame.GetUInt32(frame, Frame.Detail + 8);
        var options = (CodeOptions)Frame.GetUInt16(frame, Frame.AttemptOptions);
        CodeStatus status = (options & CodeOptions.AnsweredUnset) != 0 ? CodeStatus.Unset
            : (options & CodeOptions.AnsweredUnknown) != 0 ? CodeStatus.Unknown : CodeStatus.Set;
        _json.Name("access_code");
        _json.BeginObject();
        _json.Member("access_code_id", Uuid.ToText(frame, Frame.AccessCodeId));
        AccessCodeWriter.WriteWindow(_json, startsAt, Frame.GetUInt32(frame, Frame.Detail + 4),
            createdAt, status);
        int count = _digits.Remake(answer, _text);
        if (count > 0)
        {
            _json.Name("code");
            _json.String(_text, 0, count);
            Array.Clear(_text, 0, _text.Length);
        }

        _json.EndObject();
    }
}
