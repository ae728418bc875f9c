using System.Device.Gpio;
using Keyway.Hal;

namespace Keyway.Boards.Esp32;

/// <summary>One output. High is active; every driver on this board is wired so.</summary>
public sealed class EspOutputPin : IOutputPin
{
    private readonly GpioPin _pin;

    /// <summary>
    /// Opens the pin at its safe level. The runtime opens outputs low, so an active-low output
    /// would be active for a moment: that is why there is none.
    /// </summary>
    /// <param name="gpio">The board's controller.</param>
    /// <param name="pin">GPIO number.</param>
    /// <exception cref="System.Exception">The pin cannot be an output or is taken.</exception>
    public EspOutputPin(GpioController gpio, int pin)
    {
        _pin = EspPin.Open(gpio, pin, PinMode.Output);
        _pin.Write(PinValue.Low);
    }

    /// <inheritdoc/>
    public void Write(bool active)
    {
        _pin.Write(active ? PinValue.High : PinValue.Low);
    }
}
