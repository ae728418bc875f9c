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

    /// <summary>A common code key has 1 to 64 characters.</summary>
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
    WindowNeedsBoth = 38,

    /// <summary>The lock takes no code of this length.</summary>
    LengthNotSupported = 40,

    /// <summary>no_zeros.</summary>
    HasZero = 41,

    /// <summary>cannot_start_with_12.</summary>
    StartsWith12 = 42,

    /// <summary>no_triple_consecutive_ints.</summary>
    TripleDigits = 43,

    /// <summary>no_ascending_or_descending_sequence.</summary>
    DigitSequence = 44,

    /// <summary>at_least_three_unique_digits.</summary>
    FewUniqueDigits = 45,

    /// <summary>no_all_same_digits.</summary>
    AllSameDigits = 46,

    /// <summary>unique_first_four_digits.</summary>
    FirstFourTaken = 47,

    /// <summary>cannot_contain_089.</summary>
    Has089 = 48,

    /// <summary>cannot_contain_0789.</summary>
    Has0789 = 49,

    /// <summary>cannot_specify_pin_code.</summary>
    DigitsFromLockOnly = 50,

    /// <summary>pin_code_matches_existing_set.</summary>
    NotInExistingSet = 51,

    /// <summary>start_date_in_future.</summary>
    StartNotInFuture = 52,

    /// <summary>name_length.</summary>
    NameLength = 53,

    /// <summary>name_must_be_unique.</summary>
    NameNotUnique = 54,

    /// <summary>An offline code's window moves by more than max_time_rounding.</summary>
    RoundingExceeded = 55,

    /// <summary>An offline code's window is longer than such a code can say.</summary>
    OfflineTooLong = 56,

    /// <summary>The digits follow from the common code key and cannot be changed.</summary>
    CommonKeyDerived = 57,

    /// <summary>A door command is from the future, by the lock's clock.</summary>
    ExpiryAhead = 58,
}
