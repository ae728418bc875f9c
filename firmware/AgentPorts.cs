using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>The seams that a board gives to the agent. Every one is required.</summary>
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

    /// <summary>Time.</summary>
    public IClock Clock { get; set; }

    /// <summary>Unpredictable bytes.</summary>
    public IRandom Random { get; set; }

    /// <summary>HMAC-SHA256.</summary>
    public IKeyedHash Hash { get; set; }

    /// <summary>The connection to the broker.</summary>
    public IMqttSession Session { get; set; }
}
