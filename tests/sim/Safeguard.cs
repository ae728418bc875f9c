namespace Keyway.Tests.Sim;

/// <summary>A protection that is switched off, to see that the simulation misses it.</summary>
/// <remarks>All of them sit at the seams: the firmware has no switch for tests.</remarks>
public enum Safeguard
{
    /// <summary>All are on.</summary>
    None = 0,

    /// <summary>The strike's pin is not released at its deadline.</summary>
    StrikeLimit,

    /// <summary>Outputs do not take their safe level at the start.</summary>
    SafeStart,

    /// <summary>A repeated command looks like a new one.</summary>
    Dedupe,

    /// <summary>What the chip says it has programmed is gone at a power cut.</summary>
    Durability,

    /// <summary>A start forgets how many entries were wrong.</summary>
    LockoutCount,

    /// <summary>Durations are measured with the time of day.</summary>
    MonotonicTime,

    /// <summary>Any jump of the clock counts as confirmed.</summary>
    ClockConfirmation,

    /// <summary>A start forgets the latest time ever believed.</summary>
    LatestTime,

    /// <summary>A start forgets which one-time codes were used.</summary>
    UsedMark,

    /// <summary>A start forgets which codes were deleted.</summary>
    Tombstone,

    /// <summary>Events have the digits that were entered.</summary>
    SecretDigits,

    /// <summary>A repeated answer is not the same.</summary>
    StableAnswer,

    /// <summary>Every code on flash has the right tag.</summary>
    Tag,

    /// <summary>All digits have the same MAC.</summary>
    DigitsMac,

    /// <summary>Door commands never expire.</summary>
    Expiry,

    /// <summary>Contacts are not debounced.</summary>
    Debounce,

    /// <summary>Get and list tell what was so when they were asked first.</summary>
    FreshAnswer,

    /// <summary>A start forgets which one-time offline codes were used.</summary>
    OfflineUse,

    /// <summary>A start forgets which offline codes were revoked.</summary>
    Revocation,

    /// <summary>An offline code may be used for the first time a day later.</summary>
    FirstUse,

    /// <summary>Any digits are the master code.</summary>
    MasterCode,

    /// <summary>Every code may be changed at the keypad.</summary>
    ExternalModification,

    /// <summary>A start forgets which codes were made at the keypad.</summary>
    KeypadCode,

    /// <summary>A start forgets that places are kept free for backups.</summary>
    BackupPool,

    /// <summary>All codes have the same backup.</summary>
    BackupId,

    /// <summary>Nobody is told of an entry under duress.</summary>
    Duress,
}
