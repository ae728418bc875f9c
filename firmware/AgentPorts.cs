using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>The seams that a board gives to the agent; those that may be null say so.</summary>
public sealed class AgentPorts
{
    /// <summary>The keypad module's flash.</summary>
    public ISpiDevice Flash { get; set; }

    /// <summary>The keypad's wires.</summary>
    public IKeyMatrix Keys { get; set; }

    /// <summary>Releases the door while active.</summary>
    public IOutputPin Strike { get; set; }

    /// <summary>The green LED.</summary>
    public IOutputPin Granted { get; set; }

    /// <summary>The red LED.</summary>
    public IOutputPin Denied { get; set; }

    /// <summary>The buzzer; null: none.</summary>
    public IOutputPin Buzzer { get; set; }

    /// <summary>Active while the door stands open; null: the lock does not know.</summary>
    public IInputPin DoorContact { get; set; }

    /// <summary>Active while the exit button is pressed; null: there is none. It releases the
    /// strike by itself, in hardware.</summary>
    public IInputPin ExitButton { get; set; }

    /// <summary>Active while a case is open; null: nobody watches.</summary>
    public IInputPin Tamper { get; set; }

    /// <summary>Time.</summary>
    public IClock Clock { get; set; }

    /// <summary>Unpredictable bytes.</summary>
    public IRandom Random { get; set; }

    /// <summary>HMAC-SHA256.</summary>
    public IKeyedHash Hash { get; set; }

    /// <summary>The memory left; null: nobody knows, and there is always enough.</summary>
    public IHeap Heap { get; set; }

    /// <summary>What must be free of it for a connection; of <see cref="HeapNeeds"/>.</summary>
    public int ConnectHeapBytes { get; set; }

    /// <summary>The connection to the broker.</summary>
    public IMqttSession Session { get; set; }
}
