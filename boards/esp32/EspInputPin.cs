using System.Device.Gpio;
using Keyway.Hal;

namespace Keyway.Boards.Esp32;

/// <summary>One contact to ground with a pull-up of its own on the board.</summary>
public sealed class EspInputPin : IInputPin
{
    private readonly GpioPin _pin;
    private readonly bool _activeWhenOpen;

    /// <summary>Opens the pin.</summary>
    /// <param name="gpio">The board's controller.</param>
    /// <param name="pin">GPIO number.</param>
    /// <param name="activeWhenOpen">
    /// True for a loop that a cut wire must trip (door, tamper); false for a button.
    /// </param>
    /// <exception cref="System.Exception">The pin is taken.</exception>
    public EspInputPin(GpioController gpio, int pin, bool activeWhenOpen)
    {
        _pin = EspPin.Open(gpio, pin, PinMode.Input);
        _activeWhenOpen = activeWhenOpen;
    }

    /// <inheritdoc/>
    public bool Read() => _pin.Read() == PinValue.High == _activeWhenOpen;
}
