// What a simulated W25Q has under way: a program, an erase, a suspended erase. W25qDecoder calls
// it; it calls NorCells. Rules: Winbond W25Q64JV, sections "Page Program (02h)", "Sector Erase
// (20h)", "Erase / Program Suspend (75h)" and "Erase / Program Resume (7Ah)".
//
//                 Program                    Erase          Suspend
//     programming <------ idle, WEL set ----------> erasing --------> suspended
//                 ------>               <----------         <--------
//                   tPP                     tSE              Resume

using System;

namespace Keyway.Boards.Virtual;

/// <summary>The operations that take time, and the write enable latch they need.</summary>
internal sealed class W25qOperations
{
    private const int None = -1;

    private readonly W25qChip _chip;
    private readonly NorCells _cells;

    private bool _isProgramming;
    private int _erasing = None;
    private long _eraseLeft;
    private long _busyUntil;
    private long _suspendAllowedAt;

    internal W25qOperations(W25qChip chip, NorCells cells)
    {
        _chip = chip;
        _cells = cells;
    }

    /// <summary>WEL.</summary>
    internal bool IsWriteEnabled { get; set; }

    /// <summary>SUS.</summary>
    internal bool IsSuspended { get; private set; }

    /// <summary>BUSY at a time.</summary>
    internal bool IsBusy(long at) => at < _busyUntil;

    /// <summary>Ends what is over by now.</summary>
    internal void Settle(long now)
    {
        if (now < _busyUntil)
        {
            return;
        }

        if (_isProgramming)
        {
            _isProgramming = false;
            IsWriteEnabled = false;
        }

        if (_erasing != None && !IsSuspended)
        {
            int sector = _erasing;
            _erasing = None;
            IsWriteEnabled = false;
            _cells.Erase(sector);
        }
    }

    /// <summary>The power goes: an erase under way or suspended is left half done.</summary>
    internal void PowerDown(long now)
    {
        Settle(now);
        if (_erasing != None)
        {
            int sector = _erasing;
            _erasing = None;
            _cells.EraseCut(sector, PowerCut.HalfErase);
        }
    }

    /// <summary>The power comes back.</summary>
    internal void PowerUp(long now)
    {
        IsWriteEnabled = false;
        IsSuspended = false;
        _isProgramming = false;
        _busyUntil = now;
        _suspendAllowedAt = now;
    }

    /// <summary>Begins to program up to a page.</summary>
    internal void Program(long now, int address, byte[] data, int offset, int count)
    {
        Require((address & ~(NorCells.SectorBytes - 1)) != _erasing,
            "a program in the sector under a suspended erase");
        _chip.Counters.PagePrograms++;
        _chip.Counters.BytesProgrammed += count;
        if (_chip.IsCutStep(out PowerCut cut))
        {
            _cells.ProgramCut(address, data, offset, count, cut);
            PowerDown(now);
            throw new PowerCutException();
        }

        _cells.Program(address, data, offset, count);
        _isProgramming = true;
        _busyUntil = now + _chip.ProgramNanoseconds;
    }

    /// <summary>Begins to erase a sector.</summary>
    internal void Erase(long now, int sector)
    {
        Require(_erasing == None, "an erase while another is suspended");
        _chip.Counters.Erases++;
        _chip.Counters.SectorErases[sector / NorCells.SectorBytes]++;
        if (_chip.IsCutStep(out PowerCut cut))
        {
            _cells.EraseCut(sector, cut);
            throw new PowerCutException();
        }

        _erasing = sector;
        _busyUntil = now + _chip.EraseNanoseconds;
    }

    /// <summary>The sector under a suspended erase reads as anything.</summary>
    internal void Garble(int address, byte[] buffer, int offset, int count)
    {
        if (_erasing == None)
        {
            return;
        }

        int from = _erasing > address ? _erasing - address : 0;
        int to = _erasing + NorCells.SectorBytes - address;
        to = to < count ? to : count;
        if (from < to)
        {
            _cells.Random.Fill(buffer, offset + from, to - from);
        }
    }

    /// <summary>Suspends an erase; ignored when there is none to suspend.</summary>
    internal void Suspend(long now)
    {
        Require(!_isProgramming, "a suspend of a program");
        long left = _busyUntil - now;
        if (_erasing == None || IsSuspended || left <= W25qChip.SuspendNanoseconds)
        {
            // Nothing to suspend, or it ends before the suspend would take effect.
            _chip.Counters.IgnoredCommands++;
            return;
        }

        Require(now >= _suspendAllowedAt, "a suspend within tSUS of a resume");
        _eraseLeft = left;
        IsSuspended = true;
        IsWriteEnabled = false;
        _busyUntil = now + W25qChip.SuspendNanoseconds;
    }

    /// <summary>Resumes it; ignored when none is suspended.</summary>
    internal void Resume(long now)
    {
        if (!IsSuspended)
        {
            _chip.Counters.IgnoredCommands++;
            return;
        }

        IsSuspended = false;
        _busyUntil = now + _eraseLeft;
        _suspendAllowedAt = now + W25qChip.SuspendNanoseconds;
    }

    /// <summary>Throws unless the datasheet allows it.</summary>
    internal static void Require(bool isAllowed, string otherwise)
    {
        if (!isAllowed)
        {
            throw new InvalidOperationException("W25qChip: " + otherwise);
        }
    }
}
