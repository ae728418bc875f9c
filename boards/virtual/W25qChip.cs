// A Winbond W25Q as it looks from the wire. Tests and simulated boards wire it to SpiNorFlash; what
// the chip does with a command is in W25qDecoder, the cells are in NorCells. Times: Winbond
// W25Q64JV, section "AC Electrical Characteristics".

using System;
using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>A simulated flash that throws at what no driver may do.</summary>
/// <remarks>
/// InvalidOperationException names the rule: a command while busy, a program or an erase without
/// write enable or in the sector under a suspended erase, a suspend too soon after a resume, an
/// access beyond a small image. What the chip merely ignores it ignores, and counts. Not modelled:
/// quad and fast reads, block and chip erase, software reset, suspend of a program.
/// </remarks>
public sealed class W25qChip : ISpiDevice
{
    /// <summary>A byte at 20 MHz.</summary>
    public const int TypicalByteNanoseconds = 400;

    /// <summary>A page program of any length: W25Q64FV's typical tPP.</summary>
    public const int TypicalProgramNanoseconds = 700000;

    /// <summary>A sector erase: typical tSE.</summary>
    public const int TypicalEraseNanoseconds = 45000000;

    /// <summary>From suspend to its effect, and from resume to the next suspend: tSUS.</summary>
    public const int SuspendNanoseconds = 20000;

    /// <summary>From release of power-down to the next command: tRES1.</summary>
    public const int LongestWakeNanoseconds = 3000;

    private const int LongestTransaction = 260;

    private readonly IChipTime _time;
    private long _endedAt;
    private readonly NorCells _cells;
    private readonly W25qDecoder _decoder;
    private readonly byte[] _floating = new byte[LongestTransaction];
    private int _stepsToCut;
    private PowerCut _cut;
    private int _cutSeed;

    /// <summary>Makes an erased chip with an image of the part's whole size.</summary>
    /// <param name="part">What it answers and how large it is.</param>
    /// <param name="time">The time it lives in.</param>
    public W25qChip(FlashPart part, IChipTime time)
        : this(part, time, part.SizeBytes)
    {
    }

    /// <summary>Makes an erased chip of which only the start has cells.</summary>
    /// <param name="part">What it answers and how large it says it is.</param>
    /// <param name="time">The time it lives in.</param>
    /// <param name="imageBytes">A multiple of 4096; accesses beyond it throw.</param>
    public W25qChip(FlashPart part, IChipTime time, int imageBytes)
        : this(part, time, new byte[imageBytes], true)
    {
    }

    /// <summary>Makes a chip over an image.</summary>
    /// <param name="part">What it answers and how large it says it is.</param>
    /// <param name="time">The time it lives in.</param>
    /// <param name="image">A multiple of 4096 bytes, the chip's from now on.</param>
    public W25qChip(FlashPart part, IChipTime time, byte[] image)
        : this(part, time, image, false)
    {
    }

    private W25qChip(FlashPart part, IChipTime time, byte[] image, bool erase)
    {
        _time = time;
        Counters = new FlashCounters(image.Length / NorCells.SectorBytes);
        _cells = new NorCells(image, Counters);
        _decoder = new W25qDecoder(this, part, _cells);
        NorCells.Fill(_floating, 0xFF);
        if (erase)
        {
            NorCells.Fill(image, 0xFF);
        }
        else
        {
            _cells.MarkProgrammed();
        }
    }

    /// <summary>The cells; the chip's own array. Ends an erase whose time is over first.</summary>
    public byte[] Image
    {
        get
        {
            _decoder.Settle(_time.Nanoseconds);
            return _cells.Image;
        }
    }

    /// <summary>What it was asked to do.</summary>
    public FlashCounters Counters { get; }

    /// <summary>Called after each change of the image, so that the host may keep a file.</summary>
    public ImageChangedCallback ImageChanged
    {
        get => _cells.Changed;
        set => _cells.Changed = value;
    }

    /// <summary>Page programs and sector erases begun: where power can be cut.</summary>
    public int DeviceSteps { get; private set; }

    /// <summary>How long a byte takes on the wire.</summary>
    public int ByteNanoseconds { get; set; } = TypicalByteNanoseconds;

    /// <summary>How long a page program takes.</summary>
    public int ProgramNanoseconds { get; set; } = TypicalProgramNanoseconds;

    /// <summary>How long a sector erase takes.</summary>
    public int EraseNanoseconds { get; set; } = TypicalEraseNanoseconds;

    /// <summary>How long waking from power-down takes.</summary>
    public int WakeNanoseconds { get; set; } = LongestWakeNanoseconds;

    /// <summary>Fault: write enable never sets the latch.</summary>
    public bool IsWriteProtected { get; set; }

    /// <summary>Fault: BP0 to BP2 (1Ch) in status register 1; not 0: no programs.</summary>
    public int BlockProtectBits { get; set; }

    /// <summary>Fault: the chip is unplugged; every byte reads FF.</summary>
    public bool IsGone { get; set; }

    /// <summary>Fault: BUSY never ends, and commands are ignored.</summary>
    public bool IsStuckBusy { get; set; }

    /// <summary>True from a power cut to <see cref="RestorePower"/>.</summary>
    public bool IsPowerLost { get; private set; }

    /// <summary>Arms a power cut in the middle of a device step to come.</summary>
    /// <param name="deviceSteps">1: the next page program or erase; 0: none any more.</param>
    /// <param name="model">What it leaves.</param>
    /// <param name="seed">Decides all that the model leaves to chance.</param>
    public void CutPowerAt(int deviceSteps, PowerCut model, int seed)
    {
        _stepsToCut = deviceSteps;
        _cut = model;
        _cutSeed = seed;
    }

    /// <summary>Cuts the power now, between two transactions.</summary>
    /// <param name="seed">Decides what is left of an erase under way or suspended.</param>
    public void LosePower(int seed)
    {
        _cells.Random = new SeededRandom(seed);
        _decoder.PowerDown(_time.Nanoseconds);
        IsPowerLost = true;
    }

    /// <summary>Powers the chip up again, with nothing under way and no cut armed.</summary>
    public void RestorePower()
    {
        IsPowerLost = false;
        _stepsToCut = 0;
        _decoder.PowerUp(_time.Nanoseconds);
        _cells.PowerUp();
    }

    /// <inheritdoc/>
    /// <exception cref="PowerCutException">The power went, or is gone.</exception>
    /// <exception cref="InvalidOperationException">The datasheet forbids it.</exception>
    public void Transfer(byte[] buffer, int offset, int count)
    {
        if (IsPowerLost)
        {
            throw new PowerCutException();
        }

        // On a real clock transactions take no time of their own; for the chip they still follow
        // one another.
        long startedAt = _time.Nanoseconds > _endedAt ? _time.Nanoseconds : _endedAt;
        _endedAt = startedAt + (long)count * ByteNanoseconds;
        _time.Spend((long)count * ByteNanoseconds);
        Counters.Transactions++;
        Counters.BytesTransferred += count;
        if (IsGone)
        {
            Float(buffer, offset, count);
        }
        else
        {
            _decoder.Execute(startedAt, buffer, offset, count);
        }
    }

    /// <summary>What the wire holds while no chip drives it.</summary>
    internal void Float(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            int chunk = count < LongestTransaction ? count : LongestTransaction;
            Array.Copy(_floating, 0, buffer, offset, chunk);
            offset += chunk;
            count -= chunk;
        }
    }

    /// <summary>Counts a device step.</summary>
    /// <param name="cut">What the power cut of this step leaves.</param>
    /// <returns>True when the power is cut in it.</returns>
    internal bool IsCutStep(out PowerCut cut)
    {
        DeviceSteps++;
        cut = _cut;
        if (_stepsToCut == 0)
        {
            return false;
        }

        _stepsToCut--;
        if (_stepsToCut > 0)
        {
            return false;
        }

        _cells.Random = new SeededRandom(_cutSeed);
        IsPowerLost = true;
        return true;
    }
}
