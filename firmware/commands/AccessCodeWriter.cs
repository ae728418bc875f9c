// An access code as a JSON object of the API, without its digits. AnswerWriter and Outbox call it.

namespace Keyway.Firmware;

/// <summary>Writes access codes.</summary>
public static class AccessCodeWriter
{
    private const string NotKept = "The keypad's flash did not keep it; it is tried again.";

    /// <summary>Writes an object.</summary>
    /// <param name="json">Receives it.</param>
    /// <param name="settings">The lock's.</param>
    /// <param name="book">The lock's.</param>
    /// <param name="code">As read from the book.</param>
    public static void Write(
        JsonWriter json, AgentSettings settings, CodeBook book, AccessCode code)
    {
        CodeOptions options = code.Options;
        long endsAt = code.EndsAt;
        bool isWaiting = (options & CodeOptions.Waiting) != 0;
        json.BeginObject();
        json.MemberUuid("access_code_id", code.Bytes, Frame.AccessCodeId);
        json.Member("device_id", settings.DeviceId);
        WriteName(json, settings, code);
        WriteWindow(json, code.StartsAt, endsAt, code.CreatedAt, StatusOf(book, code));
        json.Raw((options & CodeOptions.Unmanaged) == 0
            ? ",\"is_managed\":true" : ",\"is_managed\":false");
        json.Raw(endsAt != 0 && !isWaiting
            ? ",\"is_scheduled_on_device\":true" : ",\"is_scheduled_on_device\":false");
        json.Raw((options & CodeOptions.ExternalModification) != 0
            ? ",\"is_external_modification_allowed\":true"
            : ",\"is_external_modification_allowed\":false");
        json.Raw((options & CodeOptions.OneTime) != 0
            ? ",\"is_one_time_use\":true" : ",\"is_one_time_use\":false");
        json.Raw((options & CodeOptions.Offline) != 0
            ? ",\"is_offline_access_code\":true" : ",\"is_offline_access_code\":false");
        json.Raw((options & CodeOptions.Backup) != 0
            ? ",\"is_backup\":true" : ",\"is_backup\":false");
        json.Raw((options & CodeOptions.UsesPool) != 0
            ? ",\"is_backup_access_code_available\":true"
            : ",\"is_backup_access_code_available\":false");
        WriteTroubles(json, book, code);
        json.Raw(",\"pending_mutations\":[");
        if (isWaiting)
        {
            WriteDeferring(json, code);
        }

        json.Raw("]}");
    }

    /// <summary>Where an access code is now.</summary>
    private static CodeStatus StatusOf(CodeBook book, AccessCode code)
    {
        if (IsUsedUp(book, code))
        {
            return CodeStatus.Unset;
        }

        return code.MatchAt(book.Time.Now) switch
        {
            CodeMatch.Opens => CodeStatus.Set,
            CodeMatch.ClockNotKnown => CodeStatus.Unknown,
            _ => CodeStatus.Unset,
        };
    }

    /// <summary>Writes the members about the window.</summary>
    public static void WriteWindow(
        JsonWriter json, long startsAt, long endsAt, long createdAt, CodeStatus status)
    {
        bool isOngoing = endsAt == 0;
        json.Raw(isOngoing ? ",\"type\":\"ongoing\",\"status\":\""
            : ",\"type\":\"time_bound\",\"status\":\"");
        json.Raw(status == CodeStatus.Set ? "set\""
            : status == CodeStatus.Unset ? "unset\"" : "unknown\"");
        if (isOngoing)
        {
            json.Raw(",\"starts_at\":null,\"ends_at\":null");
        }
        else
        {
            WriteTime(json, "starts_at", startsAt);
            WriteTime(json, "ends_at", endsAt);
        }

        json.MemberTime("created_at", createdAt);
    }

    // A window may begin with 1970, which elsewhere stands for no time.
    private static void WriteTime(JsonWriter json, string name, long unixSeconds)
    {
        if (unixSeconds == 0)
        {
            json.Member(name, "1970-01-01T00:00:00Z");
        }
        else
        {
            json.MemberTime(name, unixSeconds);
        }
    }

    private static bool IsUsedUp(CodeBook book, AccessCode code) =>
        code.Has(CodeOptions.OneTime) && book.IsUsed(code);

    // What the lock does at the code's times: Schedule tells when they come.
    private static void WriteTroubles(JsonWriter json, CodeBook book, AccessCode code)
    {
        if (code.EndsAt == 0
            && !code.Has(CodeOptions.OneTime | CodeOptions.ModifiedAtKeypad))
        {
            json.Raw(",\"errors\":[],\"warnings\":[]");
            return;
        }

        long sinceRemove = book.Time.Utc - book.Times.RemoveAt(code, IsUsedUp(book, code));
        long sinceSet = sinceRemove >= 0 ? -1 : book.Time.Utc - CodeTimes.SetAt(code);
        json.Raw(",\"errors\":[");
        if (book.Times.IsFailing && sinceRemove >= 0)
        {
            WriteNote(json, "error_code", "failed_to_remove_from_device", NotKept);
        }
        else if (book.Times.IsFailing && sinceSet >= 0)
        {
            WriteNote(json, "error_code", "failed_to_set_on_device", NotKept);
        }

        json.Raw("],\"warnings\":[");
        if (code.Has(CodeOptions.ModifiedAtKeypad))
        {
            WriteNote(json, "warning_code", "code_modified_external_to_seam",
                "The digits were changed at the keypad.");
        }

        if (sinceRemove >= Limits.LateSeconds)
        {
            WriteNote(json, "warning_code", "delay_in_removing_from_device",
                "Is in its slot longer than it should be.");
        }
        else if (sinceSet >= Limits.LateSeconds)
        {
            WriteNote(json, "warning_code", "delay_in_setting_on_device",
                "Is not in its slot yet.");
        }

        json.Raw("]");
    }

    private static void WriteName(JsonWriter json, AgentSettings settings, AccessCode code)
    {
        json.Name("name");
        if (code.NameCount == 0)
        {
            json.String(settings.Constraints.DefaultName(code.Slot));
        }
        else
        {
            json.String(code.Bytes, AccessCode.NameOffset, code.NameCount);
        }
    }

    private static void WriteNote(JsonWriter json, string member, string type, string message)
    {
        json.BeginObject();
        json.Member(member, type);
        json.Member("message", message);
        json.EndObject();
    }

    private static void WriteDeferring(JsonWriter json, AccessCode code)
    {
        json.BeginObject();
        json.Member("mutation_code", "deferring_creation");
        json.MemberTime("created_at", code.CreatedAt);
        json.MemberTime("scheduled_at", code.StartsAt - Limits.SetBeforeStartSeconds);
        json.Member("message", "Is written to the keypad an hour before it starts.");
        json.EndObject();
    }
}
