// The cells of a simulated flash that a power cut left half-charged. NorCells calls it.

using System;

namespace Keyway.Boards.Virtual;

/// <summary>A small list of bits that do not read the same each time.</summary>
internal sealed class WeakCells
{
    private int[] _address = new int[16];
    private byte[] _mask = new byte[16];
    private int[] _powerUps = new int[16];

    /// <summary>How many bytes hold such cells.</summary>
    internal int Count { get; private set; }

    /// <summary>The byte of an entry.</summary>
    internal int AddressOf(int entry) => _address[entry];

    /// <summary>Makes cells weak.</summary>
    /// <param name="address">Their byte.</param>
    /// <param name="mask">Their bits.</param>
    /// <param name="powerUps">After how many power-ups it shows; 0: at once.</param>
    internal void Add(int address, int mask, int powerUps)
    {
        if (Count == _address.Length)
        {
            Grow();
        }

        _address[Count] = address;
        _mask[Count] = (byte)mask;
        _powerUps[Count] = powerUps;
        Count++;
    }

    /// <summary>The cells that a program clears hold their charge from now on.</summary>
    /// <param name="address">Where it begins; it wraps inside its page.</param>
    /// <param name="data">What it programs.</param>
    /// <param name="offset">The first byte of it.</param>
    /// <param name="count">How many.</param>
    /// <param name="stay">Bits that a power cut kept from it, from index 0; null: none.</param>
    internal void Program(int address, byte[] data, int offset, int count, byte[] stay)
    {
        const int InPage = NorCells.PageBytes - 1;
        for (int i = 0; i < Count; i++)
        {
            int at = (_address[i] - address) & InPage;
            if ((_address[i] & ~InPage) == (address & ~InPage) && at < count)
            {
                int kept = data[offset + at] | (stay == null ? 0 : stay[at]);
                _mask[i] &= (byte)kept;
            }
        }

        DropFirm();
    }

    /// <summary>No cell of an erased sector is weak.</summary>
    internal void Erase(int sector)
    {
        for (int i = 0; i < Count; i++)
        {
            if ((_address[i] & ~(NorCells.SectorBytes - 1)) == sector)
            {
                _mask[i] = 0;
            }
        }

        DropFirm();
    }

    /// <summary>Drops the entries that have no weak cell left.</summary>
    internal void DropFirm()
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_mask[i] != 0)
            {
                _address[kept] = _address[i];
                _mask[kept] = _mask[i];
                _powerUps[kept] = _powerUps[i];
                kept++;
            }
        }

        Count = kept;
    }

    /// <summary>Overlays what was read with what the weak cells happen to read.</summary>
    internal void Overlay(int address, byte[] buffer, int offset, int count, SeededRandom random)
    {
        for (int i = 0; i < Count; i++)
        {
            int at = _address[i] - address;
            if (at >= 0 && at < count && _powerUps[i] == 0)
            {
                int chance = random.Next(256) & _mask[i];
                buffer[offset + at] = (byte)((buffer[offset + at] & ~_mask[i]) | chance);
            }
        }
    }

    /// <summary>Lets a power-up pass for one entry.</summary>
    /// <returns>The bits that have lost their charge by it and read 0 from now on.</returns>
    internal int PowerUp(int entry, SeededRandom random)
    {
        if (_powerUps[entry] == 0)
        {
            return 0;
        }

        _powerUps[entry]--;
        if (_powerUps[entry] > 0)
        {
            return 0;
        }

        int lost = random.Next(256) & _mask[entry];
        _mask[entry] &= (byte)~lost;
        return lost;
    }

    private void Grow()
    {
        int size = _address.Length * 2;
        int[] address = new int[size];
        byte[] mask = new byte[size];
        int[] powerUps = new int[size];
        Array.Copy(_address, 0, address, 0, Count);
        Array.Copy(_mask, 0, mask, 0, Count);
        Array.Copy(_powerUps, 0, powerUps, 0, Count);
        _address = address;
        _mask = mask;
        _powerUps = powerUps;
    }
}
