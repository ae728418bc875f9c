// Fills the tables in RAM from the log after a mount, in slices, while the keypad is already
// served. Agent calls it once a step.

namespace Keyway.Firmware;

/// <summary>Reads the log twice.</summary>
/// <remarks>
/// From the oldest sector to the newest, indexes only: the last place of each slot, which one-time
/// codes are used, the newest state. Then back from the newest frame, the frames that count: codes,
/// attempts, tombstones, events.
/// </remarks>
public sealed class Loader
{
    private const int NotRead = SectorIndex.LastFrame + 1;
    private readonly SlotLog _log;
    private readonly ActionAttempts _attempts;
    private readonly CodeBook _book;
    private readonly FrameWindow _events;
    private readonly LockState _state;
    private readonly AccessCode _code = new();
    private readonly byte[] _frame;
    private bool _isPlaced;
    private int _sectorsDone;
    private int _nextFrame = NotRead;

    /// <summary>Wires the loader; nothing is read.</summary>
    /// <param name="log">Mounted.</param>
    /// <param name="book">Is filled; empty now.</param>
    /// <param name="attempts">Are filled; empty now.</param>
    /// <param name="events">Are filled; empty now.</param>
    /// <param name="state">Is read.</param>
    public Loader(SlotLog log, CodeBook book, ActionAttempts attempts, FrameWindow events,
        LockState state)
    {
        _log = log;
        _attempts = attempts;
        _book = book;
        _events = events;
        _state = state;
        _frame = _code.Bytes;
    }

    /// <summary>True when everything has been read.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Codes that cannot be read, or lie in slots that this lock does not have.</summary>
    public int LostCodes { get; private set; }

    /// <summary>Frames that rotted and of which it is not known what they held.</summary>
    public int LostFrames { get; private set; }

    /// <summary>One slice: an index, or a few frames.</summary>
    public void Step()
    {
        int ringOrder = _isPlaced ? _log.Ring.Count - _sectorsDone : _sectorsDone + 1;
        int sector = (_log.Ring.Newest + ringOrder) % _log.Ring.Count;
        bool holds = _log.Ring.HoldsFrames(sector);
        if (holds && _nextFrame == NotRead)
        {
            if (_log.ReadIndex(sector, out int rottenFrames) != StorageStatus.Ok)
            {
                return;
            }

            LostFrames += _isPlaced ? 0 : rottenFrames;
            _nextFrame = _isPlaced ? SectorIndex.LastFrame : PlaceFrames(sector);
        }

        bool isSectorDone = !holds || (_isPlaced ? LearnFrames(sector) : LearnState(sector));
        if (isSectorDone)
        {
            _sectorsDone++;
            _nextFrame = NotRead;
        }

        if (_sectorsDone == _log.Ring.Count)
        {
            IsDone = _isPlaced;
            _isPlaced = true;
            _sectorsDone = 0;
        }
    }

    // Returns the newest state of the sector; 0 when there is none.
    private int PlaceFrames(int sector)
    {
        int state = 0;
        for (int frame = SectorIndex.FirstFrame; frame <= SectorIndex.LastFrame; frame++)
        {
            FrameType type = _log.Index.TypeAt(frame);
            int slot = _log.Index.SlotAt(frame);
            if (type == FrameType.Code)
            {
                LostCodes += _book.Slots.Place(slot, LocationOf(sector, frame)) ? 0 : 1;
            }
            else if (type == FrameType.Tombstone && slot < _book.Capacity)
            {
                _book.Slots.Place(slot, 0);
            }
            else if (type == FrameType.Used && slot < _book.Capacity)
            {
                _book.Slots.LearnUsed(slot);
            }
            else if (type == FrameType.State && slot == LockState.Slot)
            {
                state = frame;
            }
        }

        return state;
    }

    private bool IsState(int frame) => _log.Index.TypeAt(frame) == FrameType.State
        && _log.Index.SlotAt(frame) == LockState.Slot;

    // Only the newest counts; where it rotted, the one before it is read in the next step.
    private bool LearnState(int sector)
    {
        while (_nextFrame >= SectorIndex.FirstFrame && !IsState(_nextFrame))
        {
            _nextFrame--;
        }

        if (_nextFrame < SectorIndex.FirstFrame)
        {
            return true;
        }

        int location = LocationOf(sector, _nextFrame);
        StorageStatus status = _log.Read(location, _frame, 1);
        if (status == StorageStatus.Ok)
        {
            _state.Learn(_frame, location);
            _events.RaiseFloor(_state.AcknowledgedEvents);
        }

        _nextFrame -= status == StorageStatus.Damaged ? 1 : 0;
        return status == StorageStatus.Ok;
    }

    private bool LearnFrames(int sector)
    {
        int reads = 0;
        while (_nextFrame >= SectorIndex.FirstFrame && reads < Limits.SlotsPerStep)
        {
            FrameType type = _log.Index.TypeAt(_nextFrame);
            int location = LocationOf(sector, _nextFrame);
            int slot = _log.Index.SlotAt(_nextFrame);
            bool isCode = type == FrameType.Code && _book.Slots.IsAt(slot, location);
            if (isCode || IsWanted(type))
            {
                reads++;
                bool hasDetail = isCode && _nextFrame < SectorIndex.LastFrame
                    && _log.Index.SlotAt(_nextFrame + 1) != SectorIndex.NoSlot;
                StorageStatus status = _log.Read(location, _frame, hasDetail ? 2 : 1);
                if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
                {
                    return false;
                }

                if (isCode)
                {
                    LearnCode(slot, status == StorageStatus.Ok, hasDetail);
                }

                if (status == StorageStatus.Ok)
                {
                    Learn(type, location);
                }
            }

            _nextFrame--;
        }

        return _nextFrame < SectorIndex.FirstFrame;
    }

    private bool IsWanted(FrameType type) => type switch
    {
        FrameType.Code or FrameType.Attempt => !_attempts.Window.IsComplete,
        FrameType.Tombstone => true,
        FrameType.Event => !_events.IsComplete,
        _ => false,
    };

    private void Learn(FrameType type, int location)
    {
        if (type == FrameType.Event)
        {
            _events.Learn(_frame, location);
        }
        else
        {
            _attempts.Learn(_frame, location);
        }

        if (type == FrameType.Tombstone)
        {
            _book.Tombstones.Learn(_frame, location);
        }
    }

    private void LearnCode(int slot, bool isRead, bool hasDetail)
    {
        if (isRead && _code.Slot == slot)
        {
            _book.Slots.Learn(_code, hasDetail);
        }
        else
        {
            _book.Slots.Lose(slot);
            LostCodes++;
        }
    }

    private static int LocationOf(int sector, int frame) =>
        sector * SlotLog.FramesPerSector + frame;
}
