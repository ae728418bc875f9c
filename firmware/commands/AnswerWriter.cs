// Answers to commands, and the retained state of an access code, as JSON. An answer is written from
// the frame that holds it, so that a repeated command gets the same bytes, also after a reboot.
// CommandDesk calls it.

namespace Keyway.Firmware;

/// <summary>Writes action attempts and access codes.</summary>
public sealed class AnswerWriter
{
    private readonly JsonWriter _json = new(Limits.PublishBytes);

    /// <summary>What is wrong with a command, for people: the member, and what to do.</summary>
    public static string MessageOf(Refusal refusal, CommandMember member, string detail) =>
        CommandMembers.NameOf(member) + ": "
        + (refusal == Refusal.NotJson ? detail : Refusals.TextOf(refusal) + detail);

    /// <summary>What is wrong with the JSON of a payload, and where; empty for nothing.</summary>
    public static string JsonDetail(JsonError error, int position) =>
        error == JsonError.None ? "" : JsonReader.Describe(error) + " at byte " + position;

    /// <summary>The answer that a frame holds.</summary>
    /// <param name="frame">A Code frame, which is a success, or an Attempt frame.</param>
    public byte[] FromFrame(byte[] frame)
    {
        bool isCode = frame[Frame.Type] == (byte)FrameType.Code;
        Refusal refusal = isCode ? Refusal.None : (Refusal)frame[Frame.Error];
        if (refusal != Refusal.None)
        {
            string detail = Uuid.IsZero(frame, Frame.Detail)
                ? "" : ": access code " + Uuid.ToText(frame, Frame.Detail);
            return Refused(frame, Frame.AttemptId, refusal,
                MessageOf(refusal, (CommandMember)frame[Frame.Member], detail));
        }

        Begin(frame, Frame.AttemptId, "success");
        _json.Name("result");
        _json.BeginObject();
        _json.EndObject();
        _json.Name("error");
        _json.Null();
        _json.Name("access_code");
        _json.BeginObject();
        _json.Member("access_code_id", Uuid.ToText(frame, Frame.AccessCodeId));
        Window(frame, isCode ? Frame.StartsAt : Frame.Detail);
        _json.EndObject();
        _json.EndObject();
        return _json.ToArray();
    }

    /// <summary>The answer to a command that is refused and not stored.</summary>
    public byte[] FromRefusal(CreateCommand command) =>
        Refused(command.ActionAttemptId, 0, command.Refusal,
            MessageOf(command.Refusal, command.RefusedMember,
                JsonDetail(command.JsonError, command.JsonPosition)));

    /// <summary>The retained state of an access code, without its digits.</summary>
    /// <param name="code">As stored.</param>
    /// <param name="deviceId">The lock's UUID.</param>
    public byte[] State(AccessCode code, string deviceId)
    {
        _json.Reset();
        _json.BeginObject();
        _json.Member("access_code_id", Uuid.ToText(code.Bytes, Frame.AccessCodeId));
        _json.Member("device_id", deviceId);
        _json.Name("name");
        if (code.NameCount == 0)
        {
            _json.String("Access code " + (code.Slot + 1));
        }
        else
        {
            _json.String(code.Bytes, AccessCode.NameOffset, code.NameCount);
        }

        Window(code.Bytes, Frame.StartsAt);
        _json.EndObject();
        return _json.ToArray();
    }

    private byte[] Refused(byte[] id, int offset, Refusal refusal, string message)
    {
        Begin(id, offset, "error");
        _json.Name("result");
        _json.Null();
        _json.Name("error");
        _json.BeginObject();
        _json.Member("type", Refusals.TypeOf(refusal));
        _json.Member("message", message);
        _json.EndObject();
        _json.EndObject();
        return _json.ToArray();
    }

    private void Begin(byte[] id, int offset, string status)
    {
        _json.Reset();
        _json.BeginObject();
        _json.Member("action_attempt_id", Uuid.ToText(id, offset));
        _json.Member("action_type", "CREATE_ACCESS_CODE");
        _json.Member("status", status);
    }

    // Start, end and creation lie behind one another. The status is that of the moment of creation,
    // since an answer is the same for ever.
    private void Window(byte[] frame, int offset)
    {
        long startsAt = Frame.GetUInt32(frame, offset);
        long endsAt = Frame.GetUInt32(frame, offset + 4);
        long createdAt = Frame.GetUInt32(frame, offset + 8);
        _json.Member("type", endsAt == 0 ? "ongoing" : "time_bound");
        _json.Member("status", startsAt > createdAt ? "unset" : "set");
        _json.Member("starts_at", endsAt == 0 ? null : Iso8601.ToText(startsAt));
        _json.Member("ends_at", endsAt == 0 ? null : Iso8601.ToText(endsAt));
        _json.Member("created_at", createdAt == 0 ? null : Iso8601.ToText(createdAt));
    }
}
