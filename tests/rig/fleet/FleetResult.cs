namespace Keyway.Tests.Rig;

/// <summary>What came of a run.</summary>
/// <param name="Echo">The floor.</param>
/// <param name="Locks">The locks.</param>
/// <param name="Codes">Codes that the locks have confirmed and not deleted since.</param>
/// <param name="Differences">Of locks that do not hold exactly those after a power cut.</param>
internal sealed record FleetResult(
    FleetPart Echo, FleetPart Locks, int Codes, IReadOnlyList<string> Differences)
{
    /// <summary>True when no command was lost or refused, and each lock holds what it confirmed.
    /// </summary>
    public bool IsSound => Echo.Figures.Lost + Locks.Figures.Lost == 0
        && Locks.Figures.Refused == 0 && Differences.Count == 0;
}
