namespace Keyway.Tests.Sim;

/// <summary>What the lock finds in a slot.</summary>
/// <param name="Id">The access code's id; null: the slot is free.</param>
/// <param name="IsKnown">False: it cannot be read now.</param>
/// <param name="IsUnmanaged">It was made at the keypad.</param>
public sealed record SlotLook(string? Id, bool IsKnown, bool IsUnmanaged);
