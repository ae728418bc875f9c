// The commands of a SPI NOR flash as transactions, and the waits for them. SpiNorFlash calls it; it
// calls ISpiDevice and IClock. Opcodes and status bits: Winbond W25Q64JV, sections "Instruction Set
// Table 1" and "Status Registers"; a GD25Q32C has the same ones.

using System;

namespace Keyway.Hal;

/// <summary>Puts each command on the wire, out of two buffers that are allocated once.</summary>
internal sealed class SpiNorCommands
{
    private const byte WriteEnable = 0x06;
    private const byte ReadStatus1 = 0x05;
    private const byte ReadStatus2 = 0x35;
    private const byte ReadData = 0x03;
    private const byte PageProgram = 0x02;
    private const byte SectorErase = 0x20;
    private const byte EraseSuspend = 0x75;
    private const byte EraseResume = 0x7A;
    private const byte ReleasePowerDown = 0xAB;
    private const byte ReadJedecId = 0x9F;

    /// <summary>Status register 1: BUSY, a program or an erase is under way.</summary>
    private const int BusyBit = 0x01;

    /// <summary>Status register 1: WEL, the write enable latch is set.</summary>
    private const int WriteEnabledBit = 0x02;

    /// <summary>Status register 1: BP2 to BP0, a part of the chip is protected.</summary>
    private const int ProtectedBits = 0x1C;

    /// <summary>Status register 2: SUS, an erase is suspended.</summary>
    private const int SuspendedBit = 0x80;

    /// <summary>Opcode and address, before the data of a read or a program.</summary>
    internal const int HeaderBytes = 4;

    /// <summary>Added to every longest time of a datasheet: the clock counts whole ms.</summary>
    private const int MarginMs = 1;

    /// <summary>With the opcode 3.2 us at 20 MHz: the resolution of a wait.</summary>
    private const int PollRepeats = 7;

    /// <summary>With the opcode 22 us at 26 MHz, above tSUS (20 us).</summary>
    private const int ResumeRepeats = 71;

    /// <summary>
    /// As found, then woken until the slowest wake has passed: GD25Q32C, tRES1 20 us; 5 us each.
    /// </summary>
    private const int IdAttempts = 8;

    /// <summary>What the wire holds when no chip drives it, and no real status register.</summary>
    private const int NoStatus = 0xFF;

    private readonly ISpiDevice _spi;
    private readonly IClock _clock;
    private readonly byte[] _short = new byte[1 + PollRepeats];
    private bool _isStuck;

    internal SpiNorCommands(ISpiDevice spi, IClock clock)
    {
        _spi = spi;
        _clock = clock;
    }

    /// <summary>A command's header and behind it the data of a page.</summary>
    internal byte[] Page { get; } = new byte[HeaderBytes + SpiNorFlash.PageSizeBytes];

    /// <summary>BUSY, read several times in one transaction.</summary>
    internal bool IsBusy => (Status(ReadStatus1, PollRepeats) & BusyBit) != 0;

    /// <summary>SUS, an erase is suspended.</summary>
    internal bool IsSuspended => (Status(ReadStatus2, 1) & SuspendedBit) != 0;

    /// <summary>Waits out whatever runs, wakes the chip if need be and reads its id.</summary>
    /// <param name="longestBusyMs">What may run from before a controller reset.</param>
    /// <param name="jedecId">0xMMTTCC; all ones or all zeros when no chip answered.</param>
    /// <returns>Ok or Timeout.</returns>
    internal FlashStatus Identify(int longestBusyMs, out int jedecId)
    {
        jedecId = 0;
        for (int i = 0; i < IdAttempts && (jedecId == 0 || jedecId == 0xFFFFFF); i++)
        {
            if (i > 0)
            {
                // Asleep it hears nothing else: section "Release Power-down / Device ID (ABh)".
                Send(ReleasePowerDown);
            }

            int status = Status(ReadStatus1, PollRepeats);
            bool isBusy = status != NoStatus && (status & BusyBit) != 0;
            if (isBusy && WaitWhileBusy(longestBusyMs) != FlashStatus.Ok)
            {
                return FlashStatus.Timeout;
            }

            jedecId = JedecId();
        }

        return FlashStatus.Ok;
    }

    /// <summary>Waits for the end of a program, an erase or a suspend.</summary>
    /// <param name="longestMs">The datasheet's longest.</param>
    /// <returns>Ok, or Timeout; see <see cref="Settle"/>.</returns>
    internal FlashStatus WaitWhileBusy(int longestMs)
    {
        long deadlineMs = _clock.Milliseconds + longestMs + MarginMs;
        _isStuck = false;
        bool isLate = false;
        while (!_isStuck && IsBusy)
        {
            // What was late before the chip was asked is stuck: this thread may have slept
            // between the two.
            _isStuck = isLate;
            isLate = _clock.Milliseconds > deadlineMs;
        }

        return _isStuck ? FlashStatus.Timeout : FlashStatus.Ok;
    }

    /// <summary>Asks a chip that was too slow once whether it is idle by now.</summary>
    /// <returns>Ok or Timeout.</returns>
    internal FlashStatus Settle()
    {
        _isStuck = _isStuck && IsBusy;
        return _isStuck ? FlashStatus.Timeout : FlashStatus.Ok;
    }

    /// <summary>Gives up the wait for an erase.</summary>
    internal void GiveUp() => _isStuck = true;

    /// <summary>Sets the write enable latch and checks that the chip took it.</summary>
    /// <returns>Ok; Timeout when the chip is busy or gone; WriteProtected.</returns>
    /// <remarks>
    /// With a block protect bit set a program would be ignored silently: section "Block Protect
    /// Bits". Nothing here ever sets one, so one that is set is a protected chip.
    /// </remarks>
    internal FlashStatus EnableWrite()
    {
        Send(WriteEnable);
        int status = Status(ReadStatus1, 1);
        if ((status & BusyBit) != 0)
        {
            _isStuck = true;
            return FlashStatus.Timeout;
        }

        return (status & (WriteEnabledBit | ProtectedBits)) == WriteEnabledBit
            ? FlashStatus.Ok
            : FlashStatus.WriteProtected;
    }

    /// <summary>
    /// Resumes an erase and lets tSUS pass, which must lie between a resume and the next suspend:
    /// section "Erase / Program Suspend (75h)". Overwrites the page.
    /// </summary>
    internal void Resume()
    {
        Send(EraseResume);
        Page[0] = ReadStatus1;
        _spi.Transfer(Page, 0, 1 + ResumeRepeats);
    }

    /// <summary>Begins to suspend the erase under way; BUSY goes when it is.</summary>
    internal void BeginSuspend() => Send(EraseSuspend);

    /// <summary>Begins to erase the sector that holds an address.</summary>
    internal void BeginErase(int address) =>
        Transfer(_short, SectorErase, address, HeaderBytes);

    /// <summary>Begins to program at most 256 bytes of one page.</summary>
    /// <remarks>Data in its place behind the header is sent from there, and overwritten.</remarks>
    internal void BeginProgram(int address, byte[] buffer, int offset, int count)
    {
        if (buffer != Page || offset != HeaderBytes)
        {
            Array.Copy(buffer, offset, Page, HeaderBytes, count);
        }

        Transfer(Page, PageProgram, address, HeaderBytes + count);
    }

    /// <summary>Reads at most 256 bytes.</summary>
    internal void Read(int address, byte[] buffer, int offset, int count)
    {
        Transfer(Page, ReadData, address, HeaderBytes + count);
        if (buffer != Page || offset != HeaderBytes)
        {
            Array.Copy(Page, HeaderBytes, buffer, offset, count);
        }
    }

    internal int JedecId()
    {
        _short[0] = ReadJedecId;
        _spi.Transfer(_short, 0, 4);
        return _short[1] << 16 | _short[2] << 8 | _short[3];
    }

    /// <summary>
    /// The chip clocks a status register out anew for as long as it is selected: section "Read
    /// Status Register". The last one counts.
    /// </summary>
    private int Status(byte opcode, int repeats)
    {
        _short[0] = opcode;
        _spi.Transfer(_short, 0, 1 + repeats);
        return _short[repeats];
    }

    private void Send(byte opcode)
    {
        _short[0] = opcode;
        _spi.Transfer(_short, 0, 1);
    }

    private void Transfer(byte[] wire, byte opcode, int address, int count)
    {
        wire[0] = opcode;
        wire[1] = (byte)(address >> 16);
        wire[2] = (byte)(address >> 8);
        wire[3] = (byte)address;
        _spi.Transfer(wire, 0, count);
    }
}
