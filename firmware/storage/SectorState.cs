namespace Keyway.Firmware;

/// <summary>What a sector of the ring is good for now.</summary>
public enum SectorState
{
    /// <summary>Must be erased before it can be used, and had no header: new or torn.</summary>
    Raw = 0,

    /// <summary>Erased, with a header, and blank.</summary>
    Ready = 1,

    /// <summary>Holds frames; the one being written among them.</summary>
    Used = 2,

    /// <summary>Did not erase or take a header; tried again in the next round.</summary>
    Bad = 3,

    /// <summary>In the order of the ring, without a readable header; may hold frames.</summary>
    Headless = 4,

    /// <summary>Must be erased before it can be used: retired, given up, or left over.</summary>
    Stale = 5,
}
