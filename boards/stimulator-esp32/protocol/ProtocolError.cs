namespace Keyway.Boards.StimulatorProtocol;

/// <summary>Why a line was not taken.</summary>
public enum ProtocolError
{
    /// <summary>It was.</summary>
    Ok = 0,

    /// <summary>The first word is none of the protocol's.</summary>
    UnknownWord = 1,

    /// <summary>A word is missing.</summary>
    MissingWord = 2,

    /// <summary>There is a word too many.</summary>
    ExtraWord = 3,

    /// <summary>The keypad has no such key.</summary>
    UnknownKey = 4,

    /// <summary>Not a whole number of ms from 1 to <see cref="ProtocolLimits.HoldMaxMs"/>.
    /// </summary>
    BadTime = 5,

    /// <summary>Neither of the two words that may stand there.</summary>
    BadState = 6,

    /// <summary>The key is down already.</summary>
    KeyIsDown = 7,

    /// <summary>Longer than <see cref="ProtocolLimits.LineMaxBytes"/>; nothing of it was done.
    /// </summary>
    LineTooLong = 8,

    /// <summary>A byte that is not printable ASCII; nothing of it was done.</summary>
    NotText = 9,
}
