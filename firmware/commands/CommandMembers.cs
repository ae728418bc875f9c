namespace Keyway.Firmware;

/// <summary>How the members of a command are spelled, as in the HTTP API, and of which kind they
/// are.</summary>
public static class CommandMembers
{
    /// <summary>How many there are, the payload as a whole included.</summary>
    internal const int Count = (int)CommandMember.ActionType + 1;

    // Bits of the members that are numbers, or true or false.
    private const int Numbers = 1 << (int)CommandMember.PreferredCodeLength
        | 1 << (int)CommandMember.Limit | 1 << (int)CommandMember.OfflineIndex;

    private const int Booleans = 1 << (int)CommandMember.AllowExternalModification
        | 1 << (int)CommandMember.IsExternalModificationAllowed
        | 1 << (int)CommandMember.PreferNativeScheduling
        | 1 << (int)CommandMember.AttemptForOfflineDevice
        | 1 << (int)CommandMember.IsOfflineAccessCode
        | 1 << (int)CommandMember.UseOfflineAccessCode | 1 << (int)CommandMember.IsOneTimeUse
        | 1 << (int)CommandMember.UseBackupPool | 1 << (int)CommandMember.Duress;

    /// <summary>The member's name in JSON.</summary>
    public static string NameOf(CommandMember member) => member switch
    {
        CommandMember.ActionAttemptId => "action_attempt_id",
        CommandMember.AccessCodeId => "access_code_id",
        CommandMember.DeviceId => "device_id",
        CommandMember.IssuedAt => "issued_at",
        CommandMember.ExpiresAt => "expires_at",
        CommandMember.Code => "code",
        CommandMember.Name => "name",
        CommandMember.StartsAt => "starts_at",
        CommandMember.EndsAt => "ends_at",
        CommandMember.PreferredCodeLength => "preferred_code_length",
        CommandMember.CommonCodeKey => "common_code_key",
        CommandMember.AllowExternalModification => "allow_external_modification",
        CommandMember.IsExternalModificationAllowed => "is_external_modification_allowed",
        CommandMember.PreferNativeScheduling => "prefer_native_scheduling",
        CommandMember.AttemptForOfflineDevice => "attempt_for_offline_device",
        CommandMember.IsOfflineAccessCode => "is_offline_access_code",
        CommandMember.UseOfflineAccessCode => "use_offline_access_code",
        CommandMember.IsOneTimeUse => "is_one_time_use",
        CommandMember.MaxTimeRounding => "max_time_rounding",
        CommandMember.UseBackupPool => "use_backup_access_code_pool",
        CommandMember.Duress => "keyway_duress",
        CommandMember.Type => "type",
        CommandMember.Limit => "limit",
        CommandMember.PageCursor => "page_cursor",
        CommandMember.OfflineLabel => "keyway_offline_label",
        CommandMember.OfflineIndex => "keyway_offline_index",
        CommandMember.ActionType => "action_type",
        _ => "payload",
    };

    /// <summary>The member whose name the reader has just read.</summary>
    /// <returns>The member, or <see cref="CommandMember.Payload"/> for an unknown one.</returns>
    public static CommandMember Read(JsonReader reader)
    {
        CommandMember member = Candidate(reader.Buffer, reader.TextOffset, reader.TextCount);
        return member != CommandMember.Payload && reader.TextIs(NameOf(member))
            ? member : CommandMember.Payload;
    }

    /// <summary>How a member is written: True for a boolean, Number, or String.</summary>
    public static JsonToken KindOf(CommandMember member)
    {
        int bit = 1 << (int)member;
        return (bit & Numbers) != 0 ? JsonToken.Number
            : (bit & Booleans) != 0 ? JsonToken.True : JsonToken.String;
    }

    // The only member that a name of this size can be, by its first or its last letter.
    private static CommandMember Candidate(byte[] text, int offset, int count)
    {
        int first = text[offset];
        switch (count)
        {
            case 4:
                return first == 'c' ? CommandMember.Code
                    : first == 'n' ? CommandMember.Name : CommandMember.Type;
            case 5: return CommandMember.Limit;
            case 7: return CommandMember.EndsAt;
            case 9:
                return first == 'd' ? CommandMember.DeviceId
                    : first == 's' ? CommandMember.StartsAt : CommandMember.IssuedAt;
            case 10: return CommandMember.ExpiresAt;
            case 11: return first == 'p' ? CommandMember.PageCursor : CommandMember.ActionType;
            case 13: return CommandMember.Duress;
            case 14: return CommandMember.AccessCodeId;
            case 15: return first == 'c' ? CommandMember.CommonCodeKey : CommandMember.IsOneTimeUse;
            case 17:
                return first == 'a' ? CommandMember.ActionAttemptId : CommandMember.MaxTimeRounding;
            case 20:
                return text[offset + count - 1] == 'l'
                    ? CommandMember.OfflineLabel : CommandMember.OfflineIndex;
            case 21: return CommandMember.PreferredCodeLength;
            case 22: return CommandMember.IsOfflineAccessCode;
            case 23: return CommandMember.UseOfflineAccessCode;
            case 24: return CommandMember.PreferNativeScheduling;
            case 26: return CommandMember.AttemptForOfflineDevice;
            case 27:
                return first == 'u'
                    ? CommandMember.UseBackupPool : CommandMember.AllowExternalModification;
            case 32: return CommandMember.IsExternalModificationAllowed;
            default: return CommandMember.Payload;
        }
    }
}
