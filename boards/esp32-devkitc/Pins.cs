// Every wire of the board, in one place.

using Keyway.Boards.Esp32;

namespace Keyway.Boards.Esp32DevKitC;

/// <summary>
/// The pins of an ESP32-DevKitC V4 with an ESP32-WROOM-32 module, by GPIO number. All fifteen free
/// bidirectional pins and all four input-only ones are in use.
/// </summary>
/// <remarks>
/// Left alone: 0, 2, 5, 12, 15, read at reset (ESP32 Series Datasheet, "Strapping Pins"); 6 to 11,
/// the module's own flash (ESP32-WROOM-32 Datasheet, "Pin Definitions"); 1 and 3, UART0, over which
/// the board is flashed and watched. 34 to 39 cannot drive and have no pull-ups (ESP32 Series
/// Datasheet, "Pin Overview"), so what is there has a resistor of its own. What a pin does between
/// reset and start-up: ESP32 Technical Reference Manual, "IO_MUX Pad List", column "Reset". A
/// WROVER module does not fit: its PSRAM is on 16 and 17.
/// </remarks>
public static class Pins
{
    /// <summary>The numbers, in a new object.</summary>
    public static BoardPins All() => new BoardPins
    {
        // After reset pad 27 has neither output nor pull-up nor pull-down, and it has no job at
        // boot: the resistor to ground decides until start-up. 25, 26, 32, 33 float likewise.
        Strike = 27,
        GreenLed = 25,
        RedLed = 26,
        Buzzer = 33,
        WatchdogFeed = 32,

        // Bus 2 of nanoFramework is SPI3, also called VSPI; 18 and 23 are its usual pins. Bus 1,
        // HSPI, has its usual pins on the straps 12 and 15.
        FlashBus = 2,
        FlashClock = 18,
        FlashMosi = 23,

        // An input-only pin saves one that can drive, through the GPIO matrix.
        FlashMiso = 34,

        // VSPI's usual select, 5, is a strap; 21 floats after reset.
        FlashChipSelect = 21,

        // 36 and 39 dip for about 80 ns when an analog block powers up (ESP32 Series SoC Errata,
        // on GPIO36 and GPIO39): nothing to a debounced contact.
        DoorContact = 35,
        ExitButton = 36,
        Tamper = 39,
        KeypadRow1 = 13,
        KeypadRow2 = 14,
        KeypadRow3 = 16,
        KeypadRow4 = 17,
        KeypadColumn1 = 19,
        KeypadColumn2 = 22,
        KeypadColumn3 = 4,
    };
}
