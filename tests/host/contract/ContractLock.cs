using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>A virtual lock in a time of its own; what it says and hears is kept.</summary>
internal sealed class ContractLock
{
    public const string DeviceId = "d0c0ffee-0000-4000-8000-000000000009";

    /// <summary>What the clock says at first: 2026-11-24T10:00:00Z.</summary>
    public const long Utc = 1795514400;

    private const int W25Q32 = 0xEF4016;
    private const int Sectors = 24;
    private const int KeyMs = 30;
    private const int StepMs = 5;
    private const int SettleMs = 60_000;
    private const string Prefix = $"keyway/v1/{DeviceId}/";
    private readonly SeenPayloads _seen;
    private readonly AgentSettings _settings;
    private readonly LoopbackSession _broker = new();
    private readonly VirtualBoard _board;
    private int _taken;

    /// <summary>A lock that is online and has nothing left to do, if its storage is sound.
    /// </summary>
    /// <param name="seen">Receives every payload.</param>
    /// <param name="adjust">Changes its settings before it starts.</param>
    public ContractLock(SeenPayloads seen, Action<AgentSettings>? adjust = null)
    {
        _seen = seen;
        _settings = new AgentSettings(DeviceId, Secret(7))
        {
            Capacity = 20,
            FlashSectors = Sectors,
            SiteSecret = Secret(8),
            OfflineSecret = Secret(9),
        };
        adjust?.Invoke(_settings);
        Clock.SetUtc(Utc);
        Chip = new W25qChip(
            FlashParts.Find(W25Q32), Clock, Sectors * SpiNorFlash.SectorSizeBytes);
        var keypad = new MatrixKeypad(4, 3, _settings.KeyLegend, Clock, 0, 1);
        _board = new VirtualBoard(
            _settings, Chip, keypad, Clock, new SeededRandom(1), new ManagedHmac());
        PowerUp();
    }

    public VirtualClock Clock { get; } = new();

    public W25qChip Chip { get; }

    /// <summary>An id that differs for each number.</summary>
    public static string Id(int number) => $"a77e3b70-0000-4000-8000-{number:d12}";

    /// <summary>Starts it, and gives it time.</summary>
    public void PowerUp()
    {
        _board.PowerUp(_broker);
        Settle();
    }

    /// <summary>The power goes between two steps; the broker publishes the will.</summary>
    public void CutPower()
    {
        _broker.DropConnection();
        Chip.LosePower(1);
        Chip.RestorePower();
        Collect();
    }

    /// <summary>Lets up to a minute pass, until nothing is left to do.</summary>
    public void Settle()
    {
        Pass(KeyMs);
        for (int ms = 0; ms < SettleMs && !_board.Agent.IsSettled; ms += StepMs)
        {
            Pass(StepMs);
        }

        Pass(KeyMs);
        Collect();
    }

    /// <summary>Sets the time of day, and gives the lock time.</summary>
    public void SetUtc(long secondsLater)
    {
        Clock.SetUtc(Utc + secondsLater);
        Settle();
    }

    /// <summary>Types digits and Enter, and waits until the keypad sleeps.</summary>
    public void Enter(string digits)
    {
        _board.Keypad.Type(digits + "#", KeyMs, KeyMs);
        while (_board.Keypad.IsTyping)
        {
            Pass(1);
        }

        for (int ms = 0; ms < Limits.KeypadAwakeMs + _settings.StrikeMs; ms += KeyMs)
        {
            Pass(KeyMs);
        }

        Settle();
    }

    /// <summary>Sends a create that matches its schema.</summary>
    /// <param name="attempt">Number of its id, and of the code's.</param>
    /// <param name="members">More members, each after a comma, with ' for ".</param>
    public void Create(int attempt, string members) =>
        Send("access_codes/create", attempt, $",'device_id':'{DeviceId}'{members}");

    /// <summary>Sends a command that matches its schema.</summary>
    /// <param name="word">Its topic behind the device's.</param>
    /// <param name="attempt">Number of its id.</param>
    /// <param name="members">More members, each after a comma, with ' for ".</param>
    public void Send(string word, int attempt, string members)
    {
        byte[] payload = Payload(attempt, members);
        _seen.Add(Prefix + word, payload, false);
        SendRaw(word, payload);
    }

    /// <summary>Sends a command of which the schema says nothing wrong or cannot know it.</summary>
    public void SendUnchecked(string word, int attempt, string members) =>
        SendRaw(word, Payload(attempt, members));

    /// <summary>Sends bytes, and gives the lock time.</summary>
    public void SendRaw(string word, byte[] payload, bool retained = false)
    {
        Assert.IsTrue(_broker.Deliver(Prefix + word, [.. payload], retained));
        Settle();
    }

    private static byte[] Payload(int attempt, string members) => Encoding.UTF8.GetBytes(
        $"{{'action_attempt_id':'{Id(attempt)}'{members}}}".Replace('\'', '"'));

    private static byte[] Secret(byte first)
    {
        var secret = new byte[DeviceSecret.SizeBytes];
        secret[0] = first;
        return secret;
    }

    private void Pass(int ms)
    {
        Clock.Advance(ms);
        _board.Agent.Step();
    }

    private void Collect()
    {
        for (; _taken < _broker.PublishedCount; _taken++)
        {
            MqttMessage message = _broker.Published(_taken);
            _seen.Add(message.Topic, message.Payload, message.Retained);
        }
    }
}
