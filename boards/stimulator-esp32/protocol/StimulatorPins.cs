using Keyway.Hal;

namespace Keyway.Boards.StimulatorProtocol;

/// <summary>The wires to the lock. The board fills it at start-up.</summary>
public sealed class StimulatorPins
{
    /// <summary>An opto-coupler over each key, in the order of <see cref="ProtocolLimits.Keys"/>;
    /// active closes it.</summary>
    public IOutputPin[] Keys { get; set; }

    /// <summary>The relay in the lock's supply; active interrupts it, so that a stimulator without
    /// power leaves the lock alone.</summary>
    public IOutputPin PowerCut { get; set; }

    /// <summary>The relay in the door contact's wire; active opens it, and with it the door.
    /// </summary>
    public IOutputPin DoorOpen { get; set; }

    /// <summary>The opto-coupler at the strike; active while it is energized.</summary>
    public IInputPin Strike { get; set; }

    /// <summary>A level of the strike counts when it has lasted so long.</summary>
    public int StrikeSettleMs { get; set; } = ProtocolLimits.StrikeSettleMs;
}
