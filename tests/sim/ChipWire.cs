// Between the driver and the chip: glitches on the wire, and what a chip forgets that only says it
// has programmed. World makes it.

using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>The SPI wire of the chip.</summary>
/// <param name="board">Its strike must be safe before the first transaction.</param>
/// <param name="isForgetful">The last programs are gone at a power cut.</param>
public sealed class ChipWire(VirtualBoard board, bool isForgetful) : ISpiDevice
{
    private const byte PageProgram = 0x02;
    private const byte ReadData = 0x03;
    private const byte SectorErase = 0x20;
    private const int HeaderBytes = 4;
    private const int Forgotten = 2;
    private readonly List<(int Address, byte[] Before)> _programs = [];
    private int _readsToGlitch;
    private int _glitch;

    /// <summary>The next transaction is the first of a start.</summary>
    public bool IsStarting { get; set; }

    /// <summary>A read to come has a wrong bit.</summary>
    /// <param name="reads">1: the next.</param>
    /// <param name="bit">Which bit, counted from its first byte, if it is that long.</param>
    public void GlitchAt(int reads, int bit)
    {
        _readsToGlitch = reads;
        _glitch = bit;
    }

    /// <summary>The power is gone.</summary>
    public void LosePower()
    {
        byte[] image = board.Flash.Image;
        for (int i = _programs.Count - 1; i >= 0; i--)
        {
            _programs[i].Before.CopyTo(image, _programs[i].Address);
        }

        _programs.Clear();
        _readsToGlitch = 0;
    }

    public void Transfer(byte[] buffer, int offset, int count)
    {
        if (IsStarting)
        {
            IsStarting = false;
            Violation.Require(!board.Strike.IsActive, "the flash is used, and the strike not safe");
        }

        byte opcode = buffer[offset];
        if (isForgetful && opcode is PageProgram or SectorErase)
        {
            Remember(opcode, AddressOf(buffer, offset), count - HeaderBytes);
        }

        board.Flash.Transfer(buffer, offset, count);
        if (opcode == ReadData && _readsToGlitch > 0 && --_readsToGlitch == 0)
        {
            int bit = _glitch % (8 * (count - HeaderBytes));
            buffer[offset + HeaderBytes + bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static int AddressOf(byte[] buffer, int offset) =>
        (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3];

    private void Remember(byte opcode, int address, int count)
    {
        if (opcode == SectorErase)
        {
            _programs.Clear();
            return;
        }

        _programs.Add((address, board.Flash.Image[address..(address + count)]));
        if (_programs.Count > Forgotten)
        {
            _programs.RemoveAt(0);
        }
    }
}
