using System.Text.Json;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>A whole lock with many codes: commands in, answers out, digits at the keypad.</summary>
[TestClass]
public sealed class CapacityTests
{
    private const string DeviceId = "5b0c6bb4-1e4e-4a3c-9a55-0e0b5f5f8d11";
    private const int Sectors = 256;
    private const int BytesPerCode = 24;
    private const int StepsMax = 2_000_000;

    [TestMethod]
    public void Lock_with_5000_codes_takes_them_keeps_them_and_refuses_one_more()
    {
        const int Capacity = 5000;
        var clock = new VirtualClock();
        VirtualBoard board = Build(clock, Capacity);
        var session = new LoopbackSession();
        board.PowerUp(session);
        for (int i = 0; i < Capacity; i++)
        {
            Assert.AreEqual("success", Send(board, clock, session, i), $"code {i}");
        }

        Assert.AreEqual(Capacity, board.Agent.Codes.Count);
        Assert.AreEqual("error", Send(board, clock, session, Capacity));

        // Without room for a wrong entry the next start would begin with a lockout.
        Run(board, clock, () => board.Agent.IsSettled);
        var again = new LoopbackSession();
        board.PowerUp(again);
        Run(board, clock, () => board.Agent.IsLoaded);
        Assert.AreEqual(Capacity, board.Agent.Codes.Count);
        foreach (int number in (int[])[0, 1, 2499, Capacity - 1])
        {
            Enter(board, clock, number);
            Assert.IsTrue(board.Strike.IsActive, $"code {number}");
            Run(board, clock, () => !board.Strike.IsActive);
        }

        Enter(board, clock, Capacity);
        Assert.IsFalse(board.Strike.IsActive);
    }

    [TestMethod]
    public void Lock_for_more_codes_than_its_flash_holds_is_refused()
    {
        // 246 sectors hold 58 frames each; attempts, events, state and what a code needs take 593.
        const int Most = ((246 * 58) - 593) / 2;
        Build(new VirtualClock(), Most).PowerUp(new LoopbackSession());
        Assert.ThrowsExactly<ArgumentException>(
            () => Build(new VirtualClock(), Most + 1).PowerUp(new LoopbackSession()));
    }

    [TestMethod]
    public void Code_book_takes_no_more_than_24_bytes_a_code()
    {
        const int Capacity = 1000;
        var clock = new VirtualClock();
        var log = new SlotLog(
            new SpiNorFlash(new W25qChip(FlashParts.Find(0xEF4016), clock, 65536), clock), 0, 16);
        var secret = new DeviceSecret(new HostKeyedHash(), new byte[DeviceSecret.SizeBytes]);
        _ = Make(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        CodeBook small = Make(1);
        long between = GC.GetAllocatedBytesForCurrentThread();
        CodeBook large = Make(Capacity + 1);
        long after = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(small);
        GC.KeepAlive(large);
        double perCode = (after - between - (between - before)) / (double)Capacity;
        Assert.IsTrue(perCode is > 0 and <= BytesPerCode, $"{perCode} bytes a code");

        CodeBook Make(int capacity)
        {
            var book = new CodeBook(
                log, secret, null, capacity, CodeConstraint.None, null, [], null!, null!);
            book.Slots.Make(capacity);
            return book;
        }
    }

    private static VirtualBoard Build(VirtualClock clock, int capacity)
    {
        var secret = new byte[DeviceSecret.SizeBytes];
        new SeededRandom(1).Fill(secret, 0, secret.Length);
        var settings = new AgentSettings(DeviceId, secret)
        {
            Capacity = capacity,
            FlashSectors = Sectors,
            StrikeMs = 200,
        };
        var chip = new W25qChip(
            FlashParts.Find(0xEF4017), clock, Sectors * SpiNorFlash.SectorSizeBytes);
        var keypad = new MatrixKeypad(4, 3, settings.KeyLegend, clock, 0, 1);
        return new VirtualBoard(
            settings, chip, keypad, clock, new SeededRandom(2), new HostKeyedHash());
    }

    private static string Send(
        VirtualBoard board, VirtualClock clock, LoopbackSession session, int number)
    {
        Run(board, clock, () => session.State == MqttSessionState.Connected
            && session.Subscriptions != null);
        string attempt = $"00000000-0000-4000-8000-{number:D12}";
        session.ClearPublished();
        session.Deliver($"keyway/v1/{DeviceId}/access_codes/create",
            JsonSerializer.SerializeToUtf8Bytes(new
            {
                action_attempt_id = attempt,
                device_id = DeviceId,
                code = Digits(number),
            }), false);
        string? status = null;
        Run(board, clock, () => (status = StatusOf(session, attempt)) != null);
        return status!;
    }

    private static string Digits(int number) => $"{number * 7919 % 1_000_000:D6}";

    private static string? StatusOf(LoopbackSession session, string attempt)
    {
        for (int i = 0; i < session.PublishedCount; i++)
        {
            MqttMessage message = session.Published(i);
            if (message.Topic.EndsWith("/action_attempts", StringComparison.Ordinal))
            {
                JsonElement answer = JsonDocument.Parse(message.Payload).RootElement;
                if (answer.GetProperty("action_attempt_id").GetString() == attempt)
                {
                    return answer.GetProperty("status").GetString();
                }
            }
        }

        return null;
    }

    private static void Enter(VirtualBoard board, VirtualClock clock, int number)
    {
        board.Keypad.Type(Digits(number) + "#", 40, 40);
        Run(board, clock, () => !board.Keypad.IsTyping);
        long enteredMs = clock.Milliseconds;
        Run(board, clock, () => clock.Milliseconds - enteredMs > Limits.FeedbackDelayMs);
    }

    private static void Run(VirtualBoard board, VirtualClock clock, Func<bool> until)
    {
        for (int i = 0; !until(); i++)
        {
            Assert.IsTrue(i < StepsMax, "it takes too long");
            clock.Advance(1);
            board.Agent.Step();
        }
    }

}
