using System.Globalization;
using System.Text;
using Keyway.Boards.Virtual.Host;
using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>
/// What a session does with a broker. Each kind of session and broker has a class that inherits
/// these tests, so that all have to pass the same ones.
/// </summary>
public abstract class SessionTests
{
    /// <summary>More than any queue of the session holds.</summary>
    protected const int ManyMessages = 100;

    private readonly int _port = FreePort.Find();
    private IAsyncDisposable? _broker;

    protected abstract Task<IAsyncDisposable> StartBrokerAsync(int port);

    /// <summary>False: what was under way when a connection ended comes behind what has arrived
    /// since.</summary>
    protected virtual bool KeepsOrder => true;

    /// <summary>Makes a session; the one that ships where it is not overridden.</summary>
    internal virtual SessionUnderTest NewSession(int port, string clientId) =>
        new(port, clientId);

    [TestInitialize]
    public async Task StartBroker() => _broker = await StartBrokerAsync(_port);

    [TestCleanup]
    public async Task StopBroker()
    {
        if (_broker != null)
        {
            await _broker.DisposeAsync();
            _broker = null;
        }
    }

    [TestMethod]
    public async Task Message_of_another_client_arrives()
    {
        using SessionUnderTest sender = await ConnectAsync("sender");
        using SessionUnderTest door = await ConnectAsync("door");
        await door.SubscribeAsync("door/+/create", "door/lock");

        await sender.PublishAsync("door/access_codes/create", "é1");

        MqttMessage message = await door.TakeAsync();
        Assert.AreEqual("door/access_codes/create", message.Topic);
        Assert.AreEqual("é1", Encoding.UTF8.GetString(message.Payload));
        Assert.IsFalse(message.Retained);
    }

    [TestMethod]
    public async Task Retained_message_says_so_to_a_later_subscriber()
    {
        using SessionUnderTest sender = await ConnectAsync("sender");
        await sender.PublishAsync("state/1", "kept", retain: true);
        using SessionUnderTest door = await ConnectAsync("door");
        await door.SubscribeAsync("state/#");

        MqttMessage message = await door.TakeAsync();

        Assert.IsTrue(message.Retained);
    }

    [TestMethod]
    public async Task Acknowledgements_come_in_the_order_of_the_tickets()
    {
        using SessionUnderTest door = await ConnectAsync("door");
        int[] tickets = [.. Enumerable.Range(0, 10).Select(_ => door.PublishEmpty())];
        CollectionAssert.DoesNotContain(tickets, 0);

        foreach (int ticket in tickets)
        {
            Assert.AreEqual(ticket, await door.TakeAcknowledgedAsync());
        }
    }

    [TestMethod]
    public async Task Close_makes_the_broker_publish_the_will_retained()
    {
        using SessionUnderTest watcher = await ConnectAsync("watcher");
        using SessionUnderTest door = await ConnectAsync("door");
        await watcher.SubscribeAsync(door.WillTopic);

        door.Session.Close();

        Assert.AreEqual(MqttSessionState.Closed, door.Session.State);
        Assert.AreEqual("gone", await watcher.TakeTextAsync());
        using SessionUnderTest later = await ConnectAsync("later");
        await later.SubscribeAsync(door.WillTopic);
        Assert.IsTrue((await later.TakeAsync()).Retained);
    }

    [TestMethod]
    public async Task Lost_broker_closes_and_a_new_connect_works()
    {
        using SessionUnderTest door = await ConnectAsync("door");
        await door.SubscribeAsync("echo");

        await StopBroker();
        await door.BecomesAsync(MqttSessionState.Closed);
        Assert.AreEqual(0, door.PublishEmpty());
        Assert.IsFalse(door.Session.Subscribe(["any"]));
        await StartBroker();
        await door.ConnectAsync();

        await door.SubscribeAsync("echo");
        await door.PublishAsync("echo", "back");
        Assert.AreEqual("back", await door.TakeTextAsync());
    }

    [TestMethod]
    public async Task Connect_without_a_broker_ends_closed()
    {
        await StopBroker();
        using SessionUnderTest door = NewSession(_port, "door");

        door.BeginConnect();

        Assert.AreNotEqual(MqttSessionState.Connected, door.Session.State);
        await door.BecomesAsync(MqttSessionState.Closed);
    }

    [TestMethod]
    public async Task Close_amid_a_connect_leaves_nothing_behind()
    {
        using SessionUnderTest door = NewSession(_port, "door");
        for (int i = 0; i < 20; i++)
        {
            door.BeginConnect();
            door.Session.Close();
            Assert.AreEqual(MqttSessionState.Closed, door.Session.State);
        }

        await door.ConnectAsync();
        await door.PublishAsync("any", "");
    }

    [TestMethod]
    public async Task Messages_sent_while_away_arrive_after_reconnect()
    {
        using SessionUnderTest sender = await ConnectAsync("sender");
        using SessionUnderTest door = await ConnectAsync("door");
        await door.SubscribeAsync("door/lock");
        door.Session.Close();

        await SendNumbersAsync(sender, 3);
        await door.ConnectAsync();
        await door.SubscribeAsync("door/lock");

        string[] taken = [await door.TakeTextAsync(), await door.TakeTextAsync(),
            await door.TakeTextAsync()];
        CollectionAssert.AreEqual(
            new[] { "0", "1", "2" }, KeepsOrder ? taken : [.. taken.Order()]);
    }

    [TestMethod]
    public async Task Full_inbox_loses_nothing_and_keeps_the_order()
    {
        using SessionUnderTest sender = await ConnectAsync("sender");
        using SessionUnderTest door = await ConnectAsync("door");
        await door.SubscribeAsync("door/lock");

        await SendNumbersAsync(sender, ManyMessages);

        for (int i = 0; i < ManyMessages; i++)
        {
            Assert.AreEqual(Number(i), await door.TakeTextAsync());
        }
    }

    [TestMethod]
    public async Task What_did_not_fit_comes_again_after_Close()
    {
        using SessionUnderTest sender = await ConnectAsync("sender");
        using SessionUnderTest door = await ConnectAsync("door");
        await door.SubscribeAsync("door/lock");
        await SendNumbersAsync(sender, ManyMessages);

        door.Session.Close();
        await door.ConnectAsync();
        await door.SubscribeAsync("door/lock");

        var missing = new HashSet<string>(Enumerable.Range(0, ManyMessages).Select(Number));
        while (missing.Count > 0)
        {
            missing.Remove(await door.TakeTextAsync());
        }
    }

    private static async Task SendNumbersAsync(SessionUnderTest sender, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await sender.PublishAsync("door/lock", Number(i));
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private protected async Task<SessionUnderTest> ConnectAsync(string clientId)
    {
        SessionUnderTest session = NewSession(_port, clientId);
        await session.ConnectAsync();
        return session;
    }
}
