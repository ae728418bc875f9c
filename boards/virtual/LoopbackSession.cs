// An MQTT session with a small broker inside, for simulation: the agent uses it as IMqttSession, a
// test uses the rest. It outlives the agent's objects, as a broker does.

using System.Collections;
using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>A connection that ends in the test instead of in a network.</summary>
/// <remarks>
/// What was delivered and not yet taken stays in the broker over a lost connection, as in a
/// persistent session; messages are given out only while connected. Topics are not matched against
/// the subscriptions: a test delivers what it means to deliver.
/// </remarks>
public sealed class LoopbackSession : IMqttSession
{
    /// <summary>Publishes under way at most, until their acknowledgement is taken.</summary>
    public const int InflightDepth = 16;

    /// <summary>Messages that wait to be taken, at most; a broker keeps more.</summary>
    public const int InboxDepth = 64;

    private readonly ArrayList _inbox = new();
    private readonly ArrayList _published = new();
    private readonly int[] _inflight = new int[InflightDepth];
    private readonly int[] _acknowledged = new int[InflightDepth];
    private MqttSessionState _state;
    private int _inflightCount;
    private int _acknowledgedCount;
    private int _pollsLeft;
    private string _willTopic;
    private byte[] _willPayload;

    /// <summary>Polls of <see cref="State"/> until a connect is decided; 0: at once.</summary>
    public int PollsToConnect { get; set; }

    /// <summary>True: every connect ends in Closed.</summary>
    public bool RefuseConnections { get; set; }

    /// <summary>True (as made): a publish is acknowledged at once.</summary>
    public bool AutoAcknowledge { get; set; } = true;

    /// <summary>How often a connect was begun.</summary>
    public int ConnectAttempts { get; private set; }

    /// <summary>The filters of the last subscribe; null before.</summary>
    public string[] Subscriptions { get; private set; }

    /// <summary>The ticket given out last; 0 before.</summary>
    public int LastTicket { get; private set; }

    /// <summary>How many messages the broker has got, wills included.</summary>
    public int PublishedCount => _published.Count;

    /// <summary>Publishes that wait for <see cref="Acknowledge"/>.</summary>
    public int UnacknowledgedCount => _inflightCount;

    /// <inheritdoc/>
    public MqttSessionState State
    {
        get
        {
            if (_state == MqttSessionState.Connecting)
            {
                if (_pollsLeft > 0)
                {
                    _pollsLeft--;
                }
                else
                {
                    DecideConnect();
                }
            }

            return _state;
        }
    }

    /// <inheritdoc/>
    public bool CanPublish => _state == MqttSessionState.Connected
        && _inflightCount + _acknowledgedCount < InflightDepth;

    /// <inheritdoc/>
    public void Step()
    {
    }

    /// <inheritdoc/>
    public void BeginConnect(string willTopic, byte[] willPayload)
    {
        if (_state != MqttSessionState.Closed)
        {
            return;
        }

        ConnectAttempts++;
        _willTopic = willTopic;
        _willPayload = willPayload;
        _state = MqttSessionState.Connecting;
        _pollsLeft = PollsToConnect;
        if (_pollsLeft == 0)
        {
            DecideConnect();
        }
    }

    /// <inheritdoc/>
    public bool Subscribe(string[] topics)
    {
        if (_state != MqttSessionState.Connected)
        {
            return false;
        }

        Subscriptions = topics;
        return true;
    }

    /// <inheritdoc/>
    public int Publish(string topic, byte[] buffer, int offset, int count, bool retain)
    {
        if (!CanPublish)
        {
            return 0;
        }

        var payload = new byte[count];
        System.Array.Copy(buffer, offset, payload, 0, count);

        LastTicket++;
        _published.Add(new MqttMessage(topic, payload, retain));
        _inflight[_inflightCount] = LastTicket;
        _inflightCount++;
        if (AutoAcknowledge)
        {
            Acknowledge(LastTicket);
        }

        return LastTicket;
    }

    /// <inheritdoc/>
    public bool TryTakeAcknowledged(out int ticket)
    {
        ticket = 0;
        if (_acknowledgedCount == 0)
        {
            return false;
        }

        ticket = _acknowledged[0];
        _acknowledgedCount = Remove(_acknowledged, _acknowledgedCount, 0);
        return true;
    }

    /// <inheritdoc/>
    public bool TryTakeMessage(out MqttMessage message)
    {
        message = null;
        if (_state != MqttSessionState.Connected || _inbox.Count == 0)
        {
            return false;
        }

        message = (MqttMessage)_inbox[0];
        _inbox.RemoveAt(0);
        return true;
    }

    /// <inheritdoc/>
    public void MessageDone()
    {
    }

    /// <inheritdoc/>
    public void Close() => DropConnection();

    /// <summary>Test side: the broker delivers a message, now or when connected again.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The bytes; the agent's from now on.</param>
    /// <param name="retained">As if it had been kept from before the subscription.</param>
    /// <returns>False when <see cref="InboxDepth"/> messages wait; the message is lost.</returns>
    public bool Deliver(string topic, byte[] payload, bool retained)
    {
        if (_inbox.Count == InboxDepth)
        {
            return false;
        }

        _inbox.Add(new MqttMessage(topic, payload, retained));
        return true;
    }

    /// <summary>Test side: a message that the broker has got.</summary>
    /// <param name="index">0 is the oldest since <see cref="ClearPublished"/>.</param>
    /// <returns>Retained says that it asked to be kept.</returns>
    public MqttMessage Published(int index) => (MqttMessage)_published[index];

    /// <summary>Test side: forgets what was published so far.</summary>
    public void ClearPublished() => _published.Clear();

    /// <summary>Test side: the ticket of a publish that waits to be acknowledged.</summary>
    /// <param name="index">0 is the oldest.</param>
    public int Unacknowledged(int index) => _inflight[index];

    /// <summary>Test side: the broker acknowledges a publish.</summary>
    /// <param name="ticket">What Publish returned.</param>
    /// <returns>False when it is not waiting for that.</returns>
    public bool Acknowledge(int ticket)
    {
        for (int i = 0; i < _inflightCount; i++)
        {
            if (_inflight[i] == ticket)
            {
                _inflightCount = Remove(_inflight, _inflightCount, i);
                _acknowledged[_acknowledgedCount] = ticket;
                _acknowledgedCount++;
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Test side: the connection is lost; the broker publishes the will. What it has not
    /// acknowledged it never will.
    /// </summary>
    public void DropConnection()
    {
        if (_state == MqttSessionState.Connected)
        {
            _published.Add(new MqttMessage(_willTopic, _willPayload, true));
        }

        _state = MqttSessionState.Closed;
        _inflightCount = 0;
    }

    private void DecideConnect() =>
        _state = RefuseConnections ? MqttSessionState.Closed : MqttSessionState.Connected;

    private static int Remove(int[] tickets, int count, int index)
    {
        for (int i = index; i < count - 1; i++)
        {
            tickets[i] = tickets[i + 1];
        }

        return count - 1;
    }
}
