// Reads the header of every sector at mount and finds the order of the ring, also where a few bits
// of a header have rotted. Ring makes one for each mount; it calls SpiNorFlash.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Which sectors are in use, and their order.</summary>
public sealed class RingOrder
{
    private readonly SpiNorFlash _flash;
    private readonly Ring _ring;
    private readonly SectorHeader _header = new();
    private readonly byte[] _buffer = new byte[SectorHeader.ReadBytes];
    private readonly uint[] _sequences;

    /// <summary>Wires it; nothing is read.</summary>
    public RingOrder(SpiNorFlash flash, Ring ring)
    {
        _flash = flash;
        _ring = ring;
        _sequences = new uint[ring.Count];
        Newest = ring.Count - 1;
    }

    /// <summary>The sector with the highest sequence.</summary>
    public int Newest { get; private set; }

    /// <summary>Its sequence; 0 when there is none.</summary>
    public uint NewestSequence { get; private set; }

    /// <summary>Sectors in use whose headers could not be read.</summary>
    public int LostHeaders { get; private set; }

    /// <summary>Reads every header.</summary>
    /// <param name="state">Receives Used, Headless or Raw for each sector.</param>
    /// <param name="erases">Receives how often each was erased, as far as is known.</param>
    /// <returns>Ok, ChipFailed, or UnknownFormat.</returns>
    public StorageStatus Read(SectorState[] state, int[] erases)
    {
        for (int i = 0; i < _ring.Count; i++)
        {
            if (ReadHeader(i) != FlashStatus.Ok)
            {
                return StorageStatus.ChipFailed;
            }

            if (!_header.TryRead(_buffer))
            {
                continue;
            }

            if (_header.WrittenVersion != SectorHeader.Version || _header.Sectors != _ring.Count)
            {
                return StorageStatus.UnknownFormat;
            }

            erases[i] = _header.Erases;
            _sequences[i] = _header.Retired ? 0 : _header.Sequence;
            if (_sequences[i] > NewestSequence)
            {
                NewestSequence = _sequences[i];
                Newest = i;
            }
        }

        FlashStatus status = ExtendForward();
        int oldest = Newest;
        if (status == FlashStatus.Ok && NewestSequence != 0)
        {
            status = FindOldest(out oldest);
        }

        Mark(state, oldest);
        return status == FlashStatus.Ok ? StorageStatus.Ok : StorageStatus.ChipFailed;
    }

    private FlashStatus ReadHeader(int sector) =>
        _flash.Read(_ring.AddressOf(sector, 0), _buffer, 0, _buffer.Length);

    private uint SequenceOf(int sector)
    {
        int back = Newest - sector;
        return NewestSequence - (uint)(back < 0 ? back + _ring.Count : back);
    }

    private bool IsInOrder(int sector) =>
        _sequences[sector] != 0 && _sequences[sector] == SequenceOf(sector);

    // The newest header itself may have rotted.
    private FlashStatus ExtendForward()
    {
        FlashStatus status = FlashStatus.Ok;
        bool isNear = NewestSequence != 0;
        for (int i = 1; i < _ring.Count && isNear && status == FlashStatus.Ok; i++)
        {
            status = ReadNear(_ring.After(Newest), NewestSequence + 1, out isNear);
            if (isNear)
            {
                Newest = _ring.After(Newest);
                NewestSequence++;
            }
        }

        return status;
    }

    private FlashStatus FindOldest(out int oldest)
    {
        FlashStatus status = FlashStatus.Ok;
        int sector = Newest;
        oldest = Newest;
        for (int i = 1; i < _ring.Count && i < NewestSequence && status == FlashStatus.Ok; i++)
        {
            sector = _ring.Before(sector);
            bool isThere = IsInOrder(sector);
            if (!isThere)
            {
                status = ReadNear(sector, SequenceOf(sector), out isThere);
            }

            oldest = isThere ? sector : oldest;
        }

        return status;
    }

    // A header that reads well now was missed the first time: a plug let go.
    private FlashStatus ReadNear(int sector, uint sequence, out bool isNear)
    {
        FlashStatus status = ReadHeader(sector);
        isNear = status == FlashStatus.Ok && (_header.TryRead(_buffer)
            ? _header.Sequence == sequence && !_header.Retired
            : _header.IsNear(_buffer, _ring.Count, sequence));
        return status;
    }

    // Everything between the oldest and the newest is in use; a header that rotted in between costs
    // the header, not the frames: they carry their own checksums.
    private void Mark(SectorState[] state, int oldest)
    {
        bool isInUse = false;
        int sector = Newest;
        for (int i = 0; i < _ring.Count; i++)
        {
            sector = _ring.After(sector);
            isInUse |= sector == oldest && NewestSequence != 0;
            bool isLost = isInUse && !IsInOrder(sector);
            LostHeaders += isLost ? 1 : 0;
            state[sector] = !isInUse ? SectorState.Raw
                : isLost ? SectorState.Headless : SectorState.Used;
        }
    }
}
