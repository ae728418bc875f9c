// An access code as a JSON object of the API, without its digits. AnswerWriter and Outbox call it.

namespace Keyway.Firmware;

/// <summary>Writes access codes.</summary>
public sealed class AccessCodeWriter
{
    private const string NotKept = "The keypad's flash did not keep it; it is tried again.";
    private readonly CodeBook _book;
    private readonly TimeOfDay _time;
    private readonly string _deviceId;
    private readonly CodeConstraints _constraints;

    /// <summary>Wires the writer.</summary>
    public AccessCodeWriter(
        CodeBook book, TimeOfDay time, string deviceId, CodeConstraints constraints)
    {
        _constraints = constraints;
        _book = book;
        _time = time;
        _deviceId = deviceId;
    }

    /// <summary>Writes an object.</summary>
    /// <param name="json">Receives it.</param>
    /// <param name="code">As read from the book.</param>
    public void Write(JsonWriter json, AccessCode code)
    {
        bool isWaiting = code.Has(CodeOptions.Waiting);
        CodeStatus status = StatusOf(code);
        json.BeginObject();
        json.Member("access_code_id", Uuid.ToText(code.Bytes, Frame.AccessCodeId));
        json.Member("device_id", _deviceId);
        WriteName(json, code);
        WriteWindow(json, code.StartsAt, code.EndsAt, code.CreatedAt, status);
        json.Member("is_managed", !code.Has(CodeOptions.Unmanaged));
        json.Member("is_scheduled_on_device", code.EndsAt != 0 && !isWaiting);
        json.Member("is_external_modification_allowed",
            code.Has(CodeOptions.ExternalModification));
        json.Member("is_one_time_use", code.Has(CodeOptions.OneTime));
        json.Member("is_offline_access_code", code.Has(CodeOptions.Offline));
        json.Member("is_backup", code.Has(CodeOptions.Backup));
        json.Member("is_backup_access_code_available", code.Has(CodeOptions.UsesPool));
        WriteTroubles(json, code);
        json.Name("pending_mutations");
        json.BeginArray();
        if (isWaiting)
        {
            WriteDeferring(json, code);
        }

        json.EndArray();
        json.EndObject();
    }

    /// <summary>Where an access code is now.</summary>
    private CodeStatus StatusOf(AccessCode code)
    {
        if (IsUsedUp(code))
        {
            return CodeStatus.Unset;
        }

        return code.MatchAt(_time.Now) switch
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
        json.Member("type", isOngoing ? "ongoing" : "time_bound");
        json.Member("status", status == CodeStatus.Set ? "set"
            : status == CodeStatus.Unset ? "unset" : "unknown");
        json.Member("starts_at", isOngoing ? null : Iso8601.ToText(startsAt));
        json.Member("ends_at", isOngoing ? null : Iso8601.ToText(endsAt));
        json.Member("created_at", createdAt == 0 ? null : Iso8601.ToText(createdAt));
    }

    private bool IsUsedUp(AccessCode code) =>
        code.Has(CodeOptions.OneTime) && _book.IsUsed(code);

    // What the lock does at the code's times: Schedule tells when they come.
    private void WriteTroubles(JsonWriter json, AccessCode code)
    {
        long sinceRemove = _time.Utc - _book.Times.RemoveAt(code, IsUsedUp(code));
        long sinceSet = sinceRemove >= 0 ? -1 : _time.Utc - CodeTimes.SetAt(code);
        json.Name("errors");
        json.BeginArray();
        if (_book.Times.IsFailing && sinceRemove >= 0)
        {
            WriteNote(json, "error_code", "failed_to_remove_from_device", NotKept);
        }
        else if (_book.Times.IsFailing && sinceSet >= 0)
        {
            WriteNote(json, "error_code", "failed_to_set_on_device", NotKept);
        }

        json.EndArray();
        json.Name("warnings");
        json.BeginArray();
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

        json.EndArray();
    }

    private void WriteName(JsonWriter json, AccessCode code)
    {
        json.Name("name");
        if (code.NameCount == 0)
        {
            json.String(_constraints.DefaultName(code.Slot));
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
        json.Member("created_at",
            code.CreatedAt == 0 ? null : Iso8601.ToText(code.CreatedAt));
        json.Member("scheduled_at",
            Iso8601.ToText(code.StartsAt - Limits.SetBeforeStartSeconds));
        json.Member("message", "Is written to the keypad an hour before it starts.");
        json.EndObject();
    }
}
