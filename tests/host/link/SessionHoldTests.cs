using System.Diagnostics;
using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>The session that holds one message, over Mosquitto: what is not done comes again, and
/// no call waits for a network that is stuck.</summary>
[TestClass]
[RequiresMosquitto]
public sealed class SessionHoldTests
{
    private const int Calls = 20_000;
    private const int PayloadBytes = 2048;
    private static readonly TimeSpan AllCalls = TimeSpan.FromSeconds(5);
    private readonly int _port = FreePort.Find();

    [TestMethod]
    public async Task Message_that_is_not_done_comes_again_after_the_connection()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(_port);
        using SessionUnderTest sender = await ConnectAsync("sender", _port);
        using SessionUnderTest door = await ConnectAsync("door", _port);
        await door.SubscribeAsync("door/lock");
        await sender.PublishAsync("door/lock", "first");
        await sender.PublishAsync("door/lock", "second");

        Assert.AreEqual("first", Text(await door.HoldAsync()));
        door.Session.Close();
        await door.ConnectAsync();
        Assert.IsTrue(door.Session.Subscribe(["door/lock"]));
        Assert.AreEqual("first", Text(await door.HoldAsync()));
        door.Session.MessageDone();
        Assert.AreEqual("second", Text(await door.HoldAsync()));
        door.Session.MessageDone();
        await door.PublishAsync("any", "");

        door.Session.Close();
        await door.ConnectAsync();
        await door.SubscribeAsync("door/lock");
        await door.PublishAsync("door/lock", "third");
        Assert.AreEqual("third", await door.TakeTextAsync());
    }

    [TestMethod]
    public async Task Filter_that_is_none_closes()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(_port);
        using SessionUnderTest door = await ConnectAsync("door", _port);
        Assert.IsTrue(door.Session.Subscribe(["door/#/lock"]));
        await door.BecomesAsync(MqttSessionState.Closed);
    }

    [TestMethod]
    public async Task Peer_that_takes_nothing_costs_no_step_and_gets_all_in_the_end()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(_port);
        await using var peer = new StuckPeer(_port);
        using SessionUnderTest door = await ConnectAsync("door", peer.Port);
        await door.SubscribeAsync("none");
        peer.IsUpStuck = true;
        var buffer = new byte[MqttMessage.HeadroomBytes + PayloadBytes];
        int published = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Calls; i++)
        {
            door.Session.Step();
            published += door.Session.Publish("any", buffer, MqttMessage.HeadroomBytes,
                PayloadBytes, false) != 0 ? 1 : 0;
        }

        Assert.IsLessThan(AllCalls, Stopwatch.GetElapsedTime(start));
        Assert.IsFalse(door.Session.CanPublish);
        Assert.IsLessThan(Calls, published);
        peer.IsUpStuck = false;
        for (int i = 0; i < published; i++)
        {
            await door.TakeAcknowledgedAsync();
        }

        Assert.IsTrue(door.Session.CanPublish);
    }

    [TestMethod]
    public async Task Half_a_record_of_TLS_costs_no_step()
    {
        using var authority = new TestAuthority();
        await using SecureBroker broker = await SecureBroker.StartAsync(authority);
        await using var peer = new StuckPeer(broker.Port);
        using SessionUnderTest gateway = new(broker.ForGateway, "gateway");
        await gateway.ConnectAsync();
        string lockId = Guid.NewGuid().ToString();
        BrokerAccess access = broker.ForLock(authority.ForClient(lockId)) with
        {
            Port = peer.Port,
        };
        using SessionUnderTest door = new(access, lockId);
        await door.ConnectAsync();
        await door.SubscribeAsync($"keyway/v1/{lockId}/#");
        peer.HoldsLastByte = true;
        await gateway.PublishAsync($"keyway/v1/{lockId}/locks/unlock_door", "late");

        MqttMessage? message = null;
        long longest = 0;
        await Eventually.IsTrueAsync(
            () =>
            {
                long start = Stopwatch.GetTimestamp();
                door.Session.Step();
                bool isThere = door.Session.TryTakeMessage(out message);
                longest = Math.Max(longest, Stopwatch.GetElapsedTime(start).Milliseconds);
                return isThere;
            },
            "the message");
        Assert.AreEqual("late", Text(message!));
        Assert.IsGreaterThan(0, peer.Held);
        Assert.IsLessThan(300L, longest);
    }

    [TestMethod]
    public async Task Dead_peer_is_noticed_by_the_time()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(_port);
        await using var peer = new StuckPeer(_port);
        var clock = new VirtualClock();
        var reasons = new List<string>();
        using SessionUnderTest door = new("door", BrokerStream.Session(
            new BrokerAccess("127.0.0.1", peer.Port), "door", reasons.Add, clock));
        await door.ConnectAsync();
        await door.SubscribeAsync("any");
        peer.IsUpStuck = true;
        clock.Advance(35_001);
        door.Session.Step();
        Assert.AreEqual(MqttSessionState.Closed, door.Session.State);
        CollectionAssert.AreEqual(new[] { "the broker is silent" }, reasons);
    }

    private static string Text(MqttMessage message) =>
        Encoding.UTF8.GetString(message.Payload, message.Offset, message.Count);

    private static async Task<SessionUnderTest> ConnectAsync(string clientId, int port)
    {
        var session = new SessionUnderTest(port, clientId);
        await session.ConnectAsync();
        return session;
    }
}
