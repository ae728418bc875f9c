using System.Device.Gpio;
using Keyway.Firmware;

namespace Keyway.Boards.Esp32;

/// <summary>A board with a pin for everything.</summary>
public sealed class DirectWiring : IWiring
{
    private BoardPins _pins;
    private GpioController _gpio;

    /// <summary>Takes the numbers; nothing is opened.</summary>
    /// <param name="pins">The board's.</param>
    public DirectWiring(BoardPins pins) => _pins = pins;

    /// <inheritdoc/>
    public Outputs OpenOutputs()
    {
        _gpio = new GpioController();
        return new Outputs(
            new EspOutputPin(_gpio, _pins.Strike),
            new EspOutputPin(_gpio, _pins.GreenLed),
            new EspOutputPin(_gpio, _pins.RedLed),
            new EspOutputPin(_gpio, _pins.Buzzer),
            new EspOutputPin(_gpio, _pins.WatchdogFeed));
    }

    /// <inheritdoc/>
    public void OpenInputs(AgentPorts ports)
    {
        EspSpiDevice.MapPins(
            _pins.FlashBus, _pins.FlashClock, _pins.FlashMosi, _pins.FlashMiso);
        ports.Flash = new EspSpiDevice(_pins.FlashBus, _pins.FlashChipSelect);
        ports.Keys = new GpioKeyMatrix(_gpio, _pins.KeypadRows(), _pins.KeypadColumns());
        ports.DoorContact = new EspInputPin(_gpio, _pins.DoorContact, activeWhenOpen: true);
        ports.ExitButton = new EspInputPin(_gpio, _pins.ExitButton, activeWhenOpen: false);
        ports.Tamper = new EspInputPin(_gpio, _pins.Tamper, activeWhenOpen: true);

        // The numbers are needed no more; this object stays as long as the board runs.
        _pins = null;
    }
}
