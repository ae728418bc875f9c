// Every wire of the board, in one place.

namespace Keyway.Boards.Esp32C3;

/// <summary>
/// The pins of an ESP32-C3-DevKitM-1 or DevKitC-02, by GPIO number, and those of the expander, an
/// MCP23S17: 0 to 7 are GPA0 to 7, 8 to 15 are GPB0 to 7.
/// </summary>
/// <remarks>
/// All eight pins without another job are in use. Left alone: 2, 8, 9, read at reset (ESP32-C3
/// Series Datasheet, "Strapping Pins"); 11 to 17, the flash; 18 and 19, USB; 20 and 21, UART0, over
/// which the board is flashed and watched.
/// </remarks>
public static class Pins
{
    /// <summary>The strike's driver, high energizes: on the controller, so that it does not hang
    /// on a bus. It floats after reset: the resistor to ground decides until start-up.</summary>
    public const int Strike = 10;

    /// <summary>The external watchdog's input; it wants edges.</summary>
    public const int WatchdogFeed = 1;

    /// <summary>Door contact: closed to ground while the door is shut.</summary>
    public const int DoorContact = 0;

    /// <summary>Bus 1 of nanoFramework is SPI2, the only one that is free.</summary>
    public const int Bus = 1;

    /// <summary>Clock of flash and expander: SPI2's usual pin.</summary>
    public const int Clock = 6;

    /// <summary>Data to them: SPI2's usual pin.</summary>
    public const int Mosi = 7;

    /// <summary>Data from them; the usual pin, 2, is a strap.</summary>
    public const int Miso = 5;

    /// <summary>Flash chip select, active low.</summary>
    public const int FlashChipSelect = 4;

    /// <summary>Expander chip select, active low.</summary>
    public const int ExpanderChipSelect = 3;

    /// <summary>GPB0: green LED, high lights.</summary>
    public const int GreenLed = 8;

    /// <summary>GPB1: red LED, high lights.</summary>
    public const int RedLed = 9;

    /// <summary>GPB2: active buzzer, high sounds.</summary>
    public const int Buzzer = 10;

    /// <summary>GPB3: exit button, closed to ground while it is pressed; a report only.</summary>
    public const int ExitButton = 11;

    /// <summary>GPB4: tamper loop, closed to ground while the housing is shut.</summary>
    public const int Tamper = 12;

    /// <summary>GPA0 to 3: keypad rows, top to bottom.</summary>
    /// <returns>A new array; the caller's.</returns>
    public static int[] KeypadRows() => new int[] { 0, 1, 2, 3 };

    /// <summary>GPA4 to 6: keypad columns, left to right.</summary>
    /// <returns>A new array; the caller's.</returns>
    public static int[] KeypadColumns() => new int[] { 4, 5, 6 };
}
