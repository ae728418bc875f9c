namespace Keyway.Hal;

/// <summary>How a call to <see cref="SpiNorFlash"/> ended.</summary>
public enum FlashStatus
{
    /// <summary>Done, or begun where the call only begins.</summary>
    Ok = 0,

    /// <summary>The range does not lie inside the chip, or the address is not aligned.</summary>
    OutOfRange = 1,

    /// <summary>An erase is under way and not suspended; nothing was sent.</summary>
    Busy = 2,

    /// <summary>The chip stayed busy longer than its datasheet allows, or is gone.</summary>
    Timeout = 3,

    /// <summary>The chip did not take the write enable latch: it is write-protected.</summary>
    WriteProtected = 4,

    /// <summary>The JEDEC id is not of a known part, or not the one expected.</summary>
    UnknownPart = 5,

    /// <summary>The part cannot suspend an erase.</summary>
    NotSupported = 6,
}
