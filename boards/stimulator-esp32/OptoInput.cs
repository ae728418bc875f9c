using System.Device.Gpio;
using Keyway.Hal;

namespace Keyway.Boards.StimulatorEsp32;

/// <summary>The transistor of an opto-coupler to ground; low is active.</summary>
public sealed class OptoInput : IInputPin
{
    private readonly GpioPin _pin;

    /// <summary>Opens the pin, which has a pull-up of its own on the board.</summary>
    /// <param name="gpio">The board's controller.</param>
    /// <param name="pin">GPIO number.</param>
    /// <exception cref="System.Exception">The pin is taken.</exception>
    public OptoInput(GpioController gpio, int pin)
    {
        _pin = gpio.OpenPin(pin, PinMode.Input);
    }

    /// <inheritdoc/>
    public bool Read() => _pin.Read() == PinValue.Low;
}
