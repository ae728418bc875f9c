// Every wire of the board, in one place.

using Keyway.Boards.Esp32;

namespace Keyway.Boards.Esp32S3;

/// <summary>The pins of an ESP32-S3-DevKitC-1, by GPIO number.</summary>
/// <remarks>
/// Left alone: 0, 3, 45, 46, read at reset (ESP32-S3 Series Datasheet, "Strapping Pins"); 26 to 37,
/// the module's flash and PSRAM, of which 33 to 37 are free on some modules only; 43 and 44, UART0,
/// over which the board is flashed and watched; 19 and 20, USB; 38 and 48, the board's RGB LED by
/// revision (ESP32-S3-DevKitC-1 user guide); 39 to 42, JTAG.
/// </remarks>
public static class Pins
{
    /// <summary>The numbers, in a new object.</summary>
    public static BoardPins All() => new BoardPins
    {
        // 21 is not among the pins that glitch at power-up (ESP32-S3 Series Datasheet, "Power-Up
        // Glitches on Pins"); the resistor to ground decides until start-up.
        Strike = 21,
        GreenLed = 1,
        RedLed = 2,
        Buzzer = 8,
        WatchdogFeed = 9,

        // Bus 1 of nanoFramework is SPI2, on its usual pins.
        FlashBus = 1,
        FlashClock = 12,
        FlashMosi = 11,
        FlashMiso = 13,
        FlashChipSelect = 10,
        DoorContact = 14,
        ExitButton = 47,

        // 18 glitches at power-up: nothing to an input.
        Tamper = 18,
        KeypadRow1 = 4,
        KeypadRow2 = 5,
        KeypadRow3 = 6,
        KeypadRow4 = 7,
        KeypadColumn1 = 15,
        KeypadColumn2 = 16,
        KeypadColumn3 = 17,
    };
}
