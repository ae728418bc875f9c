namespace Keyway.Firmware;

/// <summary>How the members of a command are spelled, as in the HTTP API.</summary>
public static class CommandMembers
{
    private const int Count = 28;

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
        for (int i = 1; i < Count; i++)
        {
            if (reader.TextIs(NameOf((CommandMember)i)))
            {
                return (CommandMember)i;
            }
        }

        return CommandMember.Payload;
    }

    /// <summary>How a member is written: True for a boolean, Number, or String.</summary>
    public static JsonToken KindOf(CommandMember member) => member switch
    {
        CommandMember.PreferredCodeLength or CommandMember.Limit or CommandMember.OfflineIndex
            => JsonToken.Number,
        CommandMember.AllowExternalModification or CommandMember.IsExternalModificationAllowed
            or CommandMember.PreferNativeScheduling or CommandMember.AttemptForOfflineDevice
            or CommandMember.IsOfflineAccessCode or CommandMember.UseOfflineAccessCode
            or CommandMember.IsOneTimeUse or CommandMember.UseBackupPool or CommandMember.Duress
            => JsonToken.True,
        _ => JsonToken.String,
    };
}
