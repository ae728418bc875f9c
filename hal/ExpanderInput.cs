namespace Keyway.Hal;

/// <summary>One contact to ground on a port expander, with the chip's pull-up.</summary>
public sealed class ExpanderInput : IInputPin
{
    private readonly Mcp23s17 _chip;
    private readonly int _pin;
    private readonly bool _activeWhenOpen;

    /// <summary>Takes the pin.</summary>
    /// <param name="chip">The expander.</param>
    /// <param name="pin">0 to 15.</param>
    /// <param name="activeWhenOpen">
    /// True for a loop that a cut wire must trip; false for a button.
    /// </param>
    public ExpanderInput(Mcp23s17 chip, int pin, bool activeWhenOpen)
    {
        _chip = chip;
        _pin = pin;
        _activeWhenOpen = activeWhenOpen;
        chip.Release(pin, hasPullUp: true);
    }

    /// <inheritdoc/>
    public bool Read() => (_chip.Read() & 1 << _pin) != 0 == _activeWhenOpen;
}
