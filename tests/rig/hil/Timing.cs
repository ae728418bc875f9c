namespace Keyway.Tests.Rig;

/// <summary>What is measured.</summary>
internal enum TimingKind
{
    /// <summary>From a command to its answer.</summary>
    Answer,

    /// <summary>From the last key going down to the strike being energized.</summary>
    StrikeAfterKey,

    /// <summary>From a command to the strike being energized.</summary>
    StrikeAfterCommand,

    /// <summary>From the strike being energized to its release.</summary>
    Pulse,

    /// <summary>From the power coming back to the birth message.</summary>
    Online,
}

/// <summary>One measurement.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="Line">The step's line in its file.</param>
/// <param name="Ms">How long it took.</param>
/// <param name="WithinMs">How long it may take.</param>
internal sealed record Timing(TimingKind Kind, long Line, long Ms, long WithinMs);
