// Fills CodeBook and ActionAttempts from the log after a mount, in slices, while the keypad is
// already served. Agent calls it once a step.

namespace Keyway.Firmware;

/// <summary>Reads the log from its oldest sector to its newest, twice.</summary>
/// <remarks>
/// First the indexes only: the last place of each slot. Then the frames that count: each slot's
/// code and the latest attempts.
/// </remarks>
public sealed class Loader
{
    private readonly SlotLog _log;
    private readonly CodeBook _book;
    private readonly ActionAttempts _attempts;
    private readonly SectorIndex _index = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private bool _isPlaced;
    private int _sectorsDone;
    private int _nextFrame = SectorIndex.FirstFrame;
    private int _attemptFrames;
    private int _attemptFramesDone;

    /// <summary>Wires the loader; nothing is read.</summary>
    public Loader(SlotLog log, CodeBook book, ActionAttempts attempts)
    {
        _log = log;
        _book = book;
        _attempts = attempts;
    }

    /// <summary>True when everything has been read.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Codes that cannot be read, or lie in slots that this lock does not have.</summary>
    public int LostCodes { get; private set; }

    /// <summary>One slice: an index, or a few frames.</summary>
    public void Step()
    {
        int sector = _log.Ring.After(_log.Ring.Newest);
        sector = (sector + _sectorsDone) % _log.Ring.Count;
        bool isUsed = _log.Ring.StateOf(sector) == SectorState.Used;
        if (isUsed && _nextFrame == SectorIndex.FirstFrame
            && _log.ReadIndex(sector, _index) != StorageStatus.Ok)
        {
            return;
        }

        bool isSectorDone = !isUsed
            || (_isPlaced ? LearnFrames(sector) : PlaceFrames(sector));
        if (isSectorDone)
        {
            _sectorsDone++;
            _nextFrame = SectorIndex.FirstFrame;
        }

        if (_sectorsDone == _log.Ring.Count)
        {
            IsDone = _isPlaced;
            _isPlaced = true;
            _sectorsDone = 0;
        }
    }

    private bool PlaceFrames(int sector)
    {
        for (int frame = SectorIndex.FirstFrame; frame <= SectorIndex.LastFrame; frame++)
        {
            FrameType type = _index.TypeAt(frame);
            if (type == FrameType.Code
                && !_book.Place(_index.SlotAt(frame), LocationOf(sector, frame)))
            {
                LostCodes++;
            }

            _attemptFrames += HasAttempt(type) ? 1 : 0;
        }

        return true;
    }

    private bool LearnFrames(int sector)
    {
        int reads = 0;
        while (_nextFrame <= SectorIndex.LastFrame && reads < Limits.SlotsPerStep)
        {
            FrameType type = _index.TypeAt(_nextFrame);
            int slot = _index.SlotAt(_nextFrame);
            int location = LocationOf(sector, _nextFrame);
            bool isCode = type == FrameType.Code && slot < _book.Capacity
                && _book.LocationOf(slot) == location;
            bool isLate = HasAttempt(type)
                && ++_attemptFramesDone > _attemptFrames - Limits.Attempts;
            if (isCode || isLate)
            {
                reads++;
                Learn(location, isCode, slot);
            }

            _nextFrame++;
        }

        return _nextFrame > SectorIndex.LastFrame;
    }

    private void Learn(int location, bool isCode, int slot)
    {
        bool isRead = _log.Read(location, _frame, 1) == StorageStatus.Ok;
        if (isRead)
        {
            _attempts.Learn(_frame, location);
        }

        if (isCode && isRead && Frame.GetUInt16(_frame, Frame.Slot) == slot)
        {
            _book.Learn(_frame);
        }
        else if (isCode)
        {
            _book.Lose(slot);
            LostCodes++;
        }
    }

    private static bool HasAttempt(FrameType type) =>
        type == FrameType.Code || type == FrameType.Attempt;

    private static int LocationOf(int sector, int frame) =>
        sector * SlotLog.FramesPerSector + frame;
}
