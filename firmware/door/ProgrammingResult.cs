namespace Keyway.Firmware;

/// <summary>What programming mode makes of an entry.</summary>
public enum ProgrammingResult
{
    /// <summary>A code was stored, replaced or removed; the mode is over.</summary>
    Changed = 0,

    /// <summary>The slot is chosen; its digits come next, or 0.</summary>
    SlotTaken = 1,

    /// <summary>Not allowed, or not possible now; the slot comes next.</summary>
    Denied = 2,
}
