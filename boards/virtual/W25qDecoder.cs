// The command decoder of a simulated W25Q: status registers, reads and power-down; what takes time
// is in W25qOperations. W25qChip calls it; it calls NorCells. Rules: Winbond W25Q64JV, section
// "Instructions", in the subsection of each command.

using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>What the chip does with a transaction.</summary>
internal sealed class W25qDecoder
{
    private const int HeaderBytes = 4;
    private const int BusyBit = 0x01;
    private const int WriteEnabledBit = 0x02;
    private const int SuspendedBit = 0x80;

    private readonly W25qChip _chip;
    private readonly FlashPart _part;
    private readonly NorCells _cells;
    private readonly W25qOperations _operations;
    private bool _isAsleep;
    private long _deafUntil;

    internal W25qDecoder(W25qChip chip, FlashPart part, NorCells cells)
    {
        _chip = chip;
        _part = part;
        _cells = cells;
        _operations = new W25qOperations(chip, cells);
    }

    /// <summary>Ends what is over by now.</summary>
    internal void Settle(long now) => _operations.Settle(now);

    /// <summary>The power goes.</summary>
    internal void PowerDown(long now) => _operations.PowerDown(now);

    /// <summary>The power comes back.</summary>
    internal void PowerUp(long now)
    {
        _operations.PowerUp(now);
        _isAsleep = false;
        _deafUntil = now;
    }

    /// <summary>Takes a transaction and puts the answer over it.</summary>
    internal void Execute(long startedAt, byte[] buffer, int offset, int count)
    {
        _operations.Settle(startedAt);
        int opcode = buffer[offset];
        bool isStatus = opcode == 0x05 || opcode == 0x35;
        if (startedAt < _deafUntil || (_isAsleep && opcode != 0xAB)
            || (_chip.IsStuckBusy && !isStatus))
        {
            Ignore(buffer, offset, count);
            return;
        }

        bool isAllowed = isStatus || opcode == 0x75 || !_operations.IsBusy(startedAt);
        W25qOperations.Require(isAllowed, "a command while busy");
        long endedAt = startedAt + (long)count * _chip.ByteNanoseconds;
        switch (opcode)
        {
            case 0x05:
            case 0x35:
                AnswerStatus(opcode, startedAt, buffer, offset, count);
                break;
            case 0x03:
                Read(buffer, offset, count);
                break;
            case 0x9F:
                AnswerJedecId(buffer, offset, count);
                break;
            case 0x02:
                Program(endedAt, buffer, offset, count);
                break;
            case 0x20:
                Erase(endedAt, buffer, offset, count);
                break;
            default:
                ExecuteShort(opcode, endedAt, buffer, offset, count);
                break;
        }
    }

    /// <summary>The commands of one byte. With more bytes the chip does not execute them.</summary>
    private void ExecuteShort(int opcode, long endedAt, byte[] buffer, int offset, int count)
    {
        if (opcode == 0xAB)
        {
            // Followed by four more bytes it answers the device id too; it wakes either way.
            _deafUntil = _isAsleep ? endedAt + _chip.WakeNanoseconds : _deafUntil;
            _isAsleep = false;
        }
        else if (count != 1)
        {
            _chip.Counters.IgnoredCommands++;
        }
        else if (opcode == 0x06)
        {
            _operations.IsWriteEnabled = !_chip.IsWriteProtected;
        }
        else if (opcode == 0x04)
        {
            _operations.IsWriteEnabled = false;
        }
        else if (opcode == 0xB9)
        {
            _isAsleep = true;
        }
        else if (opcode == 0x75)
        {
            _operations.Suspend(endedAt);
        }
        else if (opcode == 0x7A)
        {
            _operations.Resume(endedAt);
        }
        else
        {
            _chip.Counters.IgnoredCommands++;
        }

        _chip.Float(buffer, offset, count);
    }

    private void AnswerStatus(int opcode, long startedAt, byte[] buffer, int offset, int count)
    {
        int latch = _operations.IsWriteEnabled ? WriteEnabledBit : 0;
        int busy = _chip.BlockProtectBits | BusyBit | latch;
        int second = _operations.IsSuspended ? SuspendedBit : 0;
        int idle = _chip.BlockProtectBits | (_operations.IsBusy(startedAt) ? 0 : latch);
        buffer[offset] = 0xFF;
        for (int i = 1; i < count; i++)
        {
            long at = startedAt + (long)i * _chip.ByteNanoseconds;
            bool isBusy = _operations.IsBusy(at) || _chip.IsStuckBusy;
            int first = isBusy ? busy : idle;
            buffer[offset + i] = (byte)(opcode == 0x05 ? first : second);
        }
    }

    private void AnswerJedecId(byte[] buffer, int offset, int count)
    {
        _chip.Float(buffer, offset, count);
        for (int i = 1; i < count && i < HeaderBytes; i++)
        {
            buffer[offset + i] = (byte)(_part.JedecId >> (8 * (3 - i)));
        }
    }

    private void Read(byte[] buffer, int offset, int count)
    {
        if (count <= HeaderBytes)
        {
            Ignore(buffer, offset, count);
            return;
        }

        int address = Address(buffer, offset);
        int length = count - HeaderBytes;
        _chip.Counters.Reads++;
        _chip.Counters.BytesRead += length;
        _chip.Float(buffer, offset, HeaderBytes);
        int at = offset + HeaderBytes;
        while (length > 0)
        {
            // From the last byte it goes on with the first.
            int room = _part.SizeBytes - address;
            int chunk = length < room ? length : room;
            RequireCells(address, chunk);
            _cells.Read(address, buffer, at, chunk);
            _operations.Garble(address, buffer, at, chunk);
            at += chunk;
            length -= chunk;
            address = 0;
        }
    }

    private void Program(long endedAt, byte[] buffer, int offset, int count)
    {
        W25qOperations.Require(_operations.IsWriteEnabled, "a program without write enable");
        if (count <= HeaderBytes || _chip.BlockProtectBits != 0)
        {
            _operations.IsWriteEnabled = false;
            Ignore(buffer, offset, count);
            return;
        }

        int address = Address(buffer, offset);
        int length = count - HeaderBytes;
        int at = offset + HeaderBytes;
        if (length > NorCells.PageBytes)
        {
            // Of more than a page the last 256 bytes count, each where it would have wrapped to.
            int surplus = length - NorCells.PageBytes;
            int page = address & ~(NorCells.PageBytes - 1);
            address = page | ((address + surplus) & (NorCells.PageBytes - 1));
            at += surplus;
            length = NorCells.PageBytes;
        }

        RequireCells(address, 1);
        _operations.Program(endedAt, address, buffer, at, length);
        _chip.Float(buffer, offset, count);
    }

    private void Erase(long endedAt, byte[] buffer, int offset, int count)
    {
        W25qOperations.Require(_operations.IsWriteEnabled, "an erase without write enable");
        if (count != HeaderBytes || _chip.BlockProtectBits != 0)
        {
            _operations.IsWriteEnabled = false;
            Ignore(buffer, offset, count);
            return;
        }

        int sector = Address(buffer, offset) & ~(NorCells.SectorBytes - 1);
        RequireCells(sector, NorCells.SectorBytes);
        _operations.Erase(endedAt, sector);
        _chip.Float(buffer, offset, count);
    }

    private void Ignore(byte[] buffer, int offset, int count)
    {
        _chip.Counters.IgnoredCommands++;
        _chip.Float(buffer, offset, count);
    }

    /// <summary>Address bits above the size are not decoded.</summary>
    private int Address(byte[] buffer, int offset) =>
        (buffer[offset + 1] << 16 | buffer[offset + 2] << 8 | buffer[offset + 3])
            & (_part.SizeBytes - 1);

    private void RequireCells(int address, int count) => W25qOperations.Require(
        count <= _cells.Image.Length - address, "an access beyond the image");
}
