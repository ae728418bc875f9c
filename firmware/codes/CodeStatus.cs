namespace Keyway.Firmware;

/// <summary>Where an access code is between its command and its end.</summary>
public enum CodeStatus
{
    /// <summary>It opens.</summary>
    Set = 0,

    /// <summary>It does not open: its start has not come, its end has, or it is used up.</summary>
    Unset = 1,

    /// <summary>It has a window, and the lock does not know the time.</summary>
    Unknown = 2,
}
