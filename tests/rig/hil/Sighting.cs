namespace Keyway.Tests.Rig;

/// <summary>Something that a lock did where others can see it.</summary>
/// <param name="AtMs">When, by the bench's time.</param>
/// <param name="Message">What it published; null: the strike moved.</param>
/// <param name="IsEnergized">The strike's new state.</param>
internal sealed record Sighting(long AtMs, LockMessage? Message, bool IsEnergized);
