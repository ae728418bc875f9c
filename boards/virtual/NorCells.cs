// The cells of a simulated NOR flash: bits go from 1 to 0 by programming and back by erasing a
// sector, and a power cut leaves what its model says. W25qChip calls it.

using System;

namespace Keyway.Boards.Virtual;

/// <summary>An image of cells, what each has been through, and which of them are weak.</summary>
internal sealed class NorCells
{
    internal const int SectorBytes = 4096;
    internal const int PageBytes = 256;

    private const int UnitBytes = 16;

    /// <summary>So often a bit is drawn before a page is taken to have none that fits.</summary>
    private const int Draws = 64;

    private readonly FlashCounters _counters;
    private readonly WeakCells _weak = new();
    private readonly byte[] _erased = new byte[SectorBytes];

    // 1: the unit has been programmed since its erase.
    private readonly byte[] _programmedUnits;

    // Of a cut program: bits that stay as they were, and those of them that are half-charged.
    private readonly byte[] _stay = new byte[PageBytes];
    private readonly byte[] _half = new byte[PageBytes];

    internal NorCells(byte[] image, FlashCounters counters)
    {
        Image = image;
        _counters = counters;
        _programmedUnits = new byte[image.Length / UnitBytes];
        Fill(_erased, 0xFF);
    }

    /// <summary>What the cells hold; of a weak cell what it held last.</summary>
    internal byte[] Image { get; }

    /// <summary>Source of everything random; replaced by the seed of a cut.</summary>
    internal SeededRandom Random { get; set; } = new(1);

    /// <summary>Called after each change of the image; may be null.</summary>
    internal ImageChangedCallback Changed { get; set; }

    /// <summary>Fills a buffer quickly, also on an interpreter.</summary>
    internal static void Fill(byte[] buffer, byte value)
    {
        buffer[0] = value;
        for (int done = 1; done < buffer.Length; done *= 2)
        {
            int rest = buffer.Length - done;
            Array.Copy(buffer, 0, buffer, done, done < rest ? done : rest);
        }
    }

    /// <summary>Takes the bytes that are not FF in a given image for programmed.</summary>
    internal void MarkProgrammed()
    {
        for (int i = 0; i < Image.Length; i++)
        {
            if (Image[i] != 0xFF)
            {
                _programmedUnits[i / UnitBytes] = 1;
            }
        }
    }

    internal void Read(int address, byte[] buffer, int offset, int count)
    {
        Array.Copy(Image, address, buffer, offset, count);
        if (_weak.Count > 0)
        {
            _weak.Overlay(address, buffer, offset, count, Random);
        }
    }

    /// <summary>Programs up to a page; wraps inside it.</summary>
    internal void Program(int address, byte[] data, int offset, int count)
    {
        CountUnits(address, data, offset, count);
        int page = address & ~(PageBytes - 1);
        for (int i = 0; i < count; i++)
        {
            int at = page | ((address + i) & (PageBytes - 1));
            byte value = data[offset + i];
            byte old = Image[at];
            if ((value & ~old) != 0 && value != 0xFF)
            {
                _counters.ZeroToOneAttempts++;
            }

            Image[at] = (byte)(old & value);
        }

        _weak.Program(address, data, offset, count, null);
        Changed?.Invoke(page, PageBytes);
    }

    /// <summary>Programs what a power cut leaves of it.</summary>
    internal void ProgramCut(int address, byte[] data, int offset, int count, PowerCut model)
    {
        if (model == PowerCut.After)
        {
            Program(address, data, offset, count);
            return;
        }

        Fill(_half, 0);
        switch (model)
        {
            case PowerCut.Before:
                return;
            case PowerCut.Prefix:
                Fill(_stay, 0xFF);
                Array.Clear(_stay, 0, Random.Next(count));
                break;
            case PowerCut.UnstableCells:
            case PowerCut.WeakErase:
                DrawUnstable(address, data, offset, count);
                break;
            default:
                Random.Fill(_stay, 0, PageBytes);
                break;
        }

        CountUnits(address, data, offset, count);
        _weak.Program(address, data, offset, count, _stay);
        int page = address & ~(PageBytes - 1);
        for (int i = 0; i < count; i++)
        {
            int at = page | ((address + i) & (PageBytes - 1));
            int half = _half[i] & Image[at] & ~data[offset + i];
            Image[at] &= (byte)(data[offset + i] | _stay[i]);
            if (half != 0)
            {
                _weak.Add(at, half, 0);
            }
        }

        Changed?.Invoke(page, PageBytes);
    }

    internal void Erase(int sector)
    {
        Array.Copy(_erased, 0, Image, sector, SectorBytes);
        Array.Clear(_programmedUnits, sector / UnitBytes, SectorBytes / UnitBytes);
        _weak.Erase(sector);
        Changed?.Invoke(sector, SectorBytes);
    }

    /// <summary>Erases what a power cut leaves of it.</summary>
    internal void EraseCut(int sector, PowerCut model)
    {
        switch (model)
        {
            case PowerCut.Before:
                return;
            case PowerCut.After:
                Erase(sector);
                return;
            case PowerCut.WeakErase:
                Erase(sector);
                Weaken(sector, 1 + Random.Next(2));
                return;
            default:
                EraseHalf(sector);
                Changed?.Invoke(sector, SectorBytes);
                return;
        }
    }

    /// <summary>Lets the weak cells that waited for a power-up show.</summary>
    internal void PowerUp()
    {
        for (int i = 0; i < _weak.Count; i++)
        {
            int lost = _weak.PowerUp(i, Random);
            if (lost != 0)
            {
                int at = _weak.AddressOf(i);
                Image[at] &= (byte)~lost;
                Changed?.Invoke(at, 1);
            }
        }

        _weak.DropFirm();
    }

    /// <summary>Counts the units programmed again; a unit of nothing but FF is not.</summary>
    private void CountUnits(int address, byte[] data, int offset, int count)
    {
        int page = address & ~(PageBytes - 1);
        int last = -1;
        for (int i = 0; i < count; i++)
        {
            int unit = (page | ((address + i) & (PageBytes - 1))) / UnitBytes;
            if (data[offset + i] != 0xFF && unit != last)
            {
                _counters.UnitReprograms += _programmedUnits[unit];
                _programmedUnits[unit] = 1;
                last = unit;
            }
        }
    }

    /// <summary>Hardly begun, nearly done, or anything; with half-charged cells in each.</summary>
    private void DrawUnstable(int address, byte[] data, int offset, int count)
    {
        int progress = Random.Next(3);
        if (progress == 2)
        {
            Random.Fill(_stay, 0, PageBytes);
            for (int i = 0; i < count; i++)
            {
                _half[i] = (byte)(_stay[i] & Random.Next(256));
            }

            return;
        }

        Fill(_stay, progress == 0 ? (byte)0xFF : (byte)0);
        int page = address & ~(PageBytes - 1);
        int wanted = 1 + Random.Next(4);
        for (int draw = 0; draw < Draws && wanted > 0; draw++)
        {
            int i = Random.Next(count);
            int bit = 1 << Random.Next(8);
            int old = Image[page | ((address + i) & (PageBytes - 1))];
            if ((old & ~data[offset + i] & bit) != 0)
            {
                _stay[i] |= (byte)bit;
                _half[i] |= (byte)bit;
                wanted--;
            }
        }
    }

    private void EraseHalf(int sector)
    {
        int phase = Random.Next(4);
        int count = phase < 2 ? SectorBytes : Random.Next(SectorBytes);

        // In the order of the rows, or against it.
        int first = count % 2 == 0 ? sector : sector + SectorBytes - count;
        for (int i = first; i < first + count; i++)
        {
            int bits = Random.Next(256);
            switch (phase)
            {
                case 0:
                    Image[i] |= (byte)bits;
                    break;
                case 1:
                    Image[i] |= (byte)(bits & (bits >> 4));
                    break;
                case 2:
                    Image[i] = 0xFF;
                    break;
                default:
                    Image[i] &= (byte)bits;
                    break;
            }
        }

        if (Random.Next(2) == 0)
        {
            Weaken(sector, 0);
        }
    }

    /// <summary>Makes a few cells weak: anywhere in the sector, or where its header is.</summary>
    private void Weaken(int sector, int powerUps)
    {
        int range = Random.Next(2) == 0 ? SectorBytes : PageBytes;
        int cells = 1 + Random.Next(16);
        for (int i = 0; i < cells; i++)
        {
            _weak.Add(sector + Random.Next(range), 1 << Random.Next(8), powerUps);
        }
    }
}
