using Keyway.Boards.Mqtt;
using Keyway.Firmware;

namespace Keyway.Boards.Esp32;

/// <summary>Everything behind the seams of hal, for the agent; LockProgram makes it once.</summary>
public sealed class Board
{
    /// <summary>Opens the pins and the bus; starts the session's thread.</summary>
    /// <param name="wiring">Its outputs are open.</param>
    /// <param name="outputs">Open since the first moment.</param>
    /// <param name="setup">Without a problem.</param>
    /// <param name="networkRestMs">The network begins so much later.</param>
    /// <param name="maker">Makes the session.</param>
    /// <exception cref="System.Exception">A pin or the bus is taken.</exception>
    public Board(IWiring wiring, Outputs outputs, LockSetup setup, int networkRestMs,
        SessionMaker maker)
    {
        Ports = new AgentPorts
        {
            Strike = outputs.Strike,
            Granted = outputs.GreenLed,
            Denied = outputs.RedLed,
            Buzzer = outputs.Buzzer,
            Random = new EspRandom(),
            Hash = new EspKeyedHash(),
            Heap = new EspHeap(),
        };
        wiring.OpenInputs(Ports);

        var clock = new EspClock();
        Network network = null;
        Broker broker = Broker.From(setup, out string problem);
        if (broker == null)
        {
            SerialLog.Say("keyway: no network: ", problem);
        }
        else
        {
            network = new Network(setup, networkRestMs);
        }

        Ports.Clock = clock;
        Ports.Session = maker(broker, network, clock);
        Ports.ConnectHeapBytes = Ports.Session is MqttSession
            ? HeapNeeds.ConnectBytes : HeapNeeds.VendorConnectBytes;
    }

    /// <summary>
    /// What the agent needs. The key matrix has four rows and three columns: 1 2 3, 4 5 6, 7 8 9,
    /// clear 0 enter. A cut wire of door contact or tamper loop is active.
    /// </summary>
    public AgentPorts Ports { get; }
}
