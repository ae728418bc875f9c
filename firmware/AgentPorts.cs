using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>The seams that a board gives to the agent; those that may be null say so.</summary>
/// <remarks>Fields, not properties: two accessors take 6 bytes of a device's heap each.</remarks>
public sealed class AgentPorts
{
    /// <summary>The keypad module's flash.</summary>
    public ISpiDevice Flash;

    /// <summary>The keypad's wires.</summary>
    public IKeyMatrix Keys;

    /// <summary>Releases the door while active.</summary>
    public IOutputPin Strike;

    /// <summary>The green LED.</summary>
    public IOutputPin Granted;

    /// <summary>The red LED.</summary>
    public IOutputPin Denied;

    /// <summary>The buzzer; null: none.</summary>
    public IOutputPin Buzzer;

    /// <summary>Active while the door stands open; null: the lock does not know.</summary>
    public IInputPin DoorContact;

    /// <summary>Active while the exit button is pressed; null: there is none. It releases the
    /// strike by itself, in hardware.</summary>
    public IInputPin ExitButton;

    /// <summary>Active while a case is open; null: nobody watches.</summary>
    public IInputPin Tamper;

    /// <summary>Time.</summary>
    public IClock Clock;

    /// <summary>Unpredictable bytes.</summary>
    public IRandom Random;

    /// <summary>HMAC-SHA256.</summary>
    public IKeyedHash Hash;

    /// <summary>The memory left; null: nobody knows, and there is always enough.</summary>
    public IHeap Heap;

    /// <summary>What must be free of it for a connection; of <see cref="HeapNeeds"/>.</summary>
    public int ConnectHeapBytes { get; set; }

    /// <summary>The connection to the broker.</summary>
    public IMqttSession Session;
}
