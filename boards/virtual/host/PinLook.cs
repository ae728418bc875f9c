namespace Keyway.Boards.Virtual.Host;

/// <summary>An output at one moment.</summary>
/// <param name="IsActive">Its level.</param>
/// <param name="Changes">How often it has changed: a pulse between two looks shows here.</param>
public readonly record struct PinLook(bool IsActive, int Changes)
{
    /// <summary>Looks at a pin; without power none is active.</summary>
    internal static PinLook Of(RecordedPin pin, bool isPowered) =>
        new(isPowered && pin.IsActive, pin.Changes);
}
