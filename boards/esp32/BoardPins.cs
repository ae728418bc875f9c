namespace Keyway.Boards.Esp32;

/// <summary>The wires of a board by GPIO number, for <see cref="DirectWiring"/>; each board's
/// Pins fills it and says why.</summary>
/// <remarks>
/// Fields, since of each property the runtime's tables have two methods more, and no arrays, which
/// a compiler keeps in static fields of types of its own.
/// </remarks>
public sealed class BoardPins
{
    /// <summary>The strike's driver, high energizes.</summary>
    public int Strike;

    /// <summary>Green LED, high lights.</summary>
    public int GreenLed;

    /// <summary>Red LED, high lights.</summary>
    public int RedLed;

    /// <summary>Active buzzer, high sounds.</summary>
    public int Buzzer;

    /// <summary>The external watchdog's input; it wants edges.</summary>
    public int WatchdogFeed;

    /// <summary>The bus of nanoFramework that the flash is on.</summary>
    public int FlashBus;

    /// <summary>Flash clock.</summary>
    public int FlashClock;

    /// <summary>Flash data in.</summary>
    public int FlashMosi;

    /// <summary>Flash data out.</summary>
    public int FlashMiso;

    /// <summary>Flash chip select, active low.</summary>
    public int FlashChipSelect;

    /// <summary>Door contact: closed to ground while the door is shut.</summary>
    public int DoorContact;

    /// <summary>Exit button: closed to ground while it is pressed; a report only.</summary>
    public int ExitButton;

    /// <summary>Tamper loop: closed to ground while the housing is shut.</summary>
    public int Tamper;

    /// <summary>Keypad row 1, the top one; a pin with a pull-up, as all rows.</summary>
    public int KeypadRow1;

    /// <summary>Keypad row 2.</summary>
    public int KeypadRow2;

    /// <summary>Keypad row 3.</summary>
    public int KeypadRow3;

    /// <summary>Keypad row 4.</summary>
    public int KeypadRow4;

    /// <summary>Keypad column 1, on the left; open drain, as all columns.</summary>
    public int KeypadColumn1;

    /// <summary>Keypad column 2.</summary>
    public int KeypadColumn2;

    /// <summary>Keypad column 3.</summary>
    public int KeypadColumn3;

    /// <summary>The rows from top to bottom.</summary>
    public int[] KeypadRows() =>
        new int[] { KeypadRow1, KeypadRow2, KeypadRow3, KeypadRow4 };

    /// <summary>The columns from left to right.</summary>
    public int[] KeypadColumns() =>
        new int[] { KeypadColumn1, KeypadColumn2, KeypadColumn3 };
}
