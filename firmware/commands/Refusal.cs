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

    /// <summary>A member is not true or false.</summary>
    NotABoolean = 20,

    /// <summary>A member is not a whole number of its range.</summary>
    NotANumber = 21,

    /// <summary>A member and its alias differ.</summary>
    Contradicts = 22,

    /// <summary>An offline code cannot be given digits, or a key for them.</summary>
    OfflineWithCode = 23,

    /// <summary>A duress code is an ongoing one.</summary>
    WindowForDuress = 24,

    /// <summary>The backup pool is for codes with a window.</summary>
    PoolForOngoing = 25,

    /// <summary>A common code key has 1 to 64 bytes.</summary>
    CommonKeyLength = 26,

    /// <summary>The lock knows other digits for the common code key.</summary>
    CommonKeyMismatch = 27,

    /// <summary>A member is none of the words it may be.</summary>
    NotOneOf = 28,

    /// <summary>A length is preferred, and the code is given.</summary>
    PreferredWithCode = 29,

    /// <summary>The lock has no such access code.</summary>
    CodeNotFound = 30,

    /// <summary>A door command may wait for 60 s at most.</summary>
    ExpiryTooFar = 31,

    /// <summary>The lock has too many codes for so few digits.</summary>
    TooGuessable = 32,

    /// <summary>The lock has no secret for offline codes.</summary>
    NoOfflineSecret = 33,

    /// <summary>The access code has not asked for the backup pool.</summary>
    NoBackupPool = 34,

    /// <summary>The lock has no secret for common code keys.</summary>
    NoSiteSecret = 35,

    /// <summary>No digits are free that the constraints allow.</summary>
    NothingFits = 36,

    /// <summary>An offline code cannot be changed.</summary>
    IsOffline = 37,

    /// <summary>An ongoing code gets a window only as a whole.</summary>
    WindowNeedsBoth = 39,

    /// <summary>Stand-in.</summary>
    DigitsFromLockOnly = 90,

    /// <summary>Stand-in.</summary>
    FirstFourTaken = 91,

    /// <summary>Stand-in.</summary>
    StartNotInFuture = 92,

    /// <summary>Stand-in.</summary>
    NameLength = 93,

    /// <summary>Stand-in.</summary>
    NameNotUnique = 94,
}
