using System;
using System.Device.Spi;
using Keyway.Hal;
using nanoFramework.Hardware.Esp32;

namespace Keyway.Boards.Esp32;

/// <summary>One chip on a bus of the ESP32.</summary>
public sealed class EspSpiDevice : ISpiDevice
{
    // Far below what the parts and the GPIO matrix (26 MHz) can do: the wire leads to the keypad.
    private const int ClockHz = 10_000_000;

    private const int SecondBus = 2;
    private readonly SpiDevice _device;

    /// <summary>Opens the device; nothing is sent.</summary>
    /// <param name="bus">1 or 2; its pins are mapped.</param>
    /// <param name="chipSelect">GPIO number, active low.</param>
    /// <exception cref="System.Exception">A pin or the bus is taken.</exception>
    public EspSpiDevice(int bus, int chipSelect)
    {
        _device = SpiDevice.Create(new SpiConnectionSettings(bus, chipSelect)
        {
            ClockFrequency = ClockHz,
            Mode = SpiMode.Mode0,
            DataFlow = DataFlow.MsbFirst,
            DataBitLength = 8,
        });
    }

    /// <summary>Gives a bus its pins, before its first device is opened.</summary>
    /// <param name="bus">1 or 2.</param>
    /// <param name="clock">GPIO number.</param>
    /// <param name="mosi">GPIO number.</param>
    /// <param name="miso">GPIO number.</param>
    public static void MapPins(int bus, int clock, int mosi, int miso)
    {
        bool isSecond = bus == SecondBus;
        Configuration.SetPinFunction(
            clock, isSecond ? DeviceFunction.SPI2_CLOCK : DeviceFunction.SPI1_CLOCK);
        Configuration.SetPinFunction(
            mosi, isSecond ? DeviceFunction.SPI2_MOSI : DeviceFunction.SPI1_MOSI);
        Configuration.SetPinFunction(
            miso, isSecond ? DeviceFunction.SPI2_MISO : DeviceFunction.SPI1_MISO);
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
