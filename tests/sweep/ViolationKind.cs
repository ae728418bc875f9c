namespace Keyway.Tests.Sweep;

/// <summary>Which promise is broken.</summary>
public enum ViolationKind
{
    /// <summary>Something acknowledged is gone, or the storage does not work any more.</summary>
    Lost = 0,

    /// <summary>Something deleted, superseded, dropped or never written is there.</summary>
    Ghost = 1,

    /// <summary>What was in flight is neither old nor new, or does not stay what it was.</summary>
    Neither = 2,
}
