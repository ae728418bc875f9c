using System;
using System.Device.Spi;
using Keyway.Hal;
using nanoFramework.Hardware.Esp32;

namespace Keyway.Boards.Esp32DevKitC;

/// <summary>The keypad's flash on VSPI.</summary>
public sealed class EspSpiDevice : ISpiDevice
{
    // Far below what the parts and the GPIO matrix (26 MHz) can do: the wire leads to the keypad.
    private const int ClockHz = 10_000_000;

    private readonly SpiDevice _device;

    /// <summary>Maps the pins and opens the bus; nothing is sent.</summary>
    /// <exception cref="System.Exception">A pin or the bus is taken.</exception>
    public EspSpiDevice()
    {
        Configuration.SetPinFunction(Pins.FlashClock, DeviceFunction.SPI2_CLOCK);
        Configuration.SetPinFunction(Pins.FlashMosi, DeviceFunction.SPI2_MOSI);
        Configuration.SetPinFunction(Pins.FlashMiso, DeviceFunction.SPI2_MISO);
        _device = SpiDevice.Create(new SpiConnectionSettings(Pins.FlashBus, Pins.FlashChipSelect)
        {
            ClockFrequency = ClockHz,
            Mode = SpiMode.Mode0,
            DataFlow = DataFlow.MsbFirst,
            DataBitLength = 8,
        });
    }

    /// <inheritdoc/>
    public void Transfer(byte[] buffer, int offset, int count)
    {
        try
        {
            SpanByte range = new SpanByte(buffer, offset, count);
            _device.TransferFullDuplex(range, range);
        }
        catch (Exception)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = 0xFF;
            }
        }
    }
}
