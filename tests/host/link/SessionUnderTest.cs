using System.Collections.Concurrent;
using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>A session with a will, and the waiting that a test needs around it.</summary>
internal sealed class SessionUnderTest : IDisposable
{
    public SessionUnderTest(int port, string clientId)
        : this(new BrokerAccess("127.0.0.1", port), clientId)
    {
    }

    public SessionUnderTest(BrokerAccess broker, string clientId)
        : this(clientId) =>
        Session = BrokerStream.Session(broker, clientId, Failures.Enqueue);

    public SessionUnderTest(string clientId, IMqttSession session)
        : this(clientId) => Session = session;

    private SessionUnderTest(string clientId) => WillTopic = $"will/{clientId}";

    private readonly Queue<MqttMessage> _taken = new();

    /// <summary>Why connections could not be made or were lost.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    public IMqttSession Session { get; } = null!;

    public string WillTopic { get; }

    /// <summary>The session that acknowledges before anybody has seen a message.</summary>
    public static SessionUnderTest OverMqttNet(int port, string clientId) =>
        new(clientId, new MqttNetSession("127.0.0.1", port, clientId));

    public void BeginConnect() => Session.BeginConnect(WillTopic, "gone"u8.ToArray());

    public async Task ConnectAsync()
    {
        BeginConnect();
        await BecomesAsync(MqttSessionState.Connected);
    }

    public Task BecomesAsync(MqttSessionState state) =>
        IsTrueAsync(() => Session.State == state, $"{WillTopic} is {state}");

    /// <summary>Steps the session until something is so.</summary>
    public Task IsTrueAsync(Func<bool> condition, string what) => Eventually.IsTrueAsync(
        () =>
        {
            Session.Step();
            return condition();
        },
        what);

    /// <summary>
    /// Publishes and waits for the broker's answer. Subscriptions asked for earlier are in force
    /// then, too: a session sends in order.
    /// </summary>
    public async Task PublishAsync(string topic, string payload, bool retain = false)
    {
        int ticket = 0;
        await IsTrueAsync(
            () => (ticket = Session.Publish(topic, Encoding.UTF8.GetBytes(payload), retain)) != 0,
            $"{topic} is queued");
        Assert.AreEqual(ticket, await TakeAcknowledgedAsync());
    }

    public int PublishEmpty()
    {
        Session.Step();
        return Session.Publish("empty", [], retain: false);
    }

    /// <summary>Takes the next acknowledgement. It may come behind messages, which are kept for
    /// <see cref="TakeAsync"/>.</summary>
    public async Task<int> TakeAcknowledgedAsync()
    {
        int ticket = 0;
        await IsTrueAsync(
            () =>
            {
                KeepMessage();
                return Session.TryTakeAcknowledged(out ticket);
            },
            $"an answer for {WillTopic}");
        return ticket;
    }

    public async Task SubscribeAsync(params string[] topics)
    {
        Assert.IsTrue(Session.Subscribe(topics));
        await PublishAsync("any", "");
    }

    /// <summary>Takes the next message; the session still holds it.</summary>
    public async Task<MqttMessage> HoldAsync()
    {
        MqttMessage? message = null;
        await IsTrueAsync(
            () => Session.TryTakeMessage(out message), $"a message for {WillTopic}");
        return message!;
    }

    /// <summary>Takes a copy of the next message, and is done with it.</summary>
    public async Task<MqttMessage> TakeAsync()
    {
        MqttMessage? message = null;
        await IsTrueAsync(
            () =>
            {
                KeepMessage();
                return _taken.TryDequeue(out message);
            },
            $"a message for {WillTopic}");
        return message!;
    }

    public async Task<string> TakeTextAsync() =>
        Encoding.UTF8.GetString((await TakeAsync()).Payload);

    private void KeepMessage()
    {
        if (Session.TryTakeMessage(out MqttMessage held))
        {
            byte[] payload = held.Payload[held.Offset..(held.Offset + held.Count)];
            _taken.Enqueue(new MqttMessage(held.Topic, payload, held.Retained));
            Session.MessageDone();
        }
    }

    public void Dispose()
    {
        Session.Close();
        (Session as IDisposable)?.Dispose();
    }
}
