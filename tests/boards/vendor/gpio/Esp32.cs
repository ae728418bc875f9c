namespace nanoFramework.Hardware.Esp32;

/// <summary>Which pad a function is on; nothing here asks.</summary>
public static class Configuration
{
    public static void SetPinFunction(int pin, DeviceFunction function)
    {
    }
}

/// <summary>What a pad can be; the numbers are of no account here.</summary>
public enum DeviceFunction
{
    SPI1_MOSI,
    SPI1_MISO,
    SPI1_CLOCK,
    SPI2_MOSI,
    SPI2_MISO,
    SPI2_CLOCK,
}
