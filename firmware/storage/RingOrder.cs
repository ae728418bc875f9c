// Reads the header of every sector at mount and finds the order of the ring, also where a few bits
// of a header have rotted. Mount makes one and steps it; it calls SectorHeaders.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Which sectors are in use, and their order.</summary>
/// <remarks>
/// <code>
/// read all headers -> extend forward from the newest -> back to the oldest -> mark what is between
/// </code>
/// </remarks>
public sealed class RingOrder
{
    // A header is less than a page.
    private const int WorkPerHeader = Limits.WorkPerRead / 3;
    private readonly SectorHeaders _headers;
    private readonly uint[] _sequences;
    private Stage _stage;
    private int _next;
    private int _oldest;
    private int _newest;
    private uint _newestSequence;
    private int _newestErases = -1;
    private int _lostHeaders;

    /// <summary>Wires it; nothing is read.</summary>
    /// <param name="headers">Of the region.</param>
    public RingOrder(SectorHeaders headers)
    {
        _headers = headers;
        _sequences = new uint[headers.Count];
        States = new byte[headers.Count];
        _newest = headers.Count - 1;
    }

    private enum Stage
    {
        Read = 0,
        Forward = 1,
        Back = 2,
        Mark = 3,
        Done = 4,
    }

    /// <summary>A <see cref="SectorState"/> for each sector: Used, Headless, Stale or Raw.
    /// </summary>
    public byte[] States { get; }

    /// <summary>The sector with the highest sequence.</summary>
    public int Newest => _newest;

    /// <summary>Its sequence; 0 when there is none.</summary>
    public uint NewestSequence => _newestSequence;

    /// <summary>How often it has been erased; -1 when its header has rotted.</summary>
    public int NewestErases => _newestErases;

    /// <summary>Sectors in use whose headers could not be read.</summary>
    public int LostHeaders => _lostHeaders;

    /// <summary>One slice.</summary>
    /// <param name="status">Ok, ChipFailed, or UnknownFormat.</param>
    /// <returns>True when the order is known, or cannot be.</returns>
    public bool Step(out StorageStatus status)
    {
        status = StorageStatus.Ok;
        FlashStatus flash = FlashStatus.Ok;
        switch (_stage)
        {
            case Stage.Read:
                status = ReadSome();
                break;
            case Stage.Forward:
                flash = ExtendForward();
                break;
            case Stage.Back:
                flash = FindOldest();
                break;
            default:
                MarkSome();
                break;
        }

        status = flash == FlashStatus.Ok ? status : StorageStatus.ChipFailed;
        return _stage == Stage.Done || status != StorageStatus.Ok;
    }

    private StorageStatus ReadSome()
    {
        int work = 0;
        for (; work < Limits.WorkPerStep && _next < States.Length; work += WorkPerHeader)
        {
            if (_headers.Read(_next) != FlashStatus.Ok)
            {
                return StorageStatus.ChipFailed;
            }

            if (_headers.IsValid)
            {
                if (!_headers.IsOurs)
                {
                    return StorageStatus.UnknownFormat;
                }

                Learn(_next);
            }

            _next++;
        }

        if (_next == States.Length)
        {
            _stage = NewestSequence == 0 ? Stage.Done : Stage.Forward;
            _next = 1;
        }

        return StorageStatus.Ok;
    }

    private void Learn(int sector)
    {
        States[sector] = (byte)SectorState.Stale;
        _sequences[sector] = _headers.IsRetired ? 0 : _headers.Sequence;
        if (_sequences[sector] > NewestSequence)
        {
            _newestSequence = _sequences[sector];
            _newestErases = _headers.Erases;
            _newest = sector;
        }
    }

    private int Behind(int sector, int count) => (sector + count) % States.Length;

    // The newest header itself may have rotted.
    private FlashStatus ExtendForward()
    {
        FlashStatus status = ReadNear(Behind(Newest, 1), NewestSequence + 1, out bool isNear);
        if (isNear && _next < States.Length)
        {
            _next++;
            _newest = Behind(Newest, 1);
            _newestSequence++;
            _newestErases = -1;
        }
        else
        {
            _stage = Stage.Back;
            _next = 1;
            _oldest = Newest;
        }

        return status;
    }

    private FlashStatus FindOldest()
    {
        FlashStatus status = FlashStatus.Ok;
        int last = NewestSequence < _sequences.Length ? (int)NewestSequence : _sequences.Length;
        int back = _next;
        int sector = Behind(Newest, _sequences.Length - back);
        uint sequence = NewestSequence - (uint)back;
        for (int work = 0; work < Limits.WorkPerStep && back < last; work++)
        {
            bool isThere = _sequences[sector] == sequence;
            if (!isThere)
            {
                work += WorkPerHeader;
                status = ReadNear(sector, sequence, out isThere);
                last = status == FlashStatus.Ok ? last : back;
            }

            _oldest = isThere ? sector : _oldest;
            sector = sector == 0 ? _sequences.Length - 1 : sector - 1;
            sequence--;
            back++;
        }

        _next = back;
        _stage = back >= last ? Stage.Mark : Stage.Back;
        return status;
    }

    // A header that reads well now was missed the first time: a plug let go.
    private FlashStatus ReadNear(int sector, uint sequence, out bool isNear)
    {
        FlashStatus status = _headers.Read(sector);
        isNear = status == FlashStatus.Ok && (_headers.IsValid
            ? _headers.Sequence == sequence && !_headers.IsRetired
            : _headers.IsNear(sequence));
        return status;
    }

    // Everything between the oldest and the newest is in use; a header that rotted in between costs
    // the header, not the frames: they carry their own checksums.
    private void MarkSome()
    {
        int left = Behind(Newest, States.Length - _oldest);
        int count = left < Limits.WorkPerStep ? left + 1 : Limits.WorkPerStep;
        uint sequence = NewestSequence - (uint)left;
        for (int i = 0; i < count; i++)
        {
            bool isLost = _sequences[_oldest] != sequence;
            _lostHeaders += isLost ? 1 : 0;
            States[_oldest] = (byte)(isLost ? SectorState.Headless : SectorState.Used);
            sequence++;
            _oldest = _oldest + 1 == _sequences.Length ? 0 : _oldest + 1;
        }

        _stage = count > left ? Stage.Done : Stage.Mark;
    }
}
