namespace Keyway.Tests.Sweep;

/// <summary>A protection of the storage that a sweep switches off, to see that it is missed.
/// </summary>
public enum Protection
{
    /// <summary>All are on.</summary>
    None = 0,

    /// <summary>What a cut program may have left half-charged is not burnt.</summary>
    Burn = 1,

    /// <summary>Mount does not append the last group again.</summary>
    Reappend = 2,

    /// <summary>The retired mark is not programmed before an erase.</summary>
    Retire = 3,

    /// <summary>Checksums are the same whatever the sector's sequence.</summary>
    Seed = 4,
}
