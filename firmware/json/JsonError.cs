// Why the JSON reader refused a payload.

namespace Keyway.Firmware;

/// <summary>Why <see cref="JsonReader"/> refused a payload.</summary>
public enum JsonError
{
    /// <summary>Nothing is wrong so far.</summary>
    None = 0,

    /// <summary>The payload ended within the root value or before it.</summary>
    Truncated = 1,

    /// <summary>A byte that cannot stand there.</summary>
    UnexpectedByte = 2,

    /// <summary>An escape that JSON does not have.</summary>
    BadEscape = 3,

    /// <summary>A number that is not spelled as JSON wants it.</summary>
    BadNumber = 4,

    /// <summary>A string with bytes that are not UTF-8.</summary>
    NotUtf8 = 5,

    /// <summary>The escape \u0000: on the device a string ends there.</summary>
    NulCharacter = 6,

    /// <summary>An unescaped byte below 0x20 in a string.</summary>
    ControlCharacter = 7,

    /// <summary>More objects and arrays within each other than allowed.</summary>
    TooDeep = 8,

    /// <summary>More members in one object than allowed.</summary>
    TooManyMembers = 9,

    /// <summary>A member name that its object already has.</summary>
    DuplicateMember = 10,

    /// <summary>Something other than blanks after the root value.</summary>
    TrailingBytes = 11,

    /// <summary>The payload is longer than allowed; everything before was sound.</summary>
    TooLong = 12,

    /// <summary>A surrogate escape without its other half.</summary>
    LoneSurrogate = 13,
}
