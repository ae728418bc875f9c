namespace Keyway.Hal;

/// <summary>One input: door contact, exit button or tamper. The board hides the level.</summary>
public interface IInputPin
{
    /// <summary>The level now, not debounced.</summary>
    /// <returns>True while the contact is active.</returns>
    bool Read();
}
