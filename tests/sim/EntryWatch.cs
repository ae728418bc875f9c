// What entries may do and must do: by the codes, by the lockout. Watch calls it.

using Keyway.Boards.Virtual;
using Keyway.Firmware;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>Judges what came of each entry.</summary>
public sealed class EntryWatch
{
    private const int LateMs = 120_000;
    private const int StartCount = 5;
    private const int LateFeedbackMs = 25;
    private readonly VirtualBoard _board;
    private readonly VirtualClock _clock;
    private readonly CodeLedger _ledger;
    private readonly DuressWatch _duress;
    private readonly ProgrammingWatch _programming;
    private readonly LockoutBound _least;
    private readonly LockoutBound _most;
    private Entry? _entry;
    private bool _wasDecided;
    private int _grants;
    private long _enterMs;
    private long _decidedMs;
    private bool _may;
    private bool _must;
    private bool _mayMaster;
    private bool _mustMaster;
    private bool _wasLocked;
    private bool _isLoaded;
    private bool _isFlashTroubled;
    private bool _wasFlashTroubled;

    public EntryWatch(
        VirtualBoard board, VirtualClock clock, CodeLedger ledger, DuressWatch duress,
        int lockoutMinutes)
    {
        _board = board;
        _clock = clock;
        _ledger = ledger;
        _duress = duress;
        _programming = new ProgrammingWatch(clock, board, ledger);
        _least = new LockoutBound(lockoutMinutes, 0);
        _most = new LockoutBound(lockoutMinutes, LateMs);
    }

    /// <summary>Entries that were shown, and those that opened.</summary>
    public int Shown { get; private set; }

    /// <summary>Entries that opened the door.</summary>
    public int Opened { get; private set; }

    /// <summary>Codes that were made, changed or removed at the keypad.</summary>
    public int Programmed => _programming.Changed;

    /// <summary>The flash fails: what is right need not open, and what is wrong is counted in RAM
    /// alone.</summary>
    public bool IsFlashTroubled
    {
        get => _isFlashTroubled;
        set
        {
            _isFlashTroubled = value;
            _wasFlashTroubled |= value;
        }
    }

    /// <summary>Somebody begins to type.</summary>
    public void Begin(Entry entry)
    {
        Require(_entry is null or { IsShown: true } or { IsBroken: true },
            $"nothing came of {_entry?.Keys}");
        entry.IsBroken = !_isLoaded;
        entry.IsForMode = _programming.Begin(entry);
        _entry = entry;
    }

    public void PowerLost()
    {
        _least.Pass(_clock.Milliseconds);
        _most.Pass(_clock.Milliseconds);
        _isLoaded = false;
        _programming.PowerLost(_entry is { IsShown: false } ? _entry : null);
        if (_entry is { IsShown: false } entry)
        {
            // Counted or not, marked or not: the cut decides.
            entry.IsBroken = true;
            entry.IsForMode = false;
            _most.Add(_clock.Milliseconds);
            _ledger.Use(entry.Digits, null);
        }
    }

    /// <summary>A new agent, which has loaded nothing yet.</summary>
    public void Started()
    {
        _wasDecided = false;
        _grants = _board.Granted.Changes;
        if (_wasFlashTroubled)
        {
            _wasFlashTroubled = false;
            _least.Forget();
        }

        _least.Start(_clock.Milliseconds, 0);
    }

    /// <summary>The lock is loaded: lockouts begin again.</summary>
    public void Loaded()
    {
        _isLoaded = true;
        _most.Start(_clock.Milliseconds, StartCount);
        _programming.Loaded();
    }

    /// <summary>The agent has made a step.</summary>
    /// <returns>True when an entry has just been granted.</returns>
    public bool Look(long beforeMs)
    {
        // Both lamps together are programming mode.
        bool isGranted = _board.Granted.Changes != _grants && _board.Granted.IsActive
            && !_board.Denied.IsActive;
        _grants = _board.Granted.Changes;
        bool isDecided = _board.Agent.Door.IsDecided;
        if (isDecided && !_wasDecided)
        {
            Decide(beforeMs);
        }

        Require(!isGranted || _wasDecided || _programming.IsShowing,
            "granted, and nobody has entered anything");
        bool isShown = _wasDecided && !isDecided;
        bool isForDoor = isShown && !_entry!.IsForMode;
        if (isShown)
        {
            Show(isGranted);
        }

        _wasDecided = isDecided;
        return isGranted && isForDoor;
    }

    private void Decide(long beforeMs)
    {
        Require(_entry is { IsShown: false }, "an entry that nobody has typed");
        _enterMs = _clock.Milliseconds;
        _decidedMs = beforeMs;
        _programming.Decide();
        Agent agent = _board.Agent;
        _ledger.HasRoom = agent.Room.HasRoomForCode && agent.Log.IsReady
            && !agent.Codes.Tombstones.IsFull;
        (_may, _must) = _ledger.Match(_entry!.Digits);
        _least.Pass(_enterMs);
        _most.Pass(beforeMs);
        _may &= !_least.IsLocked(_enterMs);
        _wasLocked = _most.IsLocked(beforeMs);
        _must &= !_wasLocked && !_entry.IsBroken && !IsFlashTroubled;
        _mayMaster = _entry.Digits == _ledger.MasterCode && !_least.IsLocked(_enterMs);
        _mustMaster = _mayMaster && !_wasLocked && !_entry.IsBroken;
        if (_may)
        {
            _ledger.BeginUse(_entry.Digits);
        }
    }

    private void Show(bool isGranted)
    {
        Entry entry = _entry!;
        entry.IsShown = true;
        entry.HasOpened = isGranted;
        Shown++;
        long afterMs = _clock.Milliseconds - _decidedMs;
        Require(afterMs >= Limits.FeedbackDelayMs
            && afterMs <= Limits.FeedbackDelayMs + LateFeedbackMs, $"feedback after {afterMs} ms");
        bool isRed = _board.Denied.IsActive;
        if (entry.IsForMode)
        {
            Require(_board.Granted.IsActive != isRed, $"nothing is shown of {entry.Keys}");
            _programming.Show(entry, !isRed, IsFlashTroubled);
            return;
        }

        bool isMaster = _board.Granted.IsActive && isRed;
        Require(_mayMaster || !isMaster, $"{entry.Digits} opens programming mode, and must not");
        Require(!_mustMaster || isMaster, $"{entry.Digits} does not open programming mode");
        if (isMaster)
        {
            _programming.Open();
            return;
        }

        ShowForDoor(entry, isGranted);
    }

    private void ShowForDoor(Entry entry, bool isGranted)
    {
        Opened += isGranted ? 1 : 0;
        Require(_may || !isGranted, $"{entry.Digits} opens, and must not"
            + (_least.IsLocked(_enterMs) ? ": locked out" : ""));
        Require(!_must || isGranted, $"{entry.Digits} does not open, and must: "
            + _ledger.Codes.FirstOrDefault(code => code.MustOpen(entry.Digits))?.Id);
        if (isGranted)
        {
            _duress.Open(entry.Digits, IsFlashTroubled);
            _ledger.Use(entry.Digits, true);
            return;
        }

        if (!_least.IsLocked(_enterMs))
        {
            // In between it may have been locked out: then it has not counted.
            bool isCounted = !_wasLocked && !entry.IsBroken
                && _ledger.AreNobodys(entry.Digits);
            _most.Add(_clock.Milliseconds);
            if (isCounted)
            {
                _least.Add(_decidedMs);
            }
        }

        if (_may)
        {
            _ledger.Use(entry.Digits, null);
        }
    }
}
