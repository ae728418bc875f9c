// The driver of the keypad's SPI NOR flash. SlotLog calls it; it calls ISpiDevice and IClock.
// Opcodes and timings: Winbond W25Q64JV rev. N, sections "Instruction Set" and "AC Characteristics".

namespace Keyway.Hal;

/// <summary>placeholder</summary>
public sealed class SpiNorFlash
{
    /// <summary>Smallest erasable unit, in bytes.</summary>
    public const int SectorSizeBytes = 4096;

    /// <summary>Largest unit of one program, in bytes.</summary>
    public const int PageSizeBytes = 256;

    /// <summary>Wires the driver; nothing is sent.</summary>
    public SpiNorFlash(ISpiDevice spi, IClock clock) { _ = spi; _ = clock; }

    /// <summary>Reads the JEDEC id, wakes the chip and looks up its geometry.</summary>
    /// <param name="expectedJedecId">0xMMTTCC that the board says is fitted; 0: any known part.</param>
    public FlashStatus Open(int expectedJedecId) => FlashStatus.Ok;

    /// <summary>The id that the chip answered at <see cref="Open"/>: 0xMMTTCC.</summary>
    public int JedecId { get; private set; }

    /// <summary>The part found by <see cref="Open"/>; null before and when it is unknown.</summary>
    public FlashPart Part { get; private set; }

    /// <summary>True while an erase is under way, suspended or not. Asks the chip.</summary>
    public bool IsBusy => false;

    /// <summary>Reads any range.</summary>
    public FlashStatus Read(int address, byte[] buffer, int offset, int count) => FlashStatus.Ok;

    /// <summary>Programs any range, split at page bounds; returns when the chip is done.</summary>
    public FlashStatus Program(int address, byte[] buffer, int offset, int count) => FlashStatus.Ok;

    /// <summary>Begins to erase the sector at an aligned address.</summary>
    public FlashStatus BeginErase(int address) => FlashStatus.Ok;

    /// <summary>Ends the wait for an erase: Ok done, Busy still under way, Timeout given up.</summary>
    public FlashStatus PollErase() => FlashStatus.Ok;

    /// <summary>Suspends the erase under way.</summary>
    public FlashStatus Suspend() => FlashStatus.Ok;

    /// <summary>Resumes it.</summary>
    public FlashStatus Resume() => FlashStatus.Ok;
}
