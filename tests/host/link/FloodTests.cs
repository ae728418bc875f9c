using System.Text;
using System.Text.Json;
using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>Too much, and too large: the lock stays bounded and goes on.</summary>
[TestClass]
[DoNotParallelize]
[RequiresMosquitto]
public sealed class FloodTests
{
    private const int Messages = 10_000;
    private const int OneInJunk = 20;
    private const int LargeMessages = 10;
    private const int LargeBytes = 1024 * 1024;
    private const long HeapBytesMax = 24 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // The broker keeps all of them for the lock, and the provisioned limit of 4,096 bytes is off.
    private const string Unlimited = """
        allow_anonymous true
        max_queued_messages 0
        """;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Lock_takes_10000_messages_and_has_one_code()
    {
        int port = FreePort.Find();
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(port, Unlimited);
        await using LockUnderTest tested = await LockUnderTest.StartAsync(port);
        Dictionary<string, object> command = tested.Create("2468");
        await tested.SendAsync(command);
        byte[] again = JsonSerializer.SerializeToUtf8Bytes(command);
        byte[] junk = "{\"action_attempt_id\":"u8.ToArray();
        int answers = 0;
        tested.Client.Received += message =>
            Interlocked.Add(ref answers, message.Topic == "action_attempts" ? 1 : 0);
        long heapBefore = GC.GetTotalMemory(forceFullCollection: true);

        for (int i = 0; i < Messages; i++)
        {
            await tested.Client.PublishAsync(
                "access_codes/create", i % OneInJunk == 0 ? junk : again);
        }

        const int Expected = Messages - (Messages / OneInJunk);
        await WaitAsync(() => Volatile.Read(ref answers) >= Expected, "every repetition answered");
        long grown = GC.GetTotalMemory(forceFullCollection: true) - heapBefore;
        TestContext.WriteLine($"{answers} answers, heap grown by {grown} bytes");
        Assert.IsLessThan(HeapBytesMax, grown);
        Assert.AreEqual(1, await tested.Lock.CodeCountAsync());
        LockMessage answer = await tested.SendAsync(tested.Create("13579"));
        Assert.AreEqual("success", answer.Text("status"));
    }

    [TestMethod]
    public async Task Payload_of_1_MB_is_refused_with_an_event()
    {
        int port = FreePort.Find();
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(port, Unlimited);
        await using LockUnderTest tested = await LockUnderTest.StartAsync(port);
        byte[] large = new byte[LargeBytes];
        Encoding.UTF8.GetBytes("{\"name\":\"").CopyTo(large, 0);
        large.AsSpan(9).Fill((byte)'a');
        for (int i = 0; i < LargeMessages; i++)
        {
            await tested.Client.PublishAsync("access_codes/create", large);
        }

        LockMessage refused = await tested.WaitAsync(
            message => message.Text("event_type") == "keyway.command_refused");
        TestContext.WriteLine(refused.Json);
        LockMessage answer = await tested.SendAsync(tested.Create("2468"));
        Assert.AreEqual("success", answer.Text("status"));
        Assert.AreEqual(1, await tested.Lock.CodeCountAsync());
    }

    [TestMethod]
    public async Task Session_keeps_of_a_large_payload_only_what_shows_that_it_is_too_long()
    {
        int port = FreePort.Find();
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(port, Unlimited);
        using var sender = new SessionUnderTest(port, "sender");
        using var door = new SessionUnderTest(port, "door");
        await sender.ConnectAsync();
        await door.ConnectAsync();
        await door.SubscribeAsync("large");
        await sender.PublishAsync("large", new string('a', LargeBytes));
        Assert.HasCount(Firmware.Limits.PayloadBytes + 1, (await door.TakeAsync()).Payload);
    }

    private static async Task WaitAsync(Func<bool> condition, string what)
    {
        long start = Environment.TickCount64;
        while (!condition())
        {
            Assert.IsLessThan((long)Patience.TotalMilliseconds,
                Environment.TickCount64 - start, what);
            await Task.Delay(20);
        }
    }
}
