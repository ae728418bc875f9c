namespace Keyway.Firmware;

/// <summary>The members of a command's payload; also bits of a present-mask.</summary>
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
}
