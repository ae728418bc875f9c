// A port expander for boards that lack pins. ExpanderMatrix, ExpanderOutput and ExpanderInput call
// it; it calls ISpiDevice. Registers: Microchip MCP23017/MCP23S17, DS20001952, table "Register
// Summary", with IOCON as after reset (BANK = 0, sequential addresses, no hardware address).

namespace Keyway.Hal;

/// <summary>The 16 pins of an MCP23S17: 0 to 7 are GPA0 to 7, 8 to 15 are GPB0 to 7.</summary>
public sealed class Mcp23s17
{
    private const byte WriteOpcode = 0x40;
    private const byte ReadOpcode = 0x41;
    private const byte Directions = 0x00;
    private const byte PullUps = 0x0C;
    private const byte Levels = 0x12;
    private const byte Latches = 0x14;
    private const int TransactionBytes = 4;
    private readonly ISpiDevice _spi;
    private readonly byte[] _buffer = new byte[TransactionBytes];
    private int _inputs = 0xFFFF;
    private int _pullUps;
    private int _latches;

    /// <summary>Wires it, and makes every pin an input without pull-up.</summary>
    /// <param name="spi">The chip; SPI mode 0, at most 10 MHz.</param>
    public Mcp23s17(ISpiDevice spi)
    {
        _spi = spi;
        Refresh();
    }

    /// <summary>Writes everything again: what a spark has reset would stay dead otherwise.
    /// </summary>
    public void Refresh()
    {
        Write(Latches, _latches);
        Write(PullUps, _pullUps);
        Write(Directions, _inputs);
    }

    /// <summary>Makes a pin an output at a level, without another level before.</summary>
    public void Drive(int pin, bool high)
    {
        int latches = high ? _latches | 1 << pin : _latches & ~(1 << pin);
        if (latches != _latches)
        {
            _latches = latches;
            Write(Latches, _latches);
        }

        SetInput(pin, false);
    }

    /// <summary>Makes a pin an input.</summary>
    /// <param name="pin">0 to 15.</param>
    /// <param name="hasPullUp">With the chip's pull-up, about 100 kOhm.</param>
    public void Release(int pin, bool hasPullUp)
    {
        int pullUps = hasPullUp ? _pullUps | 1 << pin : _pullUps & ~(1 << pin);
        if (pullUps != _pullUps)
        {
            _pullUps = pullUps;
            Write(PullUps, _pullUps);
        }

        SetInput(pin, true);
    }

    /// <summary>The levels of all pins; bit p is pin p. All high when the chip is away.</summary>
    public int Read()
    {
        _buffer[0] = ReadOpcode;
        _buffer[1] = Levels;
        _buffer[2] = 0;
        _buffer[3] = 0;
        _spi.Transfer(_buffer, 0, TransactionBytes);
        return _buffer[2] | _buffer[3] << 8;
    }

    private void SetInput(int pin, bool isInput)
    {
        int inputs = isInput ? _inputs | 1 << pin : _inputs & ~(1 << pin);
        if (inputs != _inputs)
        {
            _inputs = inputs;
            Write(Directions, _inputs);
        }
    }

    private void Write(byte register, int value)
    {
        _buffer[0] = WriteOpcode;
        _buffer[1] = register;
        _buffer[2] = (byte)value;
        _buffer[3] = (byte)(value >> 8);
        _spi.Transfer(_buffer, 0, TransactionBytes);
    }
}
