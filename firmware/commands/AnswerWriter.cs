// Answers to commands, and the retained state of an access code, as JSON. A stored answer is
// written from the frame that holds it, so that a repeated command gets the same bytes, also after
// a reboot. Outbox and CommandRunner call it.

using System;

namespace Keyway.Firmware;

/// <summary>Writes the payloads of action_attempts, answers and access_codes/state, each as a new
/// document of the agent's one writer.</summary>
public sealed class AnswerWriter
{
    private readonly JsonWriter _json;
    private readonly CodeBook _book;
    private readonly AgentSettings _settings;

    /// <summary>Wires the writer.</summary>
    /// <param name="json">The agent's.</param>
    /// <param name="book">What is so of an access code now.</param>
    /// <param name="settings">The lock's secrets, to make digits again.</param>
    public AnswerWriter(JsonWriter json, CodeBook book, AgentSettings settings)
    {
        _json = json;
        _book = book;
        _settings = settings;
    }

    /// <summary>What a refusal says: the member, what is wrong with it, what to do.</summary>
    public static string MessageOf(Refusal refusal, CommandMember member, string detail) =>
        CommandMembers.NameOf(member) + ": "
        + (refusal == Refusal.NotJson ? detail : Refusals.TextOf(refusal) + detail);

    /// <summary>Where JSON is wrong and why; empty when it is not.</summary>
    public static string JsonDetail(JsonError error, int position) =>
        error == JsonError.None ? "" : JsonErrors.TextOf(error) + " at byte " + position;

    /// <summary>The answer that a frame on flash holds.</summary>
    /// <param name="answer">As <see cref="ActionAttempts.Read"/> leaves it.</param>
    public void FromStored(AccessCode answer)
    {
        byte[] frame = answer.Bytes;
        var action = (CommandAction)frame[Frame.Action];
        var refusal = (Refusal)frame[Frame.Error];
        if (refusal != Refusal.None)
        {
            string detail = Uuid.IsZero(frame, Frame.Detail)
                ? "" : ": access code " + Uuid.ToText(frame, Frame.Detail);
            Refused(frame, Frame.AttemptId, action, refusal,
                MessageOf(refusal, (CommandMember)frame[Frame.Member], detail));
            return;
        }

        Begin(frame, Frame.AttemptId, action);
        _json.Raw(Success(action));
        if (action is CommandAction.Create or CommandAction.Update or CommandAction.PullBackup)
        {
            WriteStoredCode(answer);
        }

        _json.EndObject();
    }

    /// <summary>The answer to a command that was refused and is not stored.</summary>
    public void FromRefusal(Command command) =>
        Refused(command.ActionAttemptId, 0, command.Action, command.Refusal,
            MessageOf(command.Refusal, command.RefusedMember,
                JsonDetail(command.JsonError, command.JsonPosition)));

    /// <summary>The answer to a question about one access code.</summary>
    public void FromCode(Command command, AccessCode code)
    {
        Begin(command.ActionAttemptId, 0, command.Action);
        _json.Raw(Success(command.Action));
        _json.Name("access_code");
        AccessCodeWriter.Write(_json, _settings, _book, code);
        _json.EndObject();
    }

    /// <summary>Begins the answer to list: a page of access codes in slot order.</summary>
    public void BeginList(Command command)
    {
        Begin(command.ActionAttemptId, 0, command.Action);
        _json.Raw(Success(command.Action));
        _json.Raw(",\"access_codes\":[");
    }

    /// <summary>Adds an access code to the page.</summary>
    /// <returns>False: it does not fit any more. One code always fits.</returns>
    public bool TryAdd(AccessCode code)
    {
        AccessCodeWriter.Write(_json, _settings, _book, code);
        return !_json.Overflowed;
    }

    /// <summary>Ends the page.</summary>
    /// <param name="next">The slot where the next one begins; -1 when there is none.</param>
    /// <returns>False: it does not fit any more.</returns>
    public bool TryEndList(int next)
    {
        _json.EndArray();
        _json.Member("next_cursor", next < 0 ? null : next.ToString());
        _json.EndObject();
        return !_json.Overflowed;
    }

    /// <summary>An access code as it is retained under its id.</summary>
    public void State(AccessCode code)
    {
        _json.Reset();
        AccessCodeWriter.Write(_json, _settings, _book, code);
    }

    private void Refused(
        byte[] id, int offset, CommandAction action, Refusal refusal, string message)
    {
        Begin(id, offset, action);
        _json.Raw(IsAttempt(action) ? ",\"status\":\"error\",\"result\":null,\"error\":{"
            : ",\"status\":\"error\",\"error\":{");
        _json.Member("type", Refusals.TypeOf(refusal));
        _json.Member("message", message);
        _json.Raw("}}");
    }

    private void Begin(byte[] id, int offset, CommandAction action)
    {
        _json.Reset();
        _json.Raw("{\"action_attempt_id\":\"");
        _json.Uuid(id, offset);
        _json.Raw("\"");
        if (IsAttempt(action))
        {
            _json.Member("action_type", TypeOf(action));
        }
    }

    private static string Success(CommandAction action) => IsAttempt(action)
        ? ",\"status\":\"success\",\"result\":{},\"error\":null"
        : ",\"status\":\"success\",\"error\":null";

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
        var options = (CodeOptions)Frame.GetUInt16(frame, Frame.AttemptOptions);
        CodeStatus status = (options & CodeOptions.AnsweredUnset) != 0 ? CodeStatus.Unset
            : (options & CodeOptions.AnsweredUnknown) != 0 ? CodeStatus.Unknown : CodeStatus.Set;
        _json.Raw(",\"access_code\":{\"access_code_id\":\"");
        _json.Uuid(frame, Frame.AccessCodeId);
        _json.Raw("\"");
        AccessCodeWriter.WriteWindow(_json, Frame.GetUInt32(frame, Frame.Detail),
            Frame.GetUInt32(frame, Frame.Detail + 4), Frame.GetUInt32(frame, Frame.Detail + 8),
            status);
        if ((options & CodeOptions.Derived) != 0)
        {
            WriteDigits(answer);
        }

        _json.EndObject();
    }

    private void WriteDigits(AccessCode answer)
    {
        var digits = new byte[Limits.CodeDigitsMax];
        int count = MadeDigits.Remake(_settings, _book.Secret.Hash, answer, digits);
        if (count > 0)
        {
            _json.Name("code");
            _json.String(digits, 0, count);
            Array.Clear(digits, 0, digits.Length);
        }
    }
}
