using System.Device.Gpio;
using Keyway.Hal;

namespace Keyway.Boards.StimulatorEsp32;

/// <summary>One opto-coupler or relay; high is active.</summary>
public sealed class OptoOutput : IOutputPin
{
    private readonly GpioPin _pin;

    /// <summary>Opens the pin, not active.</summary>
    /// <param name="gpio">The board's controller.</param>
    /// <param name="pin">GPIO number.</param>
    /// <exception cref="System.Exception">The pin cannot be an output or is taken.</exception>
    public OptoOutput(GpioController gpio, int pin)
    {
        _pin = gpio.OpenPin(pin, PinMode.Output);
        _pin.Write(PinValue.Low);
    }

    /// <inheritdoc/>
    public void Write(bool active)
    {
        _pin.Write(active ? PinValue.High : PinValue.Low);
    }
}
