// One virtual lock on real time: a thread steps the agent, the flash is a file. The rig and the
// end-to-end tests own it; it calls VirtualBoard.

using System.Collections.Concurrent;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

/// <summary>A lock that runs by itself until it is disposed.</summary>
public sealed class VirtualLock : IDisposable
{
    /// <summary>Size of the flash that holds the codes.</summary>
    public const int FlashBytes = 256 * 1024;

    private const string Part = "W25Q32JV";
    private const int KeyRows = 4;
    private const int KeyColumns = 3;
    private const int KeyBounceMs = 4;
    private const int KeyPressMs = 60;
    private const int KeyGapMs = 60;
    private readonly HostClock _clock = new();
    private readonly VirtualBoard _board;
    private readonly Func<IMqttSession> _connect;
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Thread _thread;
    private SwitchedSession _session;
    private volatile bool _isStopping;
    private bool _isPowered;
    private bool _hasNetwork = true;
    private bool _wasOpen;

    /// <summary>Builds the lock; <see cref="StartAsync"/> gives it power.</summary>
    /// <param name="settings">The lock's own.</param>
    /// <param name="flash">Keeps the flash; the caller disposes it afterwards.</param>
    /// <param name="connect">Makes a session for each power-up.</param>
    public VirtualLock(AgentSettings settings, FlashImageFile flash, Func<IMqttSession> connect)
    {
        FlashPart part = FlashParts.All().Single(known => known.Name == Part);
        var chip = new W25qChip(part, _clock, flash.Image) { ImageChanged = flash.Write };
        var keypad = new MatrixKeypad(
            KeyRows, KeyColumns, settings.KeyLegend, _clock, KeyBounceMs, Environment.TickCount);
        _board = new VirtualBoard(
            settings, chip, keypad, _clock, new HostRandom(), new HostKeyedHash());
        _connect = connect;
        _session = new SwitchedSession(connect());
        _thread = new Thread(Run) { IsBackground = true, Name = "lock" };
    }

    /// <summary>The strike was energized (true) or released. Raised on the lock's thread.</summary>
    public event Action<bool>? DoorChanged;

    /// <summary>Programs and erases that the flash has been asked for.</summary>
    public Task<int> FlashStepsAsync() => PostAsync(() => _board.Flash.DeviceSteps);

    /// <summary>Access codes that the lock holds.</summary>
    public Task<int> CodeCountAsync() => PostAsync(() => _board.Agent.Codes.Count);

    /// <summary>True when nothing is under way.</summary>
    public Task<bool> IsSettledAsync() => PostAsync(() => _board.Agent.IsSettled);

    /// <summary>True while the strike is energized.</summary>
    public Task<bool> IsOpenAsync() => PostAsync(() => _board.Strike.IsActive);

    /// <summary>What can be seen from outside.</summary>
    public Task<LockLook> LookAsync() => PostAsync(Look);

    /// <summary>The sectors of the flash, as the agent that runs or ran last knows them.</summary>
    public Task<SectorLook[]> SectorsAsync() => PostAsync(() => SectorLook.Of(_board));

    /// <summary>Gives it power.</summary>
    /// <returns>What the lock says of its storage.</returns>
    public Task<StorageStatus> StartAsync()
    {
        Task<StorageStatus> started = PostAsync(PowerUp);
        _thread.Start();
        return started;
    }

    /// <summary>Presses keys, one after another; returns at once.</summary>
    public void Type(string keys) => Type(keys, KeyPressMs);

    /// <summary>The same.</summary>
    /// <param name="keys">As in the legend.</param>
    /// <param name="pressMs">How long each is held.</param>
    public void Type(string keys, int pressMs) =>
        _posted.Enqueue(() => _board.Keypad.Type(keys, pressMs, KeyGapMs));

    /// <summary>Presses a key, and holds it until <see cref="Release"/>; returns at once.</summary>
    public void Press(char key) => _posted.Enqueue(() => _board.Keypad.Press(key));

    /// <summary>Releases a key; returns at once.</summary>
    public void Release(char key) => _posted.Enqueue(() => _board.Keypad.Release(key));

    /// <summary>Opens the door or shuts it; returns at once.</summary>
    public void SetDoor(bool isOpen) =>
        _posted.Enqueue(() => _board.DoorContact.IsActive = isOpen);

    /// <summary>Takes its network away, without a farewell to the broker, or gives it back.
    /// </summary>
    public Task SetNetworkAsync(bool isThere) => PostAsync(() =>
    {
        _hasNetwork = isThere;
        _session.IsThrough = isThere;
        return isThere;
    });

    /// <summary>Steps the lock's time of day.</summary>
    /// <param name="seconds">Forward, or backward when negative.</param>
    public Task StepClockAsync(long seconds) => PostAsync(() => _clock.OffsetSeconds += seconds);

    /// <summary>Takes the power away at once, without a farewell to the broker.</summary>
    public Task CutPowerAsync() => PostAsync(() =>
    {
        _isPowered = false;
        _session.Dispose();
        return _isPowered;
    });

    /// <summary>Gives the power back: a new agent over the same flash.</summary>
    /// <returns>What the lock says of its storage.</returns>
    public Task<StorageStatus> RestorePowerAsync() => PostAsync(() =>
    {
        _session = new SwitchedSession(_connect()) { IsThrough = _hasNetwork };
        return PowerUp();
    });

    /// <summary>Ends the thread and the connection.</summary>
    public void Dispose()
    {
        _isStopping = true;
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _session.Dispose();
    }

    private LockLook Look()
    {
        bool isKnown = _clock.TryGetUtc(out long utc);
        return new LockLook
        {
            IsPowered = _isPowered,
            HasNetwork = _hasNetwork,
            IsOnline = _isPowered && _session.State == MqttSessionState.Connected,
            Strike = PinLook.Of(_board.Strike, _isPowered),
            Granted = PinLook.Of(_board.Granted, _isPowered),
            Denied = PinLook.Of(_board.Denied, _isPowered),
            Buzzer = PinLook.Of(_board.Buzzer, _isPowered),
            IsDoorOpen = _board.DoorContact.IsActive,
            Utc = isKnown ? utc : null,
            ClockOffsetSeconds = _clock.OffsetSeconds,
            Codes = _board.Agent.Codes.Count,
            Capacity = _board.Agent.Codes.Capacity,
            FlashSteps = _board.Flash.DeviceSteps,
        };
    }

    private StorageStatus PowerUp()
    {
        StorageStatus status = _board.PowerUp(_session);
        _isPowered = true;
        return status;
    }

    private Task<T> PostAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _posted.Enqueue(() => done.SetResult(work()));
        return done.Task;
    }

    private void Run()
    {
        while (!_isStopping)
        {
            _clock.Pass();
            while (_posted.TryDequeue(out Action? work))
            {
                work();
            }

            if (_isPowered)
            {
                _board.Agent.Step();
            }

            bool isOpen = _isPowered && _board.Strike.IsActive;
            if (isOpen != _wasOpen)
            {
                _wasOpen = isOpen;
                DoorChanged?.Invoke(isOpen);
            }

            Thread.Sleep(1);
        }
    }
}
