namespace Keyway.Firmware;

/// <summary>What the lock makes of entered digits.</summary>
public enum CodeMatch
{
    /// <summary>They open the door now.</summary>
    Opens = 0,

    /// <summary>No access code has them.</summary>
    Unknown = 1,

    /// <summary>Their window has not begun.</summary>
    NotYet = 2,

    /// <summary>Their window has ended.</summary>
    Ended = 3,

    /// <summary>They have a window, and the lock does not know the time.</summary>
    ClockNotKnown = 4,

    /// <summary>What lies on flash was changed by somebody else, or rotted.</summary>
    Damaged = 5,

    /// <summary>The flash cannot be read now.</summary>
    NotReady = 6,

    /// <summary>They were good for one time, and that was before.</summary>
    Used = 7,

    /// <summary>Too many wrong entries; nothing is looked at.</summary>
    LockedOut = 8,

    /// <summary>They open programming mode, and not the door.</summary>
    Master = 9,
}
