namespace Keyway.Firmware;

/// <summary>How a call to the storage ended.</summary>
public enum StorageStatus
{
    /// <summary>Done; what was appended is on flash and was read back.</summary>
    Ok = 0,

    /// <summary>No erased sector is ready; nothing was written. It may be later.</summary>
    NotReady = 1,

    /// <summary>No slot or no room is left; nothing was written.</summary>
    Full = 2,

    /// <summary>The chip did not keep what was written, twice; none of it counts.</summary>
    WriteFailed = 3,

    /// <summary>The chip does not answer, or is not the part expected.</summary>
    ChipFailed = 4,

    /// <summary>What was read has a wrong checksum or tag.</summary>
    Damaged = 5,

    /// <summary>The flash has another version or geometry; it is left untouched.</summary>
    UnknownFormat = 6,
}
