// A Microchip MCP23S17 as it looks from the wire, for the tests of the driver in hal. Source:
// DS20001952, "Register Summary" and "SPI Interface".

using System;
using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>A simulated port expander with wires between its pins.</summary>
/// <remarks>
/// InvalidOperationException names what no driver may do: an opcode of another chip, a register
/// that is not there, two outputs of different levels on one wire. Only BANK = 0.
/// </remarks>
public sealed class Mcp23s17Chip : ISpiDevice
{
    private const int Registers = 0x16;
    private const int Pins = 16;
    private const int Directions = 0x00;
    private const int PullUps = 0x0C;
    private const int Levels = 0x12;
    private const int Latches = 0x14;
    private const int ControlBytes = 2;
    private readonly byte[] _registers = new byte[Registers];
    private readonly int[] _wires = new int[Pins];
    private int _grounded;

    /// <summary>Makes a chip that has just got its power.</summary>
    public Mcp23s17Chip() => Reset();

    /// <summary>What power or the reset pin does.</summary>
    public void Reset()
    {
        Array.Clear(_registers, 0, Registers);
        _registers[Directions] = 0xFF;
        _registers[Directions + 1] = 0xFF;
    }

    /// <summary>Connects two pins, as a pressed key does.</summary>
    public void Connect(int a, int b)
    {
        _wires[a] |= 1 << b;
        _wires[b] |= 1 << a;
    }

    /// <summary>Connects a pin to ground, or not.</summary>
    public void Ground(int pin, bool isClosed) =>
        _grounded = isClosed ? _grounded | 1 << pin : _grounded & ~(1 << pin);

    /// <summary>True while a pin drives high.</summary>
    public bool IsHigh(int pin) =>
        (Get(Directions) & 1 << pin) == 0 && (Get(Latches) & 1 << pin) != 0;

    /// <inheritdoc/>
    public void Transfer(byte[] buffer, int offset, int count)
    {
        int opcode = buffer[offset];
        int register = count > ControlBytes ? buffer[offset + 1] : Registers;
        if (opcode != 0x40 && opcode != 0x41 || register + count - ControlBytes > Registers)
        {
            throw new InvalidOperationException("not a command of this chip");
        }

        for (int i = ControlBytes; i < count; i++, register++)
        {
            if (opcode == 0x40)
            {
                int target = register == Levels || register == Levels + 1 ? register + 2 : register;
                _registers[target] = buffer[offset + i];
            }
            else
            {
                buffer[offset + i] = register == Levels ? (byte)ReadPins()
                    : register == Levels + 1 ? (byte)(ReadPins() >> 8) : _registers[register];
            }
        }
    }

    private int Get(int register) => _registers[register] | _registers[register + 1] << 8;

    private int ReadPins()
    {
        int levels = 0;
        for (int pin = 0; pin < Pins; pin++)
        {
            int net = NetOf(pin);
            int outputs = net & ~Get(Directions);
            bool isHigh = (outputs & Get(Latches)) != 0;
            bool isLow = (outputs & ~Get(Latches)) != 0 || (net & _grounded) != 0;
            if (isHigh && isLow)
            {
                throw new InvalidOperationException("two levels on one wire");
            }

            // A wire that nobody holds reads as low here, so that a missing pull-up shows.
            if (isHigh || !isLow && (net & Get(PullUps)) != 0)
            {
                levels |= 1 << pin;
            }
        }

        return levels;
    }

    // Every pin that keys connect to this one.
    private int NetOf(int pin)
    {
        int net = 1 << pin;
        int before = 0;
        while (net != before)
        {
            before = net;
            for (int i = 0; i < Pins; i++)
            {
                if ((before & 1 << i) != 0)
                {
                    net |= _wires[i];
                }
            }
        }

        return net;
    }
}
