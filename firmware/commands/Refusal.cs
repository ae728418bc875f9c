namespace Keyway.Firmware;

/// <summary>
/// Every reason for which a command is refused. The numbers are stored on flash: never reuse one.
/// </summary>
public enum Refusal
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The payload is not JSON as RFC 8259 has it, or exceeds a bound.</summary>
    NotJson = 1,

    /// <summary>The payload is JSON but no object.</summary>
    NotAnObject = 2,

    /// <summary>A required member is absent.</summary>
    Missing = 3,

    /// <summary>A member is not a string.</summary>
    NotAString = 4,

    /// <summary>A member is not a UUID.</summary>
    NotAUuid = 5,

    /// <summary>A member is not an ISO 8601 time with a zone.</summary>
    NotATime = 6,

    /// <summary>The code is not made of the digits 0 to 9.</summary>
    NotDigits = 7,

    /// <summary>The code has too few or too many digits.</summary>
    CodeLength = 8,

    /// <summary>Only one of starts_at and ends_at is there.</summary>
    WindowHalf = 9,

    /// <summary>The window ends before it starts, or as it starts.</summary>
    WindowReversed = 10,

    /// <summary>The window has ended.</summary>
    WindowOver = 11,

    /// <summary>The command is for another device.</summary>
    WrongDevice = 12,

    /// <summary>The command's time has passed.</summary>
    Expired = 13,

    /// <summary>The command needs the time of day, which the lock does not know.</summary>
    ClockNotKnown = 14,

    /// <summary>The digits exist on the lock.</summary>
    DigitsTaken = 15,

    /// <summary>The access code's id belongs to a code with another content.</summary>
    AccessCodeIdTaken = 16,

    /// <summary>No slot or no flash is left.</summary>
    NoSpace = 17,

    /// <summary>The flash did not keep the code.</summary>
    WriteFailed = 18,

    /// <summary>The access code's id belonged to a code that was deleted.</summary>
    AccessCodeIdDeleted = 19,
}
