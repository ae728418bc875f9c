// The few numbers that a lock must remember of itself, in one frame: the newest one counts. Agent
// steps it, Outbox and Door change it.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>What survives a power cut besides codes, attempts and events.</summary>
/// <remarks>
/// <code>
/// | head 4 | latest UTC 4 | wrong entries 4 | answers 4 | events 4 | dropped 4 | pool 4 |
/// | told UTC 4 | 0 ... |
/// </code>
/// </remarks>
public sealed class LockState
{
    /// <summary>The slot field of its frame.</summary>
    public const int Slot = 0;

    private const int LatestUtcOffset = 4;
    private const int WrongEntriesOffset = 8;
    private const int AnswersOffset = 12;
    private const int EventsOffset = 16;
    private const int DroppedOffset = 20;
    private const int PoolOffset = 24;
    private const int ToldUtcOffset = 28;
    private readonly SlotLog _log;
    private readonly IClock _clock;
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private long _changedMs = -1;
    private int _changes;
    private int _location;

    /// <summary>Wires the state, all zeros; <see cref="Loader"/> fills it.</summary>
    /// <param name="log">Holds it.</param>
    /// <param name="clock">Says how long a change has waited.</param>
    public LockState(SlotLog log, IClock clock)
    {
        _log = log;
        _clock = clock;
        _frame[Frame.Type] = (byte)FrameType.State;
    }

    /// <summary>True when nothing has changed since it was saved.</summary>
    public bool IsSaved => _changes == 0 && _changedMs < 0;

    /// <summary>Where its newest frame lies; 0 when there is none.</summary>
    public int Location => _location;

    /// <summary>The latest time of day ever believed, in unix seconds.</summary>
    public uint LatestUtc
    {
        get => Frame.GetUInt32(_frame, LatestUtcOffset);
        set => Put(LatestUtcOffset, value);
    }

    /// <summary>Wrong entries that count towards the lockout.</summary>
    public uint WrongEntries
    {
        get => Frame.GetUInt32(_frame, WrongEntriesOffset);
        set => Put(WrongEntriesOffset, value);
    }

    /// <summary>Answers up to this serial number have been acknowledged by the broker.</summary>
    public uint AcknowledgedAnswers
    {
        get => Frame.GetUInt32(_frame, AnswersOffset);
        set => Put(AnswersOffset, value);
    }

    /// <summary>Events up to this sequence have been acknowledged, or dropped.</summary>
    public uint AcknowledgedEvents
    {
        get => Frame.GetUInt32(_frame, EventsOffset);
        set => Put(EventsOffset, value);
    }

    /// <summary>Events that were dropped for want of room, ever.</summary>
    public uint DroppedEvents
    {
        get => Frame.GetUInt32(_frame, DroppedOffset);
        set => Put(DroppedOffset, value);
    }

    /// <summary>Slots are kept free for backup codes.</summary>
    public bool IsPoolOn
    {
        get => Frame.GetUInt32(_frame, PoolOffset) != 0;
        set => Put(PoolOffset, value ? 1u : 0u);
    }

    /// <summary>The broker has the retained states of codes as they were at this time, in unix
    /// seconds; 0: it may not have any of them.</summary>
    public uint ToldUtc
    {
        get => Frame.GetUInt32(_frame, ToldUtcOffset);
        set => Put(ToldUtcOffset, value);
    }

    /// <summary>While loading: this is its newest frame.</summary>
    public void Learn(byte[] frame, int location)
    {
        System.Array.Copy(frame, 0, _frame, 0, Frame.BodyBytes);
        _frame[Frame.Group] = 0;
        _location = location;
        _changedMs = -1;
        _changes = 0;
    }

    /// <summary>Saves what has changed, a while later: acknowledgements come in crowds.</summary>
    /// <returns>True when it has tried.</returns>
    public bool Step()
    {
        bool isDue = (_changes >= Limits.StateChanges || (_changedMs >= 0
            && _clock.Milliseconds - _changedMs >= Limits.StateDelayMs)) && _log.IsReady;
        if (isDue)
        {
            Save();
        }

        return isDue;
    }

    /// <summary>Saves it now.</summary>
    /// <returns>Ok, or what <see cref="SlotLog.Append"/> says; then it is tried again.</returns>
    public StorageStatus Save()
    {
        StorageStatus status = _log.Append(_frame, 1, out int location);
        if (status == StorageStatus.Ok)
        {
            Learn(_frame, location);
        }
        else
        {
            _changedMs = _clock.Milliseconds;
            _changes = 0;
        }

        return status;
    }

    /// <summary>Its frame has been carried on.</summary>
    public void Move(int location) => _location = location;

    private void Put(int offset, uint value)
    {
        if (Frame.GetUInt32(_frame, offset) != value)
        {
            Frame.PutUInt32(_frame, offset, value);
            _changes++;
            _changedMs = _changedMs < 0 ? _clock.Milliseconds : _changedMs;
        }
    }
}
