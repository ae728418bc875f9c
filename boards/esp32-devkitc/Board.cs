using System.Device.Gpio;
using Keyway.Hal;

namespace Keyway.Boards.Esp32DevKitC;

/// <summary>Everything behind the seams of hal, for the agent; Program makes it once.</summary>
public sealed class Board
{
    /// <summary>Opens the pins and the bus; starts the threads of network and session.</summary>
    /// <param name="gpio">The board's controller.</param>
    /// <param name="outputs">Open since the first moment.</param>
    /// <param name="configuration">Without a problem.</param>
    /// <exception cref="System.Exception">A pin or the bus is taken.</exception>
    public Board(GpioController gpio, Outputs outputs, BoardConfiguration configuration)
    {
        Outputs = outputs;
        Clock = new EspClock();
        Random = new EspRandom();
        KeyedHash = new EspKeyedHash();
        Keypad = new GpioKeyMatrix(gpio, Pins.KeypadRows(), Pins.KeypadColumns());
        DoorContact = new EspInputPin(gpio, Pins.DoorContact, activeWhenOpen: true);
        ExitButton = new EspInputPin(gpio, Pins.ExitButton, activeWhenOpen: false);
        Tamper = new EspInputPin(gpio, Pins.Tamper, activeWhenOpen: true);
        Flash = new SpiNorFlash(new EspSpiDevice(), Clock);

        Network network = null;
        if (configuration.NetworkProblem == null)
        {
            network = new Network(configuration.WifiSsid, configuration.WifiPassword);
            network.Start();
        }

        Session = new M2MqttSession(configuration.Broker, network, Clock);
    }

    /// <summary>Strike, LEDs, buzzer, watchdog.</summary>
    public Outputs Outputs { get; }

    /// <summary>Uptime and time of day.</summary>
    public IClock Clock { get; }

    /// <summary>Not to be drawn from for secrets before the network is up; see EspRandom.</summary>
    public IRandom Random { get; }

    /// <summary>HMAC-SHA256.</summary>
    public IKeyedHash KeyedHash { get; }

    /// <summary>Four rows, three columns: 1 2 3, 4 5 6, 7 8 9, clear 0 enter.</summary>
    public IKeyMatrix Keypad { get; }

    /// <summary>Active while the door is open, or the wire cut.</summary>
    public IInputPin DoorContact { get; }

    /// <summary>Active while it is pressed.</summary>
    public IInputPin ExitButton { get; }

    /// <summary>Active while the housing is open, or the wire cut.</summary>
    public IInputPin Tamper { get; }

    /// <summary>The keypad's flash, not opened yet.</summary>
    public SpiNorFlash Flash { get; }

    /// <summary>The session with the broker.</summary>
    public M2MqttSession Session { get; }
}
