using Keyway.Firmware;

namespace Keyway.Tests.Sweep;

/// <summary>The lock's own numbers as they were saved.</summary>
public sealed record SavedState(uint WrongEntries, uint LatestUtc, uint AcknowledgedEvents)
{
    /// <summary>Reads what the lock has.</summary>
    public static SavedState Of(LockState state) =>
        new(state.WrongEntries, state.LatestUtc, state.AcknowledgedEvents);
}
