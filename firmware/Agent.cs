// The agent of a lock: what a board makes at start-up and steps for ever.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>One lock.</summary>
/// <remarks>
/// Used from one thread. A step takes no longer than 5 ms, but for one page program that the chip
/// makes slow and before a connect, and never waits for the network or an erase. It looks at
/// everything, and does one thing: decides on an entry, sends, stores an event or the state, goes
/// on with a command, or with what can wait.
/// </remarks>
public sealed class Agent
{
    private readonly StorageWatch _storage;
    private readonly IClock _clock;
    private readonly Strike _strike;
    private readonly SlotLog _log;
    private readonly LockState _state;
    private readonly ActionAttempts _attempts;
    private readonly CodeBook _book;

    // Gone when it is done.
    private Loader _loader;
    private readonly Reclaim _reclaim;
    private readonly Outbox _outbox;
    private readonly EventLog _events;
    private readonly TimeOfDay _time;
    private readonly Schedule _schedule;
    private readonly CommandRunner _commands;
    private readonly Link _link;
    private readonly Lockout _lockout;
    private readonly DoorWatch _watch;
    private readonly Door _door;
    private int _seenChanges;
    private int _lostInLoading;

    /// <summary>Wires a lock. The strike and the LEDs take their safe level; nothing else is
    /// touched.</summary>
    /// <param name="ports">The board's seams.</param>
    /// <param name="settings">The lock's own.</param>
    /// <exception cref="System.ArgumentException">The settings do not go together.</exception>
    public Agent(AgentPorts ports, AgentSettings settings)
    {
        _clock = ports.Clock;
        _strike = new Strike(ports.Strike, _clock, LongestPulse(settings));
        var feedback = new Feedback(ports.Granted, ports.Denied, ports.Buzzer);
        var flash = new SpiNorFlash(ports.Flash, _clock);
        _log = new SlotLog(flash, settings.FlashAddress, settings.FlashSectors);
        _state = new LockState(_log, _clock);
        _attempts = new ActionAttempts(_log, Limits.Remembered(settings.Capacity));
        _time = new TimeOfDay(_clock, _state);
        Events = new FrameWindow(Limits.Events);

        // Working memory of all who finish with it within a step.
        var code = new AccessCode();
        var other = new AccessCode();
        var frame = new byte[Frame.SizeBytes];
        var json = new JsonWriter(settings.PublishBytes);
        var entered = new AccessCode();
        var secret = new DeviceSecret(ports.Hash, settings.DeviceSecret, settings.SiteSecret);
        if (settings.MasterCode != null)
        {
            secret.TakeMaster(settings.MasterCode);
        }

        _book = new CodeBook(_log, secret, _state, settings.Capacity,
            settings.Constraints.Rules, _time, frame, entered, code);
        Room = new CodeRoom(_book, _attempts, Events);
        if (Room.LiveFramesFull + Limits.RoomForCode > _log.LiveFramesMax)
        {
            throw new System.ArgumentException();
        }

        _loader = new Loader(_log, _book, _attempts, Events, _state, code);
        _reclaim = new Reclaim(_log, _book, _attempts, Events, _state, code);
        var topics = new Topics(settings.DeviceId);
        var answers = new AnswerWriter(json, _book, settings);
        _outbox = new Outbox(ports.Session, json, _log, _book, _attempts, Events, _state, topics,
            answers, code);
        _events = new EventLog(_log, Events, _state, _outbox, _time, ports.Random, frame);
        _storage = new StorageWatch(flash, settings.FlashJedecId, _log, _events);
        _schedule = new Schedule(_book, _state, _time, _events, _outbox, entered);
        _commands = new CommandRunner(settings, _book, _attempts, topics, _outbox, _events,
            answers, _strike,
            new Outcome(_attempts, Room, new Command(), code, other, frame));
        _lockout = new Lockout(_state, settings.LockoutMinutes);
        _watch = new DoorWatch(ports, settings, _strike, _events, feedback);
        _link = new Link(ports, settings, topics, _outbox,
            new StatusWriter(settings, _book, Room, json),
            new DoorWriter(_strike, _watch, _lockout, json), json);
        var keys = new KeyScan(ports.Keys, settings.KeyLegend, settings.KeySettleMs,
            settings.KeyPressMs, settings.KeyReleaseMs);
        ProgrammingMode programming = secret.HasMaster ? new ProgrammingMode(
            settings, _book, Room, ports.Random, _events, entered, code) : null;
        var decision = new EntryDecision(_book, _lockout,
            settings.HasOfflineCodes ? new OfflineEntry(
                new OfflineCheck(new OfflineCode(ports.Hash, settings.OfflineSecret)),
                _book, Room, _events, entered) : null, entered);
        _door = new Door(keys, decision, _lockout,
            programming, _strike, feedback, _events, settings.StrikeMs);

        // Last, of what all else has left.
        _book.Slots.Fit(ports.Heap, ports.ConnectHeapBytes + HeapNeeds.StartBytes);
    }

    /// <summary>The access codes, to look at.</summary>
    public CodeBook Codes => _book;

    /// <summary>The connection, to look at.</summary>
    public Link Link => _link;

    /// <summary>Answers that count.</summary>
    public ActionAttempts Attempts => _attempts;

    /// <summary>Events that count.</summary>
    public FrameWindow Events { get; }

    /// <summary>The lock's own numbers.</summary>
    public LockState State => _state;

    /// <summary>How many codes still fit.</summary>
    public CodeRoom Room { get; }

    /// <summary>The log of frames on the flash.</summary>
    public SlotLog Log => _log;

    /// <summary>The keypad, to look at.</summary>
    public Door Door => _door;

    /// <summary>True when the codes have been loaded and commands are taken.</summary>
    public bool IsLoaded => _log.IsMounted && _loader == null;

    /// <summary>Nothing is to be sent, saved or made ready.</summary>
    public bool IsSettled => IsLoaded && !_commands.IsBusy && _events.IsStored && _outbox.IsEmpty
        && _state.IsSaved && _log.Ring.IsSettled && _schedule.IsSettled;

    /// <summary>What the start found. Unless it is Ok the lock runs, opens for nobody and takes no
    /// command, and an event says so.</summary>
    public StorageStatus Storage => _storage.Status;

    /// <summary>Takes the start to its end; a board leaves it to <see cref="Step"/>.</summary>
    /// <returns><see cref="Storage"/>.</returns>
    public StorageStatus Start()
    {
        while (!_storage.IsStarted)
        {
            _storage.Start();
        }

        return Storage;
    }

    /// <summary>One slice of everything. Called every few milliseconds.</summary>
    public void Step()
    {
        if (!_storage.IsStarted)
        {
            _storage.Start();
        }

        long nowMs = _clock.Milliseconds;
        _strike.Step();
        bool isDone = _door.Step(nowMs);
        _watch.Step(nowMs);
        bool isQuiet = !_door.IsAwake && !_strike.IsEnergized;
        isDone = isDone || _link.Step(isQuiet);
        if (!_storage.IsStarted)
        {
            return;
        }

        if (_storage.HasChanged())
        {
            _link.StatusChanged();
        }

        if (!_log.IsMounted)
        {
            _events.Step();
        }
        else if (_loader != null)
        {
            _loader.Step();
            _lostInLoading = _loader.LostCodes + _loader.LostFrames;
            _storage.NoteLost(_lostInLoading);
            if (_loader.IsDone)
            {
                _loader = null;
                _seenChanges = _book.Changes;
                _attempts.Window.RaiseNext(_state.AcknowledgedAnswers);

                // A lock without codes is a new one, whose sectors are still to be erased.
                _lockout.Start(nowMs, _log.IsReady || _book.Count == 0);

                // Before the birth, which says whether it is known.
                StepTime();
            }
        }
        else
        {
            StepLoaded(isQuiet, isDone);
        }
    }

    // Nothing is appended and no sector erased before: the loader relies on the order it found.
    private void StepLoaded(bool isQuiet, bool isDone)
    {
        StepTime();
        if (!isDone && !_events.Step() && !_state.Step() && !StepCommand())
        {
            StepIdle(isQuiet);
        }

        if (_book.Changes != _seenChanges)
        {
            _seenChanges = _book.Changes;
            _link.StatusChanged();
        }
    }

    // What can wait. Without ready sectors nothing comes before making them; what cannot read
    // because the chip erases has done nothing, so that the erase comes to its end.
    private void StepIdle(bool isQuiet)
    {
        if (_book.Digest.Step() || (isQuiet && _log.IsReady && _schedule.Step()))
        {
            return;
        }

        if (isQuiet)
        {
            _storage.NoteLost(_lostInLoading + _reclaim.LostFrames + _book.LostCodes);
            if (_reclaim.Step(_state.LatestUtc))
            {
                return;
            }
        }

        _log.Step(isQuiet);
    }

    // One slice of a command, if there is one and storage and broker would take its answer.
    private bool StepCommand()
    {
        // The session keeps the bytes of a command no longer; who sent it sends it again.
        bool isLost = _commands.IsBusy && !_link.IsUp;
        if (isLost)
        {
            _commands.Drop();
        }

        if (isLost || !_outbox.CanSend || (_commands.IsJudged && !_log.IsReady))
        {
            return false;
        }

        if (_commands.IsBusy)
        {
            _commands.Step();
        }
        else if (_link.TryTakeMessage(out MqttMessage message))
        {
            _commands.Take(message);
        }
        else
        {
            return false;
        }

        if (!_commands.IsBusy)
        {
            _link.MessageDone();
        }

        return true;
    }

    private void StepTime()
    {
        bool wasKnown = _time.IsKnown;
        bool isNews = _time.Step(out EventKind kind, out int seconds);
        if (isNews)
        {
            _events.Note(kind, seconds);
            _schedule.Restart();
        }

        if (isNews || _time.IsKnown != wasKnown)
        {
            _link.StatusChanged();
        }
    }

    private static int LongestPulse(AgentSettings settings) =>
        settings.RelocksWithDoor && settings.StrikeMs < Limits.StrikeLongestMs
            ? Limits.StrikeLongestMs : settings.StrikeMs;
}
