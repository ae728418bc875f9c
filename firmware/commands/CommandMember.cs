namespace Keyway.Firmware;

/// <summary>The members of a command's payload; also bits of a present-mask, and
/// stored on flash: never reuse one.</summary>
public enum CommandMember
{
    /// <summary>None of them: the payload as a whole.</summary>
    Payload = 0,

    /// <summary>action_attempt_id.</summary>
    ActionAttemptId = 1,

    /// <summary>access_code_id.</summary>
    AccessCodeId = 2,

    /// <summary>device_id.</summary>
    DeviceId = 3,

    /// <summary>issued_at.</summary>
    IssuedAt = 4,

    /// <summary>expires_at.</summary>
    ExpiresAt = 5,

    /// <summary>code.</summary>
    Code = 6,

    /// <summary>name.</summary>
    Name = 7,

    /// <summary>starts_at.</summary>
    StartsAt = 8,

    /// <summary>ends_at.</summary>
    EndsAt = 9,

    /// <summary>preferred_code_length.</summary>
    PreferredCodeLength = 10,

    /// <summary>common_code_key.</summary>
    CommonCodeKey = 11,

    /// <summary>allow_external_modification.</summary>
    AllowExternalModification = 12,

    /// <summary>is_external_modification_allowed.</summary>
    IsExternalModificationAllowed = 13,

    /// <summary>prefer_native_scheduling.</summary>
    PreferNativeScheduling = 14,

    /// <summary>attempt_for_offline_device.</summary>
    AttemptForOfflineDevice = 15,

    /// <summary>is_offline_access_code.</summary>
    IsOfflineAccessCode = 16,

    /// <summary>use_offline_access_code.</summary>
    UseOfflineAccessCode = 17,

    /// <summary>is_one_time_use.</summary>
    IsOneTimeUse = 18,

    /// <summary>max_time_rounding.</summary>
    MaxTimeRounding = 19,

    /// <summary>use_backup_access_code_pool.</summary>
    UseBackupPool = 20,

    /// <summary>keyway_duress.</summary>
    Duress = 21,

    /// <summary>type.</summary>
    Type = 22,

    /// <summary>limit.</summary>
    Limit = 23,

    /// <summary>page_cursor.</summary>
    PageCursor = 24,

    /// <summary>keyway_offline_label.</summary>
    OfflineLabel = 25,

    /// <summary>keyway_offline_index.</summary>
    OfflineIndex = 26,

    /// <summary>action_type.</summary>
    ActionType = 27,
}
