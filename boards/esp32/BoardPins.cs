namespace Keyway.Boards.Esp32;

/// <summary>The wires of a board by GPIO number, for <see cref="DirectWiring"/>; each board's
/// Pins fills it and says why.</summary>
public sealed class BoardPins
{
    /// <summary>The strike's driver, high energizes.</summary>
    public int Strike { get; set; }

    /// <summary>Green LED, high lights.</summary>
    public int GreenLed { get; set; }

    /// <summary>Red LED, high lights.</summary>
    public int RedLed { get; set; }

    /// <summary>Active buzzer, high sounds.</summary>
    public int Buzzer { get; set; }

    /// <summary>The external watchdog's input; it wants edges.</summary>
    public int WatchdogFeed { get; set; }

    /// <summary>The bus of nanoFramework that the flash is on.</summary>
    public int FlashBus { get; set; }

    /// <summary>Flash clock.</summary>
    public int FlashClock { get; set; }

    /// <summary>Flash data in.</summary>
    public int FlashMosi { get; set; }

    /// <summary>Flash data out.</summary>
    public int FlashMiso { get; set; }

    /// <summary>Flash chip select, active low.</summary>
    public int FlashChipSelect { get; set; }

    /// <summary>Door contact: closed to ground while the door is shut.</summary>
    public int DoorContact { get; set; }

    /// <summary>Exit button: closed to ground while it is pressed; a report only.</summary>
    public int ExitButton { get; set; }

    /// <summary>Tamper loop: closed to ground while the housing is shut.</summary>
    public int Tamper { get; set; }

    /// <summary>Keypad rows, top to bottom; pins with pull-ups.</summary>
    public int[] KeypadRows { get; set; }

    /// <summary>Keypad columns, left to right; open drain.</summary>
    public int[] KeypadColumns { get; set; }
}
