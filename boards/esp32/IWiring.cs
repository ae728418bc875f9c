using Keyway.Firmware;

namespace Keyway.Boards.Esp32;

/// <summary>How a board's parts are connected; LockProgram opens it.</summary>
public interface IWiring
{
    /// <summary>Opens every output at its safe level, the strike first.</summary>
    /// <exception cref="System.Exception">A pin is taken.</exception>
    Outputs OpenOutputs();

    /// <summary>Opens the rest: flash, keypad, contacts.</summary>
    /// <param name="ports">Gets them.</param>
    /// <exception cref="System.Exception">A pin or the bus is taken.</exception>
    void OpenInputs(AgentPorts ports);
}
