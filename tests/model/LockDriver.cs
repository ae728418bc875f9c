// The lock under test: the agent that ships on the virtual board, with a broker, in virtual time.
// Life drives it.

using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Model;

/// <summary>Gives a lock commands, time and power, and keeps what it says.</summary>
public sealed class LockDriver
{
    private const int PartId = 0xEF4016;
    private const int Sectors = 18;
    private const int QuietSteps = 10;
    private const int MostSteps = 5000;
    private const int KeyMs = 20;
    private const int FeedbackStepMs = 10;
    private const int StepNanoseconds = 50_000;
    private readonly string _prefix;
    private readonly AgentSettings _settings;
    private readonly VirtualBoard _board;
    private readonly AccessCode _found = new();

    public LockDriver(ModelShape shape)
    {
        _prefix = $"keyway/v1/{shape.DeviceId}/";
        _settings = new AgentSettings(shape.DeviceId, Filled(7))
        {
            Capacity = shape.Capacity,
            FlashSectors = Sectors,
            SiteSecret = shape.HasSiteSecret ? Filled(8) : null,
            SiteCodeLength = ModelShape.SiteCodeLength,
        };
        var chip = new W25qChip(
            FlashParts.Find(PartId), Clock, Sectors * SpiNorFlash.SectorSizeBytes)
        {
            EraseNanoseconds = 1_000_000,
            ProgramNanoseconds = 20_000,
        };
        var keypad = new MatrixKeypad(4, 3, _settings.KeyLegend, Clock, 0, 1);
        _board = new VirtualBoard(
            _settings, chip, keypad, Clock, new SeededRandom(1), new HostKeyedHash());
    }

    public VirtualClock Clock { get; } = new();

    public bool IsOpen => _board.Strike.IsActive;

    public int CodeCount => _board.Agent.Codes.Count;

    /// <summary>What was sent on the answers' topics since <see cref="Forget"/>.</summary>
    public List<(string Topic, string Answer)> Answers { get; } = [];

    /// <summary>The retained states of access codes; empty ones are gone.</summary>
    public Dictionary<string, string> States { get; } = new(StringComparer.Ordinal);

    private LoopbackSession Broker { get; } = new();

    /// <summary>Starts a new agent and gives it time to get ready.</summary>
    public void PowerUp()
    {
        if (_board.PowerUp(Broker) != StorageStatus.Ok)
        {
            throw new Difference("the lock does not start");
        }

        for (int i = 0; i < MostSteps && !_board.Agent.IsLoaded; i++)
        {
            Clock.Advance(1);
            _board.Agent.Step();
        }

        // A second of the clock begins where the lock looks at it.
        if (Clock.TryGetUtc(out long utc))
        {
            Clock.SetUtc(utc);
        }

        _board.Agent.Step();
    }

    /// <summary>The power goes between two steps.</summary>
    public void CutPower()
    {
        Broker.DropConnection();
        _board.Flash.LosePower(1);
        _board.Flash.RestorePower();
        Collect();
    }

    public void Step() => _board.Agent.Step();

    /// <summary>Steps until nothing has been sent for some steps.</summary>
    public void Rest()
    {
        int quiet = 0;
        for (int i = 0; i < MostSteps && quiet < QuietSteps; i++)
        {
            int before = Broker.PublishedCount;
            Clock.AdvanceNanoseconds(StepNanoseconds);
            _board.Agent.Step();
            quiet = Broker.PublishedCount == before ? quiet + 1 : 0;
        }

        Collect();
    }

    /// <summary>Delivers a request and waits until the lock has taken it.</summary>
    public void Send(Request request)
    {
        byte[] payload = request.ToBytes();
        Broker.Deliver(_prefix + request.Word, payload, request.IsRetained);
        int steps = 0;
        while (payload.Length > 0 && payload[0] != 0)
        {
            Clock.AdvanceNanoseconds(StepNanoseconds);
            _board.Agent.Step();
            steps++;
            if (steps > QuietSteps)
            {
                Clock.Advance(1);
            }

            if (steps == MostSteps)
            {
                throw new Difference($"the lock does not take {request}");
            }
        }
    }

    public void Forget() => Answers.Clear();

    /// <summary>What digits do at a time, by the book.</summary>
    public string Match(string digits, ModelTime time) => _board.Agent.Codes.Match(
        Encoding.ASCII.GetBytes(digits), digits.Length,
        new Moment().Set(time.IsKnown, time.Utc, Math.Max(time.Utc, time.Latest)),
        new AccessCode())
        .ToString();

    public bool IsThere(string id) => SlotOf(id) >= 0;

    /// <summary>Somebody types; waits until all is dark again.</summary>
    /// <returns>True when the door was open meanwhile.</returns>
    public bool Opens(string digits)
    {
        _board.Keypad.Type(digits + "#", KeyMs, KeyMs);
        while (_board.Keypad.IsTyping)
        {
            Clock.Advance(1);
            _board.Agent.Step();
        }

        for (int ms = 0; ms < Limits.FeedbackDelayMs + KeyMs; ms += FeedbackStepMs)
        {
            Clock.Advance(FeedbackStepMs);
            _board.Agent.Step();
        }

        bool opens = IsOpen;
        Clock.Advance(_settings.StrikeMs);
        _board.Agent.Step();
        Clock.Advance(Limits.KeypadAwakeMs);
        Rest();
        return opens;
    }

    private static byte[] Filled(byte value)
    {
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        Array.Fill(secret, value);
        return secret;
    }

    private int SlotOf(string id)
    {
        byte[] bytes = new byte[Uuid.SizeBytes];
        Uuid.TryRead(id, bytes, 0);
        return _board.Agent.Codes.FindById(bytes, 0, _found, out int slot) == StorageStatus.Ok
            ? slot : throw new Difference($"{id} cannot be looked for");
    }

    private void Collect()
    {
        for (int i = 0; i < Broker.PublishedCount; i++)
        {
            MqttMessage message = Broker.Published(i);
            string topic = message.Topic[_prefix.Length..];
            string text = Encoding.UTF8.GetString(message.Payload);
            if (topic is "action_attempts" or "answers")
            {
                Answers.Add((topic, text));
            }
            else if (topic.StartsWith("access_codes/state/", StringComparison.Ordinal))
            {
                States[topic[^Uuid.TextSizeBytes..]] = text;
            }
        }

        Broker.ClearPublished();
    }
}
