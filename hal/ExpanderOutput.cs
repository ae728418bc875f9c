namespace Keyway.Hal;

/// <summary>One output of a port expander; high is active.</summary>
public sealed class ExpanderOutput : IOutputPin
{
    private readonly Mcp23s17 _chip;
    private readonly int _pin;

    /// <summary>Takes the pin; it is low.</summary>
    public ExpanderOutput(Mcp23s17 chip, int pin)
    {
        _chip = chip;
        _pin = pin;
        Write(false);
    }

    /// <inheritdoc/>
    public void Write(bool active) => _chip.Drive(_pin, active);
}
