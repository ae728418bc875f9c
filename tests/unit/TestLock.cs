// A whole lock in a time of its own, with its broker: what tests of the agent build and drive.

using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>A virtual board, a broker, and somebody at the keypad.</summary>
internal sealed class TestLock
{
    internal const string DeviceId = "d0c0ffee-0000-4000-8000-000000000009";

    /// <summary>What the clock says at first: 2026-11-24T10:00:00Z.</summary>
    internal const long Utc = 1795514400;

    private const int W25Q32 = 0xEF4016;
    private const int KeyMs = 30;
    private const int SettleMs = 5;
    private const int Sectors = 16;
    private const int EraseNanoseconds = 1000000;
    private readonly string _prefix = "keyway/v1/" + DeviceId + "/";

    /// <summary>A lock without power.</summary>
    internal TestLock(int capacity, int jedecId)
    {
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        secret[0] = 7;
        Settings = new AgentSettings(DeviceId, secret)
        {
            Capacity = capacity,
            FlashSectors = Sectors,
        };
        Clock = new VirtualClock();
        Clock.SetUtc(Utc);
        Chip = new W25qChip(FlashParts.Find(jedecId), Clock, Sectors * SpiNorFlash.SectorSizeBytes)
        {
            EraseNanoseconds = EraseNanoseconds,
        };
        MatrixKeypad keypad = new(4, 3, Settings.KeyLegend, Clock, 0, 1);
        Board = new VirtualBoard(
            Settings, Chip, keypad, Clock, new SeededRandom(1), Hash);
    }

    internal AgentSettings Settings { get; }

    internal VirtualClock Clock { get; }

    internal W25qChip Chip { get; }

    internal CountedHash Hash { get; } = new();

    internal VirtualBoard Board { get; }

    internal LoopbackSession Broker { get; } = new();

    internal Agent Agent => Board.Agent;

    internal bool IsOpen => Board.Strike.IsActive;

    /// <summary>A new lock with 20 slots that runs, is connected and has nothing left to do.
    /// </summary>
    internal static TestLock Running() => Running(20, W25Q32);

    internal static TestLock Running(int capacity, int jedecId)
    {
        TestLock door = new(capacity, jedecId);
        door.PowerUp();
        door.Settle();
        door.Broker.ClearPublished();
        return door;
    }

    internal void PowerUp() => Assert.AreEqual((int)StorageStatus.Ok, (int)Board.PowerUp(Broker));

    /// <summary>The power goes between two steps and comes back; the lock gets ready.</summary>
    internal void PowerCut()
    {
        CutPower();
        PowerUp();
        Settle();
    }

    /// <summary>The power goes between two steps and comes back; no agent runs yet.</summary>
    internal void CutPower()
    {
        Broker.DropConnection();
        Chip.LosePower(1);
        Chip.RestorePower();
    }

    /// <summary>Lets time pass, a step each ms.</summary>
    internal void Step(int ms)
    {
        for (int i = 0; i < ms; i++)
        {
            Clock.Advance(1);
            Agent.Step();
        }
    }

    /// <summary>Lets time pass in jumps of up to 50 ms, where nobody types.</summary>
    internal void Pass(int ms)
    {
        for (int left = ms; left > 0; left -= 50)
        {
            Clock.Advance(left < 50 ? left : 50);
            Agent.Step();
        }
    }

    /// <summary>Steps until the codes are loaded, sectors are ready and nothing is left to send
    /// or to save.</summary>
    internal void Settle()
    {
        Step(10);
        while (!Agent.IsSettled)
        {
            Clock.Advance(SettleMs);
            Agent.Step();
        }

        Step(10);
    }

    /// <summary>A create command, complete but for the end: members and the brace.</summary>
    internal static string Create(int attempt, string code) => "{'action_attempt_id':'"
        + TestJson.Id(attempt) + "','device_id':'" + DeviceId + "','code':'" + code + "'";

    /// <summary>Delivers to the create topic, with ' for ", and gives the lock time.</summary>
    internal void Send(string json) => Send(TestJson.Bytes(json), false);

    internal void Send(byte[] payload, bool retained)
    {
        Deliver(payload, retained);
        Step(10);
    }

    internal void Deliver(byte[] payload, bool retained) =>
        Assert.IsTrue(Broker.Deliver(_prefix + "access_codes/create", payload, retained));

    /// <summary>Types, and waits until the lock has shown what it thinks of it.</summary>
    internal void Type(string keys)
    {
        Board.Keypad.Type(keys, KeyMs, KeyMs);
        while (Board.Keypad.IsTyping)
        {
            Step(1);
        }

        Step(Limits.FeedbackDelayMs + KeyMs);
    }

    /// <summary>Waits until the strike is released, the LEDs are dark and the keypad sleeps.
    /// </summary>
    internal void Rest() => Pass(Limits.KeypadAwakeMs + Settings.StrikeMs);

    /// <summary>How many messages a topic has got; the end of its name is enough.</summary>
    internal int CountOn(string topic)
    {
        int count = 0;
        for (int i = 0; i < Broker.PublishedCount; i++)
        {
            count += Broker.Published(i).Topic.EndsWith(topic) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The last message on a topic, with ' for "; empty when there is none.</summary>
    internal string LastOn(string topic)
    {
        for (int i = Broker.PublishedCount - 1; i >= 0; i--)
        {
            if (Broker.Published(i).Topic.EndsWith(topic))
            {
                return TestJson.Text(Broker.Published(i).Payload);
            }
        }

        return "";
    }

    internal int AnswerCount => CountOn("/action_attempts");

    internal string LastAnswer => LastOn("/action_attempts");

    internal string LastEvent => LastOn("/events");

    /// <summary>True when a text stands in any message.</summary>
    internal bool HasPublished(string text)
    {
        for (int i = 0; i < Broker.PublishedCount; i++)
        {
            if (TestJson.Text(Broker.Published(i).Payload).IndexOf(text) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
