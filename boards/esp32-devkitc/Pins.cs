// Every wire of the board, in one place. Board and Outputs open them; nothing else knows a number.

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
    /// <summary>
    /// The strike's driver, high energizes. After reset pad 27 has neither output nor pull-up nor
    /// pull-down, and it has no job at boot: the resistor to ground decides until start-up.
    /// </summary>
    public const int Strike = 27;

    /// <summary>Green LED, high lights. Floats after reset, as all of 25, 26, 32, 33 do.</summary>
    public const int GreenLed = 25;

    /// <summary>Red LED, high lights.</summary>
    public const int RedLed = 26;

    /// <summary>Active buzzer, high sounds.</summary>
    public const int Buzzer = 33;

    /// <summary>The external watchdog's input: it wants edges; at reset there are none.</summary>
    public const int WatchdogFeed = 32;

    /// <summary>
    /// Bus 2 of nanoFramework is SPI3, also called VSPI. Bus 1, HSPI, has its usual pins on the
    /// straps 12 and 15.
    /// </summary>
    public const int FlashBus = 2;

    /// <summary>Flash clock: VSPI's usual pin.</summary>
    public const int FlashClock = 18;

    /// <summary>Flash data in: VSPI's usual pin.</summary>
    public const int FlashMosi = 23;

    /// <summary>
    /// Flash data out. An input-only pin saves one that can drive, through the GPIO matrix; the
    /// resistor to 3.3 V makes an absent chip read FF.
    /// </summary>
    public const int FlashMiso = 34;

    /// <summary>
    /// Flash chip select, active low. VSPI's usual pin 5 is a strap; 21 floats after reset, and the
    /// resistor to 3.3 V keeps the chip deselected until start-up.
    /// </summary>
    public const int FlashChipSelect = 21;

    /// <summary>Door contact: closed to ground while the door is shut.</summary>
    public const int DoorContact = 35;

    /// <summary>
    /// Exit button: closed to ground while it is pressed. A report only; the button releases the
    /// strike by wire. 36 and 39 dip for about 80 ns when an analog block powers up (ESP32 Series
    /// SoC Errata, on GPIO36 and GPIO39): nothing to a debounced contact.
    /// </summary>
    public const int ExitButton = 36;

    /// <summary>Tamper loop: closed to ground while the housing is shut.</summary>
    public const int Tamper = 39;

    /// <summary>Keypad rows, top to bottom. Inputs; these pins have pull-ups.</summary>
    /// <returns>A new array; the caller's.</returns>
    public static int[] KeypadRows() => new int[] { 13, 14, 16, 17 };

    /// <summary>Keypad columns, left to right. Open drain.</summary>
    /// <returns>A new array; the caller's.</returns>
    public static int[] KeypadColumns() => new int[] { 19, 22, 4 };
}
