// An event frame as JSON. Outbox calls it when the event is sent, so that only the frame is kept.

namespace Keyway.Firmware;

/// <summary>Writes the payloads of the events topic; never with digits.</summary>
public sealed class EventWriter
{
    private readonly Topics _topics;
    private readonly JsonWriter _json = new(Limits.PublishBytes);

    /// <summary>Wires the writer.</summary>
    public EventWriter(Topics topics) => _topics = topics;

    /// <summary>The event that a frame holds.</summary>
    /// <param name="frame">An Event frame.</param>
    public byte[] FromFrame(byte[] frame)
    {
        var kind = (EventKind)frame[Frame.Action];
        int reason = frame[Frame.Reason];
        long occurredAt = Frame.GetUInt32(frame, Frame.OccurredAt);
        _json.Reset();
        _json.BeginObject();
        _json.Member("event_id", Uuid.ToText(frame, Frame.AttemptId));
        _json.Member("event_type", TypeOf(kind, reason));
        _json.Member("sequence", Frame.GetUInt32(frame, Frame.Serial));
        _json.Member("occurred_at", occurredAt == 0 ? null : Iso8601.ToText(occurredAt));
        if (kind == EventKind.Entry)
        {
            Entry((CodeMatch)reason, frame);
        }
        else
        {
            _json.Member("message", MessageOf(kind, reason, frame));
        }

        _json.EndObject();
        return _json.ToArray();
    }

    private static string TypeOf(EventKind kind, int reason) => kind switch
    {
        EventKind.Entry => reason == (int)CodeMatch.Opens ? "lock.unlocked" : "lock.access_denied",
        EventKind.CommandRefused or EventKind.CommandRetained => "keyway.command_refused",
        _ => "keyway.storage_trouble",
    };

    private void Entry(CodeMatch match, byte[] frame)
    {
        if (match == CodeMatch.Opens)
        {
            _json.Member("method", "keycode");
        }
        else
        {
            _json.Member("reason", ReasonOf(match));
        }

        if (!Uuid.IsZero(frame, Frame.AccessCodeId))
        {
            _json.Member("access_code_id", Uuid.ToText(frame, Frame.AccessCodeId));
        }
    }

    private string MessageOf(EventKind kind, int reason, byte[] frame) => kind switch
    {
        EventKind.CommandRefused => TopicOf(frame) + ": " + AnswerWriter.MessageOf(
            (Refusal)reason, (CommandMember)frame[Frame.EventMember],
            AnswerWriter.JsonDetail((JsonError)frame[Frame.EventJsonError],
                Frame.GetUInt16(frame, Frame.EventNumber))),
        EventKind.CommandRetained => TopicOf(frame) + ": payload: is retained, and a stored "
            + "command must not run again at each start; publish it without the retain flag",
        EventKind.CodesLost => Frame.GetUInt16(frame, Frame.EventNumber) + " access codes on the "
            + "keypad's flash cannot be read; list the codes and create them again",
        _ => TroubleOf((StorageStatus)reason),
    };

    private string TopicOf(byte[] frame)
    {
        int action = frame[Frame.EventAction];
        return action < _topics.Commands.Length ? _topics.Commands[action] : "";
    }

    private static string TroubleOf(StorageStatus status) => status switch
    {
        StorageStatus.UnknownFormat => "the keypad's flash was written in another format; "
            + "it is left untouched and no code opens",
        StorageStatus.Damaged => "a sector of the keypad's flash is worn or has rotted; the lock "
            + "goes on, have the keypad replaced",
        StorageStatus.WriteFailed => "the keypad's flash did not keep what was written",
        _ => "the keypad's flash does not answer, or is not the part that the board expects; "
            + "no code opens",
    };

    private static string ReasonOf(CodeMatch match) => match switch
    {
        CodeMatch.NotYet => "before_starts_at",
        CodeMatch.Ended => "after_ends_at",
        CodeMatch.ClockNotKnown => "clock_not_known",
        CodeMatch.Damaged => "code_damaged",
        CodeMatch.NotReady => "storage_not_ready",
        _ => "unknown_code",
    };
}
