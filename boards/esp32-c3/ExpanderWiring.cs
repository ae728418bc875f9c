using System.Device.Gpio;
using Keyway.Boards.Esp32;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Boards.Esp32C3;

/// <summary>The ESP32-C3 has too few pins: keypad, LEDs, buzzer and two contacts are on an
/// expander, on the flash's bus.</summary>
public sealed class ExpanderWiring : IWiring
{
    private GpioController _gpio;
    private Mcp23s17 _expander;

    /// <inheritdoc/>
    public Outputs OpenOutputs()
    {
        _gpio = new GpioController();
        EspOutputPin strike = new EspOutputPin(_gpio, Pins.Strike);
        EspOutputPin watchdog = new EspOutputPin(_gpio, Pins.WatchdogFeed);
        EspSpiDevice.MapPins(Pins.Bus, Pins.Clock, Pins.Mosi, Pins.Miso);
        _expander = new Mcp23s17(new EspSpiDevice(Pins.Bus, Pins.ExpanderChipSelect));
        return new Outputs(
            strike,
            new ExpanderOutput(_expander, Pins.GreenLed),
            new ExpanderOutput(_expander, Pins.RedLed),
            new ExpanderOutput(_expander, Pins.Buzzer),
            watchdog);
    }

    /// <inheritdoc/>
    public void OpenInputs(AgentPorts ports)
    {
        ports.Flash = new EspSpiDevice(Pins.Bus, Pins.FlashChipSelect);
        ports.Keys = new ExpanderMatrix(_expander, Pins.KeypadRows(), Pins.KeypadColumns());
        ports.DoorContact = new EspInputPin(_gpio, Pins.DoorContact, activeWhenOpen: true);
        ports.ExitButton = new ExpanderInput(_expander, Pins.ExitButton, activeWhenOpen: false);
        ports.Tamper = new ExpanderInput(_expander, Pins.Tamper, activeWhenOpen: true);
    }
}
