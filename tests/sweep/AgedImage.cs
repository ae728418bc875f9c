namespace Keyway.Tests.Sweep;

/// <summary>A flash in use, and what it must hold. Shared: copy both.</summary>
/// <param name="Image">The bytes of the chip.</param>
/// <param name="Model">What they must hold.</param>
/// <param name="NextNumber">The number of the next operation.</param>
public sealed record AgedImage(byte[] Image, StorageModel Model, int NextNumber);
