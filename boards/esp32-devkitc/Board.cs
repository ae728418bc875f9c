using System.Device.Gpio;
using Keyway.Firmware;

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
        var clock = new EspClock();
        Network network = null;
        if (configuration.NetworkProblem == null)
        {
            network = new Network(configuration.WifiSsid, configuration.WifiPassword);
            network.Start();
        }

        Ports = new AgentPorts
        {
            Flash = new EspSpiDevice(),
            Keys = new GpioKeyMatrix(gpio, Pins.KeypadRows(), Pins.KeypadColumns()),
            Strike = outputs.Strike,
            Granted = outputs.GreenLed,
            Denied = outputs.RedLed,
            Buzzer = outputs.Buzzer,
            DoorContact = new EspInputPin(gpio, Pins.DoorContact, activeWhenOpen: true),
            ExitButton = new EspInputPin(gpio, Pins.ExitButton, activeWhenOpen: false),
            Tamper = new EspInputPin(gpio, Pins.Tamper, activeWhenOpen: true),
            Clock = clock,
            Random = new EspRandom(),
            Hash = new EspKeyedHash(),
            Session = new M2MqttSession(configuration.Broker, network, clock),
        };
    }

    /// <summary>Strike, LEDs, buzzer, watchdog.</summary>
    public Outputs Outputs { get; }

    /// <summary>
    /// What the agent needs. The key matrix has four rows and three columns: 1 2 3, 4 5 6, 7 8 9,
    /// clear 0 enter. A cut wire of door contact or tamper loop is active.
    /// </summary>
    public AgentPorts Ports { get; }
}
