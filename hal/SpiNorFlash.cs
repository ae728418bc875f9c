// The driver of the keypad's SPI NOR flash. SlotLog calls it; it calls ISpiDevice (through
// SpiNorCommands) and IClock. Timings: Winbond W25Q64JV, section "AC Electrical Characteristics".
//
//            BeginErase            Suspend
//     idle ------------> erasing ----------> suspended      idle: everything works
//      ^                 |  ^                 |             erasing: only PollErase and Suspend
//      +-----------------+  +-----------------+             suspended: reads and programs work,
//       PollErase: Ok            Resume                     except in the sector being erased

namespace Keyway.Hal;

/// <summary>One SPI NOR flash of up to 16 MiB with 4 KiB sectors and 256-byte pages.</summary>
/// <remarks>
/// Used from one thread. Allocates nothing after construction but the table of parts in
/// <see cref="Open"/>. After a <see cref="FlashStatus.Timeout"/> every call first asks the chip
/// whether it is still busy, and answers Timeout again while it is.
/// </remarks>
public sealed class SpiNorFlash
{
    /// <summary>Smallest erasable unit, in bytes.</summary>
    public const int SectorSizeBytes = 4096;

    /// <summary>Largest unit of one program, in bytes.</summary>
    public const int PageSizeBytes = 256;

    /// <summary>Where the data of a page begins in <see cref="Page"/>.</summary>
    public const int PageOffset = SpiNorCommands.HeaderBytes;

    // Resuming costs an erase time, nobody says how much; the clock counts ms; tSUS is 20 us.
    private const int ResumeMs = 1;
    private const int MarginMs = 1;
    private const int SuspendMaxMs = 1;

    private readonly SpiNorCommands _commands;
    private readonly IClock _clock;
    private bool _isErasing;
    private bool _isSuspended;
    private int _eraseAddress;
    private long _eraseDeadlineMs;
    private long _suspendedAtMs;
    private int _jedecId;
    private FlashPart _part;

    /// <summary>Wires the driver; nothing is sent.</summary>
    /// <param name="spi">The chip, at no more than 26 MHz.</param>
    /// <param name="clock">Bounds every wait.</param>
    public SpiNorFlash(ISpiDevice spi, IClock clock)
    {
        _commands = new SpiNorCommands(spi, clock);
        _clock = clock;
    }

    /// <summary>The chip's answer to <see cref="Open"/>, 0xMMTTCC; FFFFFF or 0: none.</summary>
    public int JedecId => _jedecId;

    /// <summary>The part found by <see cref="Open"/>; null before and unless it ended Ok.</summary>
    public FlashPart Part => _part;

    /// <summary>
    /// The driver's buffer, for what is one page at most: reading to <see cref="PageOffset"/> and
    /// programming from there copies nothing.
    /// </summary>
    /// <remarks>
    /// Each read, program and <see cref="Resume"/> overwrites it: after a read it holds what was
    /// read, after a program nothing of use.
    /// </remarks>
    public byte[] Page => _commands.Page;

    /// <summary>True while an erase is under way, suspended or not. Asks the chip.</summary>
    public bool IsBusy => PollErase() == FlashStatus.Busy;

    /// <summary>Waits until the chip is idle, wakes it, reads the JEDEC id.</summary>
    /// <param name="expectedJedecId">0xMMTTCC of the part fitted; 0: any known.</param>
    /// <returns>
    /// Ok; UnknownPart when <see cref="JedecId"/> is unknown or not the one expected; Timeout.
    /// </returns>
    /// <remarks>
    /// After a reset of the controller alone the chip may still be in an erase, or suspended in
    /// one. It is resumed and waited for, up to 0.4 s: the section of the software reset (66h, 99h)
    /// warns of corrupt data while BUSY or SUS is set.
    /// </remarks>
    public FlashStatus Open(int expectedJedecId)
    {
        _part = null;
        _isErasing = false;
        _isSuspended = false;

        int longestBusyMs = FlashParts.LongestSectorEraseMs();
        FlashStatus status = _commands.Identify(longestBusyMs, out int jedecId);
        _jedecId = jedecId;
        FlashPart part = FlashParts.Find(jedecId);
        if (status == FlashStatus.Ok
            && (part == null || (expectedJedecId != 0 && expectedJedecId != jedecId)))
        {
            status = FlashStatus.UnknownPart;
        }

        if (status == FlashStatus.Ok && part.CanSuspend && _commands.IsSuspended)
        {
            _commands.Resume();
            status = _commands.WaitWhileBusy(part.SectorEraseMaxMs);
        }

        _part = status == FlashStatus.Ok ? part : null;
        return status;
    }

    /// <summary>Asks for the id again: a chip that is gone reads as FF everywhere.</summary>
    /// <returns>Ok; Busy; Timeout when the part that was opened does not answer.</returns>
    public FlashStatus Verify()
    {
        FlashStatus status = Part == null ? FlashStatus.UnknownPart
            : _isErasing && !_isSuspended ? FlashStatus.Busy : _commands.Settle();
        return status == FlashStatus.Ok && _commands.JedecId() != JedecId
            ? FlashStatus.Timeout : status;
    }

    /// <summary>Reads any range, up to the last byte of the chip.</summary>
    /// <param name="address">The first byte in the chip.</param>
    /// <param name="buffer">The caller's.</param>
    /// <param name="offset">The first byte of the buffer to write.</param>
    /// <param name="count">How many bytes; 0 is Ok.</param>
    /// <returns>
    /// Ok: the buffer holds what the chip sent (FF from a chip that is gone: nothing read is
    /// trusted). OutOfRange, UnknownPart, Busy: nothing was sent. Timeout: it is still stuck.
    /// </returns>
    public FlashStatus Read(int address, byte[] buffer, int offset, int count)
    {
        FlashStatus status = CheckAccess(address, buffer, offset, count);
        while (status == FlashStatus.Ok && count > 0)
        {
            int chunk = count < PageSizeBytes ? count : PageSizeBytes;
            _commands.Read(address, buffer, offset, chunk);
            address += chunk;
            offset += chunk;
            count -= chunk;
        }

        return status;
    }

    /// <summary>Programs any range, split at page bounds; returns when the chip is done.</summary>
    /// <param name="address">The first byte in the chip.</param>
    /// <param name="buffer">The caller's, not changed; or <see cref="Page"/>.</param>
    /// <param name="offset">The first byte of the buffer to program.</param>
    /// <param name="count">How many bytes; 0 is Ok.</param>
    /// <returns>
    /// Ok: the chip took it; only reading back shows that each bit went from 1 to 0.
    /// WriteProtected, Timeout: pages before the one that failed are done. OutOfRange, UnknownPart,
    /// Busy: nothing was sent.
    /// </returns>
    /// <remarks>
    /// A power cut leaves the pages before the current one done and those after it as they were.
    /// In the current page each bit of the range that had to become 0 may be 1, 0, or a cell in
    /// between that reads differently each time, until it is programmed to 0 or erased.
    /// </remarks>
    public FlashStatus Program(int address, byte[] buffer, int offset, int count)
    {
        FlashStatus status = CheckAccess(address, buffer, offset, count);
        while (status == FlashStatus.Ok && count > 0)
        {
            int room = PageSizeBytes - (address & (PageSizeBytes - 1));
            int chunk = count < room ? count : room;
            status = _commands.EnableWrite();
            if (status == FlashStatus.Ok)
            {
                _commands.BeginProgram(address, buffer, offset, chunk);
                status = _commands.WaitWhileBusy(Part.PageProgramMaxMs);
            }

            address += chunk;
            offset += chunk;
            count -= chunk;
        }

        return status;
    }

    /// <summary>Begins to erase a sector; ask <see cref="PollErase"/> how it ends.</summary>
    /// <param name="address">A multiple of <see cref="SectorSizeBytes"/>.</param>
    /// <returns>Ok: begun. Busy: another erase is under way or suspended.</returns>
    /// <remarks>
    /// A power cut before the end may leave anything in the sector: old bits, any mix, or all FF
    /// with weak cells that read otherwise later. Erase it again before it is used.
    /// </remarks>
    public FlashStatus BeginErase(int address)
    {
        FlashStatus status = (address & (SectorSizeBytes - 1)) != 0
            ? FlashStatus.OutOfRange
            : CheckRange(address, SectorSizeBytes);
        status = status != FlashStatus.Ok ? status
            : _isErasing ? FlashStatus.Busy : _commands.Settle();
        status = status != FlashStatus.Ok ? status : _commands.EnableWrite();
        if (status == FlashStatus.Ok)
        {
            _commands.BeginErase(address);
            _eraseAddress = address;
            _eraseDeadlineMs = _clock.Milliseconds + Part.SectorEraseMaxMs + MarginMs;
            _isErasing = true;
        }

        return status;
    }

    /// <summary>Asks how an erase stands.</summary>
    /// <returns>
    /// Ok: none is under way any more; that the bytes are FF only reading shows. Busy: it still
    /// runs, or is suspended. Timeout: it took longer than the datasheet allows and was given up.
    /// </returns>
    public FlashStatus PollErase()
    {
        if (!_isErasing)
        {
            return _commands.Settle();
        }

        bool isLate = _clock.Milliseconds > _eraseDeadlineMs;
        if (_isSuspended || (_commands.IsBusy && !isLate))
        {
            return FlashStatus.Busy;
        }

        _isErasing = false;
        if (isLate)
        {
            _commands.GiveUp();
        }

        return _commands.Settle();
    }

    /// <summary>Suspends the erase under way, so that the other sectors can be used.</summary>
    /// <returns>
    /// Ok, after 20 us (tSUS): suspended, or no erase is under way any more. NotSupported: the part
    /// cannot. Timeout: the chip did not stop.
    /// </returns>
    public FlashStatus Suspend()
    {
        if (!_isErasing || _isSuspended)
        {
            return _commands.Settle();
        }

        if (!Part.CanSuspend)
        {
            return FlashStatus.NotSupported;
        }

        _commands.BeginSuspend();
        FlashStatus status = _commands.WaitWhileBusy(SuspendMaxMs);
        if (status == FlashStatus.Ok)
        {
            _isSuspended = _commands.IsSuspended;
            _isErasing = _isSuspended;
            _suspendedAtMs = _clock.Milliseconds;
        }

        return status;
    }

    /// <summary>Resumes the suspended erase; takes 30 us: no suspend may follow sooner.</summary>
    /// <returns>Ok: resumed, or none was suspended. Timeout: the chip is stuck.</returns>
    public FlashStatus Resume()
    {
        FlashStatus status = _commands.Settle();
        if (status == FlashStatus.Ok && _isSuspended)
        {
            _commands.Resume();
            _isSuspended = false;
            _eraseDeadlineMs += _clock.Milliseconds - _suspendedAtMs + ResumeMs;
        }

        return status;
    }

    private FlashStatus CheckAccess(int address, byte[] buffer, int offset, int count)
    {
        FlashStatus status = CheckRange(address, count);
        return status != FlashStatus.Ok ? status
            : offset < 0 || offset > buffer.Length - count ? FlashStatus.OutOfRange
            : _isErasing && !(_isSuspended && IsElsewhere(address, count)) ? FlashStatus.Busy
            : _commands.Settle();
    }

    private bool IsElsewhere(int address, int count) =>
        address >= _eraseAddress + SectorSizeBytes || address + count <= _eraseAddress;

    private FlashStatus CheckRange(int address, int count) =>
        Part == null ? FlashStatus.UnknownPart
        : address < 0 || count < 0 || address > Part.SizeBytes - count
            ? FlashStatus.OutOfRange : FlashStatus.Ok;
}
