// Makes room: carries on what still counts of the oldest sector, a frame a step, then retires it.
// Agent calls it while nobody is at the keypad; it asks the tables in RAM what counts.

namespace Keyway.Firmware;

/// <summary>Empties the oldest sector of the ring.</summary>
/// <remarks>
/// <code>
/// oldest sector -- frame by frame: read, still true? append again --> retired --> erased by Ring
/// </code>
/// Codes go first, in pairs of frames, then single frames: mixed they would leave holes, and a full
/// ring would not get emptier. Everything is behind the sector before it is retired, so a power cut
/// at any moment leaves each frame once or twice, never not at all; of two the newer counts.
/// </remarks>
public sealed class Reclaim
{
    private const int None = -1;
    private readonly SlotLog _log;
    private readonly ActionAttempts _attempts;
    private readonly CodeBook _book;
    private readonly FrameWindow _events;
    private readonly LockState _state;
    private readonly AccessCode _code;
    private readonly byte[] _frame;
    private int _sector = None;
    private int _nextFrame;
    private bool _areCodesDone;
    private int _lostFrames;

    /// <summary>Wires it; nothing is read.</summary>
    /// <param name="log">Is written.</param>
    /// <param name="book">Says what counts, and learns where it went; likewise the others.</param>
    /// <param name="attempts">Answers that count.</param>
    /// <param name="events">Events that count.</param>
    /// <param name="state">The lock's own numbers.</param>
    /// <param name="work">The group that is carried on; anybody's between two steps.</param>
    public Reclaim(SlotLog log, CodeBook book, ActionAttempts attempts, FrameWindow events,
        LockState state, AccessCode work)
    {
        _code = work;
        _frame = work.Bytes;
        _log = log;
        _attempts = attempts;
        _book = book;
        _events = events;
        _state = state;
    }

    /// <summary>Frames that still counted and could not be read, ever since the start.</summary>
    public int LostFrames => _lostFrames;

    /// <summary>One slice: at most one group read and appended.</summary>
    /// <param name="utc">The time in unix seconds; 0 when not known.</param>
    /// <returns>False when no sector has to be emptied.</returns>
    public bool Step(long utc)
    {
        Ring ring = _log.Ring;
        if (!ring.NeedsReclaim)
        {
            return false;
        }

        int oldest = ring.After(ring.Newest);
        if (oldest == _log.End.Head)
        {
            return false;
        }

        if (_sector != oldest || !_log.HasIndexOf(oldest))
        {
            if (!_log.HasIndexOf(oldest) && _log.ReadIndex(oldest) != StorageStatus.Ok)
            {
                return true;
            }

            _sector = oldest;
            _nextFrame = SectorIndex.FirstFrame;
            _areCodesDone = false;
        }

        while (!_areCodesDone || _nextFrame <= SectorIndex.LastFrame)
        {
            if (_nextFrame > SectorIndex.LastFrame)
            {
                _areCodesDone = true;
                _nextFrame = SectorIndex.FirstFrame;
            }

            FrameType type = _log.Index.TypeAt(_nextFrame);
            if (IsWork(type))
            {
                _nextFrame += TryCarry(type, utc) ? 1 : 0;
                return true;
            }

            _nextFrame++;
        }

        if (_log.Retire(oldest))
        {
            _sector = None;
        }

        return true;
    }

    private bool IsWork(FrameType type) => _areCodesDone
        ? type is FrameType.Attempt or FrameType.Tombstone or FrameType.Event or FrameType.State
        : type == FrameType.Code;

    // False: not now, the same frame again in the next step.
    private bool TryCarry(FrameType type, long utc)
    {
        int location = _sector * SlotLog.FramesPerSector + _nextFrame;
        int slot = _log.Index.SlotAt(_nextFrame);
        StorageStatus status = _log.Read(
            location, _frame, type == FrameType.Code ? AccessCode.FrameCount : 1);
        if (status == StorageStatus.Damaged)
        {
            LoseFrame(type, slot, location);
            return true;
        }

        if (status == StorageStatus.Ok)
        {
            status = type switch
            {
                FrameType.Code => CarryCode(slot, location),
                FrameType.State => CarryState(location),
                FrameType.Event => CarryNumbered(_events, location),
                FrameType.Tombstone => CarryTombstone(location, utc),
                _ => CarryNumbered(_attempts.Window, location),
            };
        }

        return status == StorageStatus.Ok;
    }

    private void LoseFrame(FrameType type, int slot, int location)
    {
        if (type == FrameType.Code && _book.Slots.IsAt(slot, location))
        {
            _book.Lose(slot);
            _lostFrames++;
        }
    }

    private StorageStatus CarryCode(int slot, int location)
    {
        bool isAttempt = _attempts.Window.IsLive(_frame, location);
        if (_book.Slots.IsAt(slot, location))
        {
            StorageStatus status = _book.Carry(slot, _code, out int to);
            if (status == StorageStatus.Ok && isAttempt)
            {
                _attempts.Window.Move(_frame, to);
            }

            _lostFrames += status == StorageStatus.Damaged ? 1 : 0;
            return status == StorageStatus.Damaged ? StorageStatus.Ok : status;
        }

        // The code is gone; its attempt keeps its answer.
        if (!isAttempt)
        {
            return StorageStatus.Ok;
        }

        _code.BecomeAttempt();
        return CarryNumbered(_attempts.Window, location);
    }

    private StorageStatus CarryNumbered(FrameWindow window, int location)
    {
        if (!window.IsLive(_frame, location))
        {
            return StorageStatus.Ok;
        }

        StorageStatus status = _log.Carry(_frame, 1, out int to);
        if (status == StorageStatus.Ok)
        {
            window.Move(_frame, to);
        }

        return status;
    }

    private StorageStatus CarryTombstone(int location, long utc)
    {
        bool isAttempt = _attempts.Window.IsLive(_frame, location);
        if (!_book.Tombstones.IsLive(_frame, location, utc) && !isAttempt)
        {
            return StorageStatus.Ok;
        }

        // The slot may have a new code meanwhile; every older one is gone with this sector.
        Frame.PutUInt16(_frame, Frame.Slot, SectorIndex.NoSlot);
        StorageStatus status = _log.Carry(_frame, 1, out int to);
        if (status == StorageStatus.Ok)
        {
            _book.Tombstones.Move(location, to);
            if (isAttempt)
            {
                _attempts.Window.Move(_frame, to);
            }
        }

        return status;
    }

    private StorageStatus CarryState(int location)
    {
        if (location != _state.Location)
        {
            return StorageStatus.Ok;
        }

        StorageStatus status = _log.Carry(_frame, 1, out int to);
        if (status == StorageStatus.Ok)
        {
            _state.Move(to);
        }

        return status;
    }
}
