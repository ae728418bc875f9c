// Between the driver and the chip: where a protection is switched off, and where an erase is
// swallowed. StorageLife wires it.

using System.Reflection;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Sweep;

/// <summary>The SPI wire of a chip.</summary>
public sealed class Wire : ISpiDevice
{
    private const byte PageProgram = 0x02;
    private const byte ReadData = 0x03;
    private const byte WriteDisable = 0x04;
    private const byte SectorErase = 0x20;
    private const int HeaderBytes = 4;
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;
    private readonly W25qChip _chip;
    private readonly Protection _without;
    private readonly SeedlessFrames _seedless;

    public Wire(W25qChip chip, Protection without)
    {
        _chip = chip;
        _without = without;
        _seedless = new SeedlessFrames(chip);
    }

    /// <summary>Erases to come that the chip does not do.</summary>
    public int DeadErases { get; set; }

    /// <summary>The next erase clears the first page only, and says nothing.</summary>
    public bool HalvesNextErase { get; set; }

    /// <summary>The sector of which an erase has cleared the first page only; -1: none.</summary>
    public int HalfErased { get; private set; } = -1;

    /// <summary>The log while it mounts.</summary>
    public SlotLog? Mounting { get; set; }

    public void Transfer(byte[] buffer, int offset, int count)
    {
        byte opcode = buffer[offset];
        if (opcode == SectorErase && DeadErases > 0 && HasHeader(AddressOf(buffer, offset)))
        {
            DeadErases--;
            _chip.Transfer([WriteDisable], 0, 1);
        }
        else if (opcode == SectorErase && HalvesNextErase && HasHeader(AddressOf(buffer, offset)))
        {
            HalvesNextErase = false;
            int address = AddressOf(buffer, offset);
            HalfErased = (address - StorageShape.Address) / SpiNorFlash.SectorSizeBytes;
            _chip.Image.AsSpan(address, SpiNorFlash.PageSizeBytes).Fill(0xFF);
            _chip.Transfer([WriteDisable], 0, 1);
        }
        else if (opcode == PageProgram && IsDropped(buffer, offset, count))
        {
            _chip.Transfer([WriteDisable], 0, 1);
        }
        else if (_without == Protection.Seed && opcode is PageProgram or ReadData)
        {
            TransferSeedless(opcode, buffer, offset, count);
        }
        else
        {
            _chip.Transfer(buffer, offset, count);
        }
    }

    private static int AddressOf(byte[] buffer, int offset) =>
        (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3];

    // One that a cut has begun leaves cells that no driver can know of.
    private bool HasHeader(int address) =>
        SectorHeader.IsValid(new Checksum(), _chip.Image, address);

    private bool IsDropped(byte[] buffer, int offset, int count)
    {
        bool isZeros = !buffer.AsSpan(offset + HeaderBytes, count - HeaderBytes)
            .ContainsAnyExcept((byte)0);
        bool isMark = AddressOf(buffer, offset) % SpiNorFlash.SectorSizeBytes
            == SectorHeader.SizeBytes;
        if (isZeros && !isMark && _without == Protection.Reappend && Mounting != null)
        {
            ForgetLastGroup(Mounting);
        }

        return isZeros && (isMark ? _without == Protection.Retire : _without == Protection.Burn);
    }

    // Mount burns before it appends, and where it burns it knows already: with no group to append
    // the rest of it is as always.
    private static void ForgetLastGroup(SlotLog log)
    {
        object mount = typeof(SlotLog).GetField("_mount", Private)!.GetValue(log)!;
        typeof(Mount).GetField("_groupCount", Private)!.SetValue(mount, 0);
    }

    private void TransferSeedless(byte opcode, byte[] buffer, int offset, int count)
    {
        int address = AddressOf(buffer, offset);
        if (opcode == PageProgram)
        {
            byte[] sent = buffer[offset..(offset + count)];
            _seedless.Strip(sent, HeaderBytes, address, count - HeaderBytes);
            _chip.Transfer(sent, 0, count);
        }
        else
        {
            _chip.Transfer(buffer, offset, count);
            _seedless.Restore(buffer, offset + HeaderBytes, address, count - HeaderBytes);
        }
    }
}
