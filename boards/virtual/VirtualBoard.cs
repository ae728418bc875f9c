// The board without hardware: simulated chips behind the agent's seams. Tests and the rig make one;
// a power cut is the same chip and keypad under a new agent.

using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>One virtual lock: the chips outlive a power cut, the agent does not.</summary>
public sealed class VirtualBoard
{
    private readonly AgentSettings _settings;

    /// <summary>Builds the chips; no agent runs before <see cref="PowerUp"/>.</summary>
    /// <param name="settings">The lock's own; its key legend lays out the keypad.</param>
    /// <param name="flash">The flash chip.</param>
    /// <param name="keypad">The key matrix.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Unpredictable bytes.</param>
    /// <param name="hash">HMAC-SHA256.</param>
    public VirtualBoard(AgentSettings settings, W25qChip flash, MatrixKeypad keypad, IClock clock,
        IRandom random, IKeyedHash hash)
    {
        _settings = settings;
        Flash = flash;
        Keypad = keypad;
        Strike = new RecordedPin(clock);
        Granted = new RecordedPin(clock);
        Denied = new RecordedPin(clock);
        Buzzer = new RecordedPin(clock);
        Ports = new AgentPorts
        {
            Flash = flash,
            Keys = keypad,
            Strike = Strike,
            Granted = Granted,
            Denied = Denied,
            Buzzer = Buzzer,
            DoorContact = DoorContact,
            ExitButton = ExitButton,
            Tamper = Tamper,
            Clock = clock,
            Random = random,
            Hash = hash,
            Heap = Heap,
        };
    }

    /// <summary>What the agent is given. Until <see cref="PowerUp"/> a test may put something of
    /// its own between agent and chip.</summary>
    public AgentPorts Ports { get; }

    /// <summary>The flash chip.</summary>
    public W25qChip Flash { get; }

    /// <summary>The key matrix.</summary>
    public MatrixKeypad Keypad { get; }

    /// <summary>The strike's pin.</summary>
    public RecordedPin Strike { get; }

    /// <summary>The green LED's pin.</summary>
    public RecordedPin Granted { get; }

    /// <summary>The red LED's pin.</summary>
    public RecordedPin Denied { get; }

    /// <summary>The buzzer's pin.</summary>
    public RecordedPin Buzzer { get; }

    /// <summary>The door contact; active while the door stands open.</summary>
    public SettablePin DoorContact { get; } = new();

    /// <summary>The exit button; active while it is pressed.</summary>
    public SettablePin ExitButton { get; } = new();

    /// <summary>The tamper loop; active while a case is open.</summary>
    public SettablePin Tamper { get; } = new();

    /// <summary>The memory that is left.</summary>
    public SettableHeap Heap { get; } = new();

    /// <summary>The agent that runs; null before the first power-up.</summary>
    public Agent Agent { get; private set; }

    /// <summary>Starts a new agent over the same chips, as after a power cut.</summary>
    /// <param name="session">Its connection to the broker.</param>
    /// <returns>What <see cref="Agent.Start"/> says.</returns>
    public StorageStatus PowerUp(IMqttSession session)
    {
        Make(session);
        return Agent.Start();
    }

    /// <summary>Makes a new agent over the same chips; its steps start it.</summary>
    /// <param name="session">Its connection to the broker.</param>
    public void Make(IMqttSession session)
    {
        Ports.Session = session;
        Agent = new Agent(Ports, _settings);
    }
}
