// A whole lock in virtual time for the measurements: the agent that ships over simulated chips. Its
// flash programs at once, so that no polling is measured; what programs take is added by Work.

using System.Diagnostics;
using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>A lock with codes, and somebody at its keypad.</summary>
internal sealed class BenchLock
{
    public const int StepMs = 10;
    private const long StartUtc = 1_795_514_400;
    private const int PartId = 0xEF4018;
    private const int MostSteps = 1_000_000;
    private const int KeyMs = 80;
    private readonly AgentSettings _settings;
    private readonly DeviceSecret _secret;
    private readonly VirtualClock _clock = new();
    private readonly VirtualBoard _board;
    private readonly BenchSession _session;
    private readonly CountedHash _hash = new();
    private long _longestStep;
    private Work _shown;
    private bool _isShown;

    /// <summary>A lock without power.</summary>
    public BenchLock(int capacity, int sectors)
    {
        var secret = new byte[DeviceSecret.SizeBytes];
        new SeededRandom(1).Fill(secret, 0, secret.Length);
        _settings = new AgentSettings(BenchOrders.DeviceId, secret)
        {
            Capacity = capacity,
            FlashSectors = sectors,
        };
        _secret = new DeviceSecret(new HostKeyedHash(), secret);
        _clock.SetUtc(StartUtc);
        var chip = new W25qChip(
            FlashParts.Find(PartId), _clock, sectors * SpiNorFlash.SectorSizeBytes)
        {
            ProgramNanoseconds = 0,
        };
        var keypad = new MatrixKeypad(4, 3, _settings.KeyLegend, _clock, 0, 1);
        _board = new VirtualBoard(
            _settings, chip, keypad, _clock, new SeededRandom(2), _hash);
        _board.Ports.Strike = new NotedPin(_board.Strike, Note);
        _board.Ports.Denied = new NotedPin(_board.Denied, Note);
        _session = new BenchSession(
            BenchOrders.TopicPrefix, () => Answered = Work.Now(this));
        Orders = new BenchOrders(this);
    }

    public BenchOrders Orders { get; }

    public Agent Agent => _board.Agent;

    public FlashCounters Flash => _board.Flash.Counters;

    /// <summary>Steps since it was made.</summary>
    public long Steps { get; private set; }

    public long NowMs => _clock.Milliseconds;

    public long Utc => StartUtc + NowMs / 1000;

    /// <summary>What had been done when the last answer was published.</summary>
    public Work Answered { get; private set; }

    /// <summary>Bytes of the device's heap that its MACs would have taken.</summary>
    public long MacBytes => _hash.DeviceBytes;

    /// <summary>Statuses published since it was made.</summary>
    public int Statuses => _session.Statuses;

    public bool IsOpen => _board.Strike.IsActive;

    /// <summary>Bytes of the frames that count.</summary>
    public long LiveBytes => Agent.Room.LiveFrames * (long)Frame.SizeBytes;

    /// <summary>A MAC as the lock stores it, for a scan to compare with.</summary>
    public void ComputeMac(byte[] digits, byte[] output, int offset) =>
        _secret.ComputeDigitsMac(digits, digits.Length, output, offset);

    /// <summary>A lock that runs, holds codes and has nothing left to do.</summary>
    public static BenchLock Running(int capacity, int sectors, int codes)
    {
        var door = new BenchLock(capacity, sectors);
        door.PowerUp();
        door.Settle();
        for (int i = 0; i < codes; i++)
        {
            door.Answer(door.Orders.Next(CommandKind.Create));
        }

        return door;
    }

    /// <summary>One with room for a few codes more.</summary>
    public static BenchLock ForCommands(Scale scale) =>
        Running(scale.Codes + 1, Scale.SectorsFor(scale.Codes), scale.Codes);

    /// <summary>A new agent over the same chips.</summary>
    public void PowerUp()
    {
        _session.Close();
        Require(_board.PowerUp(_session) == StorageStatus.Ok, "the lock starts");
    }

    public void Step()
    {
        Pass(StepMs);
        Steps++;
        long before = CodeCounts.Instructions;
        CodeCounts.IsOn = true;
        Agent.Step();
        CodeCounts.IsOn = false;
        _longestStep = Math.Max(_longestStep, CodeCounts.Instructions - before);
    }

    /// <summary>Instructions of the longest step while something is done.</summary>
    public long LongestStepOf(Action something)
    {
        _longestStep = 0;
        something();
        return _longestStep;
    }

    /// <summary>A new agent over the same chips, which its steps start.</summary>
    public void Make()
    {
        _session.Close();
        _board.Make(_session);
    }

    public void Step(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Step();
        }
    }

    /// <summary>Lets time pass without a step.</summary>
    private void Pass(long ms) => _clock.Advance(ms);

    /// <summary>Lets time pass in one jump, and what has become due be done.</summary>
    public void Rest(long ms)
    {
        Pass(ms);
        Step();
        Settle();
    }

    /// <summary>Steps until nothing is under way and the keypad sleeps.</summary>
    public void Settle()
    {
        for (int i = 0; !Agent.IsSettled || Agent.Door.IsAwake || _session.IsWaiting; i++)
        {
            Require(i < MostSteps, "the lock settles");
            Step();
        }
    }

    /// <summary>Sends a command that must succeed, and settles.</summary>
    public void Answer(MqttMessage command)
    {
        Send(command);
        RequireSuccess();
        Settle();
    }

    /// <summary>Delivers a command and steps until it is answered.</summary>
    /// <returns>The answer's size.</returns>
    public int Send(MqttMessage command)
    {
        _session.Deliver(command);
        for (int i = 0; _session.Answer == null; i++)
        {
            Require(i < MostSteps, "the lock answers");
            Step();
        }

        return _session.Answer.Length;
    }

    /// <summary>The last answer must say success.</summary>
    public void RequireSuccess() => Require(
        _session.Answer.AsSpan().IndexOf("\"success\""u8) >= 0,
        $"success in {Encoding.UTF8.GetString(_session.Answer ?? [])}");

    /// <summary>Somebody types from now on.</summary>
    public void TypeAhead(string keys) => _board.Keypad.Type(keys, KeyMs, KeyMs);

    /// <summary>Steps until the last key is up.</summary>
    public void StepWhileTyping()
    {
        while (_board.Keypad.IsTyping)
        {
            Step();
        }
    }

    /// <summary>Types, and steps until the last key is up.</summary>
    public void Type(string keys)
    {
        TypeAhead(keys);
        StepWhileTyping();
    }

    /// <summary>A whole entry, until strike or red LED have answered it and are off again.
    /// </summary>
    public void Enter(string digits)
    {
        Type(digits);
        Decide();
        Show();
        Settle();
    }

    /// <summary>Presses Enter and steps until the step that decides has been made.</summary>
    /// <returns>What that step took.</returns>
    public Work Decide()
    {
        _board.Keypad.Type(CodeEntry.Enter.ToString(), KeyMs, KeyMs);
        Work before = Work.Now(this);
        for (int i = 0; !Agent.Door.IsDecided; i++)
        {
            Require(i < MostSteps, "the lock decides");
            before = Work.Now(this);
            Step();
        }

        return Work.Now(this) - before;
    }

    /// <summary>Steps until strike or red LED say what was decided.</summary>
    /// <returns>What that took, up to the write to the pin.</returns>
    public Work Show()
    {
        _isShown = false;
        Work before = Work.Now(this);
        for (int i = 0; !_isShown; i++)
        {
            Require(i < MostSteps, "the lock shows what it decided");
            Step();
        }

        return _shown - before;
    }

    /// <exception cref="UnreachableException">It does not hold, so nothing counts.</exception>
    public static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new UnreachableException($"not so: {what}");
        }
    }

    private void Note()
    {
        _shown = _isShown ? _shown : Work.Now(this);
        _isShown = true;
    }
}
