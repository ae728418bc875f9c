// Looks at the lock after each step and compares with the plain model: outputs, strike, entries,
// what is published. World calls it; it never acts.

using Keyway.Boards.Virtual;
using Keyway.Firmware;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>What must hold of a lock, step by step.</summary>
public sealed class Watch
{
    private const int GraphSlackBytes = 64 * 1024;
    private readonly VirtualBoard _board;
    private readonly VirtualClock _clock;
    private readonly int _longestPulseMs;
    private readonly AccessCode _scratch = new();
    private readonly ObjectGraph _graph = new();
    private int _strikeChanges;
    private long _stepTookMs;
    private long _energizedMs;
    private bool _wasLoaded;
    private long _graphBytes;

    public Watch(VirtualBoard board, VirtualClock clock, AgentSettings settings)
    {
        _board = board;
        _clock = clock;
        _longestPulseMs = settings.RelocksWithDoor
            ? Math.Max(settings.StrikeMs, Limits.StrikeLongestMs) : settings.StrikeMs;
        Time = new Belief(clock);
        Ledger = new CodeLedger(Time, settings);
        Duress = new DuressWatch(clock, Ledger);
        Entries = new EntryWatch(board, clock, Ledger, Duress, settings.LockoutMinutes);
        Published = new PublishedWatch(Ledger, Duress);
    }

    public Belief Time { get; }

    public CodeLedger Ledger { get; }

    public DuressWatch Duress { get; }

    public EntryWatch Entries { get; }

    public PublishedWatch Published { get; }

    public DoorCommandWatch DoorCommands { get; } = new();

    /// <summary>The power has gone.</summary>
    public void PowerLost()
    {
        Entries.PowerLost();
        DoorCommands.PowerLost();
        Duress.PowerLost();
        Time.Lose();
    }

    /// <summary>An agent has been made; whether its start has ended well does not matter.</summary>
    public void Started()
    {
        Require(!_board.Strike.IsActive, "the strike is energized after the start");
        Require(!_board.Granted.IsActive && !_board.Denied.IsActive && !_board.Buzzer.IsActive,
            "an output is active after the start");
        _strikeChanges = _board.Strike.Changes;
        _wasLoaded = false;
        Entries.Started();
    }

    /// <summary>The agent has made a step.</summary>
    /// <param name="beforeMs">When.</param>
    /// <param name="stepMs">How long after the one before.</param>
    public void Look(long beforeMs, long stepMs)
    {
        bool isLoaded = _board.Agent.IsLoaded;
        if (_wasLoaded)
        {
            // In the step that loads the last the lock has not looked at its clock.
            Time.Look();
        }

        if (isLoaded && !_wasLoaded)
        {
            _wasLoaded = true;
            _graphBytes = _graph.Measure(_board.Agent);
            Entries.Loaded();
        }

        bool isGranted = Entries.Look(beforeMs);

        // The strike was looked at when the step before began, which may itself have taken a while.
        LookAtStrike(_clock.Milliseconds - beforeMs + stepMs + _stepTookMs, isGranted);
        _stepTookMs = _clock.Milliseconds - beforeMs;
    }

    /// <summary>Compares all codes with those of the lock, which is settled.</summary>
    public void Audit()
    {
        Ledger.Audit(_board.Agent.Codes, _scratch);
        Duress.Audit();
        long bytes = _graph.Measure(_board.Agent);
        Require(bytes <= _graphBytes + GraphSlackBytes,
            $"the agent has grown from {_graphBytes} to {bytes} bytes");
    }

    private void LookAtStrike(long lateMs, bool isGranted)
    {
        RecordedPin strike = _board.Strike;
        long nowMs = _clock.Milliseconds;
        bool hasRisen = strike.IsActive && strike.Changes != _strikeChanges;
        if (strike.Changes != _strikeChanges)
        {
            bool wasActive = (strike.Changes - _strikeChanges) % 2 == 0 == strike.IsActive;
            Require(!wasActive || strike.LastChangeMs - _energizedMs
                <= _longestPulseMs + lateMs, "the strike was energized for too long");
            _strikeChanges = strike.Changes;
        }

        if (hasRisen)
        {
            _energizedMs = strike.LastChangeMs;
            Require(isGranted || DoorCommands.MayMove(Time),
                "the strike moves, and neither an entry nor a command explains it");
        }

        Require(!strike.IsActive || nowMs - _energizedMs
            <= _longestPulseMs + lateMs, "the strike is energized for too long");

        // A door that closes in the same step relocks.
        Require(!isGranted || strike.IsActive || nowMs - strike.LastChangeMs <= lateMs,
            "an entry is granted, and the strike does not move");
    }
}
