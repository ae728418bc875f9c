using Keyway.Boards.StimulatorProtocol;

namespace Keyway.Boards.StimulatorEsp32;

/// <summary>Pins by GPIO number, and times; as made, those of <see cref="Pins"/>.</summary>
public sealed class Wiring
{
    /// <summary>The opto-couplers over the keys, in the order of
    /// <see cref="ProtocolLimits.Keys"/>.</summary>
    public int[] Keys { get; set; } = Pins.Keys();

    /// <summary>The relay in the lock's supply.</summary>
    public int PowerCut { get; set; } = Pins.PowerCut;

    /// <summary>The relay in the door contact's wire.</summary>
    public int DoorOpen { get; set; } = Pins.DoorOpen;

    /// <summary>The opto-coupler at the strike.</summary>
    public int Strike { get; set; } = Pins.Strike;

    /// <summary>To the rig's receiver.</summary>
    public int LineOut { get; set; } = Pins.LineOut;

    /// <summary>From the rig's transmitter.</summary>
    public int LineIn { get; set; } = Pins.LineIn;

    /// <summary>A level of the strike counts when it has lasted so long.</summary>
    public int StrikeSettleMs { get; set; } = ProtocolLimits.StrikeSettleMs;

    /// <summary>From one look at line and strike to the next; below the runtime's tick of 10 ms
    /// lasts a tick.</summary>
    public int LoopMs { get; set; } = Pins.LoopMs;
}
