using System;
using System.Device.Gpio;

namespace Keyway.Boards.Esp32;

/// <summary>Opens the runtime's pins.</summary>
public static class EspPin
{
    /// <summary>Opens a pin for as long as the board runs.</summary>
    /// <param name="gpio">The board's controller.</param>
    /// <param name="pin">GPIO number.</param>
    /// <param name="mode">Its direction and pull-up.</param>
    /// <exception cref="Exception">The pin is taken or cannot do this.</exception>
    public static GpioPin Open(GpioController gpio, int pin, PinMode mode)
    {
        GpioPin opened = gpio.OpenPin(pin, mode);

        // It is never collected; what the runtime keeps to finalize it is 24 bytes.
        GC.SuppressFinalize(opened);
        return opened;
    }
}
