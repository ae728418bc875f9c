// Fills the tables in RAM from the log after a mount, in slices, while the keypad is already
// served. Agent calls it once a step.

namespace Keyway.Firmware;

/// <summary>Reads the log twice.</summary>
/// <remarks>
/// From the oldest sector to the newest, indexes only: the last place of each slot, which one-time
/// codes are used, the newest state. Then back from the newest frame, the frames that count: codes,
/// attempts, tombstones, events. Where codes lie in slots for which there seemed to be no memory,
/// the first way is gone twice.
/// </remarks>
public sealed class Loader
{
    private const int NotRead = SectorIndex.LastFrame + 1;
    private readonly SlotLog _log;
    private readonly SectorIndex _index;
    private readonly ActionAttempts _attempts;
    private readonly CodeBook _book;
    private readonly FrameWindow _events;
    private readonly LockState _state;
    private readonly AccessCode _code;
    private bool _isPlaced;
    private int _highestSlot;
    private int _sectorsDone;
    private int _nextFrame = NotRead;
    private bool _isDone;
    private int _lostCodes;
    private int _lostFrames;

    /// <summary>Wires the loader; nothing is read.</summary>
    /// <param name="log">Mounted.</param>
    /// <param name="book">Is filled; empty now.</param>
    /// <param name="attempts">Are filled; empty now.</param>
    /// <param name="events">Are filled; empty now.</param>
    /// <param name="state">Is read.</param>
    /// <param name="work">What is read of each frame; anybody's between two steps.</param>
    public Loader(SlotLog log, CodeBook book, ActionAttempts attempts, FrameWindow events,
        LockState state, AccessCode work)
    {
        _log = log;
        _index = log.Index;
        _attempts = attempts;
        _book = book;
        _events = events;
        _state = state;
        _code = work;
    }

    /// <summary>True when everything has been read.</summary>
    public bool IsDone => _isDone;

    /// <summary>Codes that cannot be read, or lie in slots that this lock does not have.</summary>
    public int LostCodes => _lostCodes;

    /// <summary>Frames that rotted and of which it is not known what they held.</summary>
    public int LostFrames => _lostFrames;

    /// <summary>One slice: sectors that hold nothing, an index, or a few frames.</summary>
    public void Step()
    {
        Ring ring = _log.Ring;
        int passed = 0;
        while (passed < Limits.WorkPerStep && _sectorsDone < ring.Count
            && !ring.HoldsFrames(Sector))
        {
            _sectorsDone++;
            passed++;
        }

        if (passed == 0)
        {
            StepSector(Sector);
        }

        if (_sectorsDone == ring.Count)
        {
            _isDone = _isPlaced;
            if (IsDone)
            {
                _book.Digest.Loaded();
            }

            _isPlaced = _highestSlot < _book.Capacity;
            _sectorsDone = 0;
            if (!_isPlaced)
            {
                // Memory was short, but a stored code has its slot: once more, with room for all.
                _book.Slots.Make(_highestSlot + 1);
                _lostCodes = 0;
                _lostFrames = 0;
            }
        }
    }

    // From the oldest to the newest, then back.
    private int Sector
    {
        get
        {
            Ring ring = _log.Ring;
            int behind = _isPlaced ? ring.Count - _sectorsDone : _sectorsDone + 1;
            return (ring.Newest + behind) % ring.Count;
        }
    }

    private void StepSector(int sector)
    {
        if (_nextFrame == NotRead)
        {
            if (!_log.HasIndexOf(sector) && _log.ReadIndex(sector) != StorageStatus.Ok)
            {
                return;
            }

            _lostFrames += _isPlaced ? 0 : _log.RottenFrames;
            _nextFrame = _isPlaced ? SectorIndex.LastFrame : PlaceFrames(sector);
        }

        if (_isPlaced ? LearnFrames(sector) : LearnState(sector))
        {
            _sectorsDone++;
            _nextFrame = NotRead;
        }
    }

    // Returns the newest state of the sector; 0 when there is none.
    private int PlaceFrames(int sector)
    {
        CodeSlots slots = _book.Slots;
        int state = 0;
        int location = sector * SlotLog.FramesPerSector;
        for (int frame = SectorIndex.FirstFrame; frame <= SectorIndex.LastFrame; frame++)
        {
            FrameType type = _index.TypeAt(frame);
            int slot = _index.SlotAt(frame);
            if (type == FrameType.Code && slot < slots.Most)
            {
                slots.Place(slot, location + frame);
                _highestSlot = slot > _highestSlot ? slot : _highestSlot;
            }
            else if (type == FrameType.Code)
            {
                _lostCodes++;
            }
            else if (type == FrameType.Tombstone && slot < slots.Capacity)
            {
                slots.Place(slot, 0);
            }
            else if (type == FrameType.Used && slot < slots.Capacity)
            {
                slots.LearnUsed(slot);
            }
            else if (type == FrameType.State && slot == LockState.Slot)
            {
                state = frame;
            }
        }

        return state;
    }

    private bool IsState(int frame) => _index.TypeAt(frame) == FrameType.State
        && _index.SlotAt(frame) == LockState.Slot;

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

        int location = sector * SlotLog.FramesPerSector + _nextFrame;
        StorageStatus status = _log.Read(location, _code.Bytes, 1);
        if (status == StorageStatus.Ok)
        {
            _state.Learn(_code.Bytes, location);
            _events.RaiseFloor(_state.AcknowledgedEvents);
        }

        _nextFrame -= status == StorageStatus.Damaged ? 1 : 0;
        return status == StorageStatus.Ok;
    }

    // As many frames as a step may pass. False: the next step goes on here.
    private bool LearnFrames(int sector)
    {
        CodeSlots slots = _book.Slots;
        int first = sector * SlotLog.FramesPerSector;
        int frame = _nextFrame;
        bool canRead = true;
        for (int work = 0; canRead && work < Limits.WorkPerStep
            && frame >= SectorIndex.FirstFrame; work++)
        {
            FrameType type = _index.TypeAt(frame);
            bool isCode = type == FrameType.Code
                && slots.IsAt(_index.SlotAt(frame), first + frame);
            if (isCode || (type != FrameType.CodeDetail && IsWanted(type)))
            {
                work += Limits.WorkPerRead;
                canRead = TryLearn(type, first, frame, isCode);
            }

            frame -= canRead ? 1 : 0;
        }

        _nextFrame = frame;
        return frame < SectorIndex.FirstFrame;
    }

    private bool IsWanted(FrameType type) => type switch
    {
        FrameType.Code or FrameType.Attempt => !_attempts.Window.IsComplete,
        FrameType.Tombstone => true,
        FrameType.Event => !_events.IsComplete,
        _ => false,
    };

    // False: the chip cannot be read now.
    private bool TryLearn(FrameType type, int first, int frame, bool isCode)
    {
        int location = first + frame;
        bool isWhole = isCode && frame < SectorIndex.LastFrame;
        StorageStatus status = _log.Read(
            location, _code.Bytes, isWhole ? AccessCode.FrameCount : 1);
        bool isRead = status == StorageStatus.Ok;
        if (isCode && (isRead || status == StorageStatus.Damaged))
        {
            LearnCode(_index.SlotAt(frame), isWhole && isRead,
                isWhole && _index.SlotAt(frame + 1) != SectorIndex.NoSlot);
        }

        if (isRead && type == FrameType.Event)
        {
            _events.Learn(_code.Bytes, location);
        }
        else if (isRead)
        {
            _attempts.Learn(_code.Bytes, location);
        }

        if (isRead && type == FrameType.Tombstone)
        {
            _book.Tombstones.Learn(_code.Bytes, location);
        }

        return isRead || status == StorageStatus.Damaged;
    }

    private void LearnCode(int slot, bool isRead, bool hasDetail)
    {
        if (isRead && _code.Slot == slot)
        {
            _book.Slots.Learn(_code, hasDetail);
            _book.Digest.Learn(slot, _code);
        }
        else
        {
            _book.Slots.Empty(slot);
            _lostCodes++;
        }
    }
}
