namespace Keyway.Boards.Virtual.Host;

/// <summary>What a sector is to somebody who looks at the flash.</summary>
public enum SectorUse
{
    /// <summary>Holds a frame that counts.</summary>
    Live,

    /// <summary>Holds frames, none of which counts any more.</summary>
    Stale,

    /// <summary>Erased, with a header: the next ones to be written.</summary>
    Ready,

    /// <summary>Every bit is 1.</summary>
    Erased,

    /// <summary>Did not erase, or take a header.</summary>
    Bad,
}
