namespace Keyway.Boards.Virtual;

/// <summary>What a power cut in the middle of a device step leaves in the cells.</summary>
/// <remarks>
/// A model that is meant for the other kind of step means what comes nearest to it: HalfErase and
/// WeakErase of a program are RandomBits and UnstableCells; Prefix, RandomBits and UnstableCells of
/// an erase are HalfErase.
/// </remarks>
public enum PowerCut
{
    /// <summary>Nothing was done.</summary>
    Before = 0,

    /// <summary>Program: only the first bytes, possibly none, never all.</summary>
    Prefix = 1,

    /// <summary>Program: a random subset of the bits that had to be cleared.</summary>
    RandomBits = 2,

    /// <summary>All was done, but the controller did not learn it.</summary>
    After = 3,

    /// <summary>
    /// Program: some cells are half-charged and read randomly each time, until they are programmed
    /// to 0 or erased. The others are hardly begun, nearly done, or anything, by the seed.
    /// </summary>
    UnstableCells = 4,

    /// <summary>
    /// Erase: random bits or the first or last bytes were erased, or, as a NOR chip programs a
    /// sector to 0 before it erases it, programmed; some cells may be half-charged.
    /// </summary>
    HalfErase = 5,

    /// <summary>
    /// Erase: every bit reads 1, but a few cells are half-charged. From the next power-up or the
    /// one after it they read 0 or randomly, until they are programmed to 0 or erased.
    /// </summary>
    WeakErase = 6,
}
