using System;

namespace Keyway.Firmware;

/// <summary>What holds of an access code besides its window. On flash: never reuse a bit.</summary>
[Flags]
public enum CodeOptions
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>A one-time code that has been used.</summary>
    Used = 0x0001,

    /// <summary>The second entry fails.</summary>
    OneTime = 0x0002,

    /// <summary>May be changed or removed in programming mode at the keypad.</summary>
    ExternalModification = 0x0004,

    /// <summary>Written before its start and removed at its end by the agent, not by the
    /// keypad.</summary>
    Deferred = 0x0008,

    /// <summary>A deferred code that is journalled and not in its slot yet.</summary>
    Waiting = 0x0010,

    /// <summary>Asked for the backup pool.</summary>
    UsesPool = 0x0020,

    /// <summary>A backup code that was pulled for another code.</summary>
    Backup = 0x0040,

    /// <summary>Opens as any other, and an event tells.</summary>
    Duress = 0x0080,

    /// <summary>Made at the keypad.</summary>
    Unmanaged = 0x0100,

    /// <summary>Changed at the keypad since it was created.</summary>
    ModifiedAtKeypad = 0x0200,

    /// <summary>The lock made the digits, and can make them again.</summary>
    Derived = 0x0400,

    /// <summary>The digits follow from the common code key.</summary>
    FromCommonKey = 0x0800,

    /// <summary>An offline code that has been used for the first time.</summary>
    Offline = 0x1000,

    /// <summary>It did not open when the attempt that wrote it was answered.</summary>
    AnsweredUnset = 0x2000,

    /// <summary>The lock could not say whether it opened then.</summary>
    AnsweredUnknown = 0x4000,
}
