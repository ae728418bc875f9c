// One lock of a fleet: the agent that ships over a simulated chip of its own, kept in memory.
// FleetThreads steps it; Fleet asks at the end what it holds.

using System.Security.Cryptography;
using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Rig;

/// <summary>A lock with the default settings.</summary>
internal sealed class FleetLock : IFleetMember, IDisposable
{
    private const int FlashJedecId = 0xEF4016;
    private const int KeyRows = 4;
    private const int KeyColumns = 3;

    /// <summary>Steps in one pass at most, so that no lock keeps the others waiting.</summary>
    private const int StepsAtOnce = 16;

    /// <summary>So many steps in which nothing happened end a pass: a sum over the slots, for
    /// instance, ends in one of them, and the next step publishes it.</summary>
    private const int IdleSteps = 3;

    private const int UnsettledMs = 100;
    private const int SettledMs = 500;
    private const int LoadStepsMax = 100_000;
    private readonly VirtualBoard _board;
    private readonly WatchedSession _session;
    private readonly HostClock _clock = new(int.MaxValue);
    private long _dueMs;
    private volatile bool _isOnline;
    private volatile bool _isReady;

    /// <summary>Builds it and gives it power.</summary>
    /// <param name="deviceId">A UUID.</param>
    /// <param name="session">Its connection; disposed with it.</param>
    public FleetLock(string deviceId, IMqttSession session)
    {
        var settings = new AgentSettings(
            deviceId, RandomNumberGenerator.GetBytes(DeviceSecret.SizeBytes));

        // On a clock of its own the chip would still be busy after this thread has slept for longer
        // than a program may take, and the lock would take it for stuck.
        var chip = new W25qChip(FlashParts.Find(FlashJedecId), _clock, FlashBytes)
        {
            ProgramNanoseconds = 0,
        };
        var keypad = new MatrixKeypad(KeyRows, KeyColumns, settings.KeyLegend, _clock, 0, 1);
        _board = new VirtualBoard(
            settings, chip, keypad, _clock, new HostRandom(), new HostKeyedHash());
        _session = new WatchedSession(session);
        DeviceId = settings.DeviceId;
        _board.PowerUp(_session);
    }

    /// <summary>The size of its simulated flash.</summary>
    public static int FlashBytes => VirtualLock.FlashBytes;

    /// <inheritdoc/>
    public string DeviceId { get; }

    /// <inheritdoc/>
    public bool IsOnline => _isOnline;

    /// <inheritdoc/>
    public bool IsReady => _isReady;

    /// <inheritdoc/>
    public long Published => _session.Published;

    /// <inheritdoc/>
    public void Step(long nowMs)
    {
        if (!_session.HasNews() && nowMs < _dueMs)
        {
            return;
        }

        int idle = 0;
        for (int i = 0; i < StepsAtOnce && idle < IdleSteps; i++)
        {
            long before = Activity;
            _clock.Pass();
            _board.Agent.Step();
            idle = Activity == before && _board.Agent.IsLoaded ? idle + 1 : 0;
        }

        bool isSettled = _board.Agent.IsSettled;
        _isOnline |= _session.Acknowledged > 0;
        _isReady |= isSettled && _isOnline;
        _dueMs = idle < IdleSteps ? nowMs : nowMs + (isSettled ? SettledMs : UnsettledMs);
    }

    /// <inheritdoc/>
    public void Close() => _session.Close();

    /// <summary>Closes, and waits a moment until the socket is gone.</summary>
    public void Dispose()
    {
        _session.Close();
        _session.Dispose();
    }

    /// <summary>Cuts its power, starts it again without a network, and compares what it has on its
    /// flash with what it should.</summary>
    /// <param name="expected">The codes that it has confirmed.</param>
    /// <returns>Null, or what is wrong.</returns>
    public string? FindDifference(ExpectedCodes expected)
    {
        _board.Flash.LosePower(1);
        _board.Flash.RestorePower();
        StorageStatus storage = _board.PowerUp(new LoopbackSession());
        for (int i = 0; storage == StorageStatus.Ok && !_board.Agent.IsLoaded; i++)
        {
            _clock.Pass();
            _board.Agent.Step();
            storage = i == LoadStepsMax ? StorageStatus.NotReady : storage;
        }

        if (storage != StorageStatus.Ok)
        {
            return $"{DeviceId}: storage {storage}";
        }

        CodeBook codes = _board.Agent.Codes;
        if (codes.Count != expected.Codes.Count)
        {
            return $"{DeviceId}: holds {codes.Count} codes, should hold {expected.Codes.Count}";
        }

        foreach (ExpectedCode code in expected.Codes)
        {
            if (!Holds(codes, code))
            {
                return $"{DeviceId}: {code.AccessCodeId} does not open as confirmed";
            }
        }

        return null;
    }

    // Without questions to a chip that is busy erasing: those may wait.
    private long Activity => _session.Activity + _board.Flash.Counters.Reads
        + _board.Flash.Counters.PagePrograms + _board.Flash.Counters.Erases;

    private static bool Holds(CodeBook codes, ExpectedCode expected)
    {
        byte[] digits = Encoding.ASCII.GetBytes(expected.Digits);
        var found = new AccessCode();
        CodeMatch match = codes.Match(digits, digits.Length, new Moment(), found);
        return match == CodeMatch.Opens
            && Uuid.ToText(found.Bytes, Frame.AccessCodeId) == expected.AccessCodeId;
    }
}
