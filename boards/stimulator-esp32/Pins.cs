// Every wire of the stimulator, in one place; a rig that is wired otherwise has a stimulator.json.

namespace Keyway.Boards.StimulatorEsp32;

/// <summary>The pins of an ESP32-DevKitC V4 with an ESP32-WROOM-32, by GPIO number.</summary>
/// <remarks>
/// Left alone: 0, 2, 5, 12, 15, read at reset; 6 to 11, the module's own flash; 1 and 3, UART0,
/// over which the board is flashed and watched: the line to the rig is another one, so that the
/// runtime's own output does not come in between. 34 to 39 cannot drive (ESP32 Series Datasheet,
/// "Strapping Pins" and "Pin Overview"). Each output has 10 kOhm to ground: some pads have a
/// pull-up at reset, which must not light an opto-coupler.
/// </remarks>
public static class Pins
{
    /// <summary>The relay in the lock's supply, high interrupts it.</summary>
    public const int PowerCut = 27;

    /// <summary>The relay in the door contact's wire, high opens the door.</summary>
    public const int DoorOpen = 32;

    /// <summary>The opto-coupler at the strike, low while it is energized; 10 kOhm to 3.3 V.
    /// </summary>
    public const int Strike = 34;

    /// <summary>To the rig's receiver.</summary>
    public const int LineOut = 33;

    /// <summary>From the rig's transmitter; an input-only pin is enough.</summary>
    public const int LineIn = 35;

    /// <summary>From one look at line and strike to the next, in ms: a tick.</summary>
    public const int LoopMs = 1;

    /// <summary>The opto-couplers over the keys, in the order of the protocol's keys: 1 to 9,
    /// clear, 0, enter. High closes.</summary>
    /// <returns>A new array; the caller's.</returns>
    public static int[] Keys() => new int[] { 4, 13, 14, 16, 17, 18, 19, 21, 22, 23, 25, 26 };
}
