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
    {
        Session = new MqttNetSession(broker, clientId);
        Session.Failed += Failures.Enqueue;
        WillTopic = $"will/{clientId}";
    }

    /// <summary>Why connections could not be made or were lost.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    public MqttNetSession Session { get; }

    public string WillTopic { get; }

    public void BeginConnect() => Session.BeginConnect(WillTopic, "gone"u8.ToArray());

    public async Task ConnectAsync()
    {
        BeginConnect();
        await BecomesAsync(MqttSessionState.Connected);
    }

    public Task BecomesAsync(MqttSessionState state) =>
        Eventually.IsTrueAsync(() => Session.State == state, $"{WillTopic} is {state}");

    /// <summary>
    /// Publishes and waits for the broker's answer. Subscriptions asked for earlier are in force
    /// then, too: a session sends in order.
    /// </summary>
    public async Task PublishAsync(string topic, string payload, bool retain = false)
    {
        int ticket = 0;
        await Eventually.IsTrueAsync(
            () => (ticket = Session.Publish(topic, Encoding.UTF8.GetBytes(payload), retain)) != 0,
            $"{topic} is queued");
        Assert.AreEqual(ticket, await TakeAcknowledgedAsync());
    }

    public int PublishEmpty() => Session.Publish("empty", [], retain: false);

    public async Task<int> TakeAcknowledgedAsync()
    {
        int ticket = 0;
        await Eventually.IsTrueAsync(
            () => Session.TryTakeAcknowledged(out ticket), $"an answer for {WillTopic}");
        return ticket;
    }

    public async Task SubscribeAsync(params string[] topics)
    {
        Assert.IsTrue(Session.Subscribe(topics));
        await PublishAsync("any", "");
    }

    public async Task<MqttMessage> TakeAsync()
    {
        MqttMessage? message = null;
        await Eventually.IsTrueAsync(
            () => Session.TryTakeMessage(out message), $"a message for {WillTopic}");
        return message!;
    }

    public async Task<string> TakeTextAsync() =>
        Encoding.UTF8.GetString((await TakeAsync()).Payload);

    public void Dispose() => Session.Dispose();
}
