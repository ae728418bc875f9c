// An event frame as JSON. Outbox calls it when the event is sent, so that only the frame is kept.

namespace Keyway.Firmware;

/// <summary>Writes the payloads of the events topic; never with digits.</summary>
public static class EventWriter
{
    /// <summary>Writes the event that a frame holds.</summary>
    /// <param name="json">Is begun anew.</param>
    /// <param name="topics">The lock's.</param>
    /// <param name="frame">An Event frame.</param>
    public static void Write(JsonWriter json, Topics topics, byte[] frame)
    {
        var kind = (EventKind)frame[Frame.Action];
        int reason = frame[Frame.Reason];
        json.Reset();
        json.Raw("{\"event_id\":\"");
        json.Uuid(frame, Frame.AttemptId);
        json.Raw("\"");
        json.Member("event_type", TypeOf(kind, reason));
        json.Member("sequence", Frame.GetUInt32(frame, Frame.Serial));
        json.MemberTime("occurred_at", Frame.GetUInt32(frame, Frame.OccurredAt));
        Detail(json, topics, frame);
        json.EndObject();
    }

    private static string TypeOf(EventKind kind, int reason) => kind switch
    {
        EventKind.Entry => TypeOf((CodeMatch)reason),
        EventKind.CommandRefused or EventKind.CommandRetained => "keyway.command_refused",
        EventKind.UnlockedByCommand => "lock.unlocked",
        EventKind.Locked => "lock.locked",
        EventKind.LockedOut => "keyway.locked_out",
        EventKind.Tamper => "keyway.tamper",
        EventKind.DoorForced => "keyway.door_forced",
        EventKind.DoorHeldOpen => "keyway.door_held_open",
        EventKind.ExitButton => "keyway.exit_button",
        EventKind.ClockSet => "keyway.clock_set",
        EventKind.ClockDoubted => "keyway.clock_doubted",
        EventKind.Duress => "keyway.duress",
        EventKind.CodeChanged => TypeOf((CodeChange)reason),
        EventKind.FeedbackLate => "keyway.feedback_late",
        _ => "keyway.storage_trouble",
    };

    private static string TypeOf(CodeMatch match) => match switch
    {
        CodeMatch.Opens => "lock.unlocked",
        CodeMatch.Master => "keyway.programming_mode",
        _ => "lock.access_denied",
    };

    private static string TypeOf(CodeChange change) => change switch
    {
        CodeChange.Created => "access_code.created",
        CodeChange.SetOnDevice => "access_code.set_on_device",
        CodeChange.RemovedFromDevice => "access_code.removed_from_device",
        CodeChange.FailedToSetOnDevice => "access_code.failed_to_set_on_device",
        CodeChange.DelayInSettingOnDevice => "access_code.delay_in_setting_on_device",
        CodeChange.FailedToRemoveFromDevice => "access_code.failed_to_remove_from_device",
        CodeChange.DelayInRemovingFromDevice => "access_code.delay_in_removing_from_device",
        CodeChange.ModifiedExternally => "access_code.modified_external_to_seam",
        _ => "access_code.deleted_external_to_seam",
    };

    private static void Detail(JsonWriter json, Topics topics, byte[] frame)
    {
        var kind = (EventKind)frame[Frame.Action];
        int reason = frame[Frame.Reason];
        int number = Frame.GetUInt16(frame, Frame.EventNumber);
        switch (kind)
        {
            case EventKind.Entry:
                Entry(json, (CodeMatch)reason, frame);
                break;
            case EventKind.UnlockedByCommand:
                json.Member("method", "remote");
                break;
            case EventKind.Locked:
                json.Member("method", number == 0 ? "remote" : "automatic");
                break;
            case EventKind.LockedOut or EventKind.DoorHeldOpen or EventKind.ClockSet:
                json.Member("seconds", number);
                break;
            case EventKind.FeedbackLate:
                json.Member("milliseconds", number);
                break;
            case EventKind.CodeChanged or EventKind.Duress:
                AccessCodeId(json, frame);
                break;
            case EventKind.CommandRefused or EventKind.CommandRetained
                or EventKind.StorageTrouble or EventKind.CodesLost:
                json.Member("message", MessageOf(topics, frame));
                break;
            default:
                break;
        }
    }

    private static void Entry(JsonWriter json, CodeMatch match, byte[] frame)
    {
        if (match is CodeMatch.Opens or CodeMatch.Master)
        {
            json.Member("method", "keycode");
        }
        else
        {
            json.Member("reason", ReasonOf(match));
        }

        AccessCodeId(json, frame);
    }

    private static void AccessCodeId(JsonWriter json, byte[] frame)
    {
        if (!Uuid.IsZero(frame, Frame.AccessCodeId))
        {
            json.MemberUuid("access_code_id", frame, Frame.AccessCodeId);
        }
    }

    private static string MessageOf(Topics topics, byte[] frame)
    {
        int reason = frame[Frame.Reason];
        int number = Frame.GetUInt16(frame, Frame.EventNumber);
        string topic = topics.CommandTopic(frame[Frame.EventAction]);
        return (EventKind)frame[Frame.Action] switch
        {
            EventKind.CommandRefused => topic + ": " + AnswerWriter.MessageOf(
                (Refusal)reason, (CommandMember)frame[Frame.EventMember],
                AnswerWriter.JsonDetail((JsonError)frame[Frame.EventJsonError], number)),
            EventKind.CommandRetained => topic + ": payload: is retained, and a stored command "
                + "must not run again at each start; publish it without the retain flag",
            EventKind.CodesLost => number + " access codes on the keypad's flash cannot be read; "
                + "list the codes and create them again",
            _ => TroubleOf((StorageStatus)reason),
        };
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
        CodeMatch.Used => "already_used",
        CodeMatch.LockedOut => "locked_out",
        _ => "unknown_code",
    };
}
