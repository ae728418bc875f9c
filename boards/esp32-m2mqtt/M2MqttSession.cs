// The MQTT session of this board. The agent calls it from its one thread; a worker thread keeps the
// network up and makes and closes the links to the broker, and the threads of the vendor's client
// report to it.
//
//            BeginConnect           accepted by the broker
//   Closed --------------> Connecting ---------------> Connected
//     ^                        | refused, failed, stale    | Close, lost, a publish given up,
//     +------------------------+---------------------------+ a subscription refused or unanswered
//
// Only the worker connects and closes, one link after the other: however often the agent closes and
// connects, there are never two connects at once, and none of it blocks the agent.

using System;
using System.Threading;
using Keyway.Hal;

namespace Keyway.Boards.Esp32.M2Mqtt;

/// <summary>The MQTT session on nanoFramework.M2Mqtt.</summary>
public sealed class M2MqttSession : IMqttSession
{
    private const int WatchMs = 250;

    // A request that had to wait for an older link is not carried out: a TLS handshake freezes all
    // threads, and the agent's judgement that this was a good moment for it no longer holds.
    private const int StaleMs = 300;

    private const int TicketsOutMax = 8;

    private readonly Broker _broker;
    private readonly Network _network;
    private readonly EspClock _clock;
    private readonly AutoResetEvent _wake = new AutoResetEvent(false);

    // All below under a lock of _wake.
    private readonly Tickets _tickets = new Tickets(TicketsOutMax);
    private MqttSessionState _state;
    private MqttLink _link;
    private MqttLink _discarded;
    private int _attempt;
    private bool _requested;
    private long _requestedAtMs;
    private string _willTopic;
    private byte[] _willPayload;

    /// <summary>Starts the worker; nothing connects yet.</summary>
    /// <param name="broker">Where to connect; null: every connect fails.</param>
    /// <param name="network">The session's to keep up; null with no broker.</param>
    /// <param name="clock">For TLS it must be known: certificates have dates.</param>
    public M2MqttSession(Broker broker, Network network, EspClock clock)
    {
        _broker = broker;
        _network = network;
        _clock = clock;
        new Thread(Work).Start();
    }

    /// <summary>A SessionMaker: the session of a board with PSRAM.</summary>
    public static IMqttSession Over(Broker broker, Network network, EspClock clock) =>
        new M2MqttSession(broker, network, clock);

    /// <summary>What has arrived, from any link: the broker has been told that it has.</summary>
    public MqttInbox Inbox { get; } = new MqttInbox();

    /// <inheritdoc/>
    public MqttSessionState State
    {
        get
        {
            lock (_wake)
            {
                return _state;
            }
        }
    }

    /// <inheritdoc/>
    public bool CanPublish
    {
        get
        {
            lock (_wake)
            {
                return _link != null && _link.IsConnected && !_tickets.IsFull;
            }
        }
    }

    /// <inheritdoc/>
    public void Step()
    {
    }

    /// <inheritdoc/>
    public void BeginConnect(string willTopic, byte[] willPayload)
    {
        lock (_wake)
        {
            if (_state != MqttSessionState.Closed)
            {
                return;
            }

            _state = MqttSessionState.Connecting;
            _attempt++;
            _requested = true;
            _requestedAtMs = _clock.Milliseconds;
            _willTopic = willTopic;
            _willPayload = willPayload;
        }

        _wake.Set();
    }

    /// <inheritdoc/>
    public bool Subscribe(string[] topics)
    {
        lock (_wake)
        {
            return _link != null && _link.IsConnected
                && _link.Subscribe(topics, _clock.Milliseconds);
        }
    }

    /// <inheritdoc/>
    public int Publish(string topic, byte[] buffer, int offset, int count, bool retain)
    {
        // Under the lock to the end, so that no acknowledgement overtakes its ticket.
        lock (_wake)
        {
            if (_link == null || !_link.IsConnected || _tickets.IsFull)
            {
                return 0;
            }

            int messageId = _link.Publish(topic, buffer, offset, count, retain);
            return messageId == 0 ? 0 : _tickets.Add(messageId);
        }
    }

    /// <inheritdoc/>
    public bool TryTakeAcknowledged(out int ticket)
    {
        lock (_wake)
        {
            return _tickets.TryTakeAcknowledged(out ticket);
        }
    }

    /// <inheritdoc/>
    public bool TryTakeMessage(out MqttMessage message) => Inbox.TryTake(out message);

    /// <inheritdoc/>
    public void MessageDone()
    {
    }

    /// <inheritdoc/>
    public void Close()
    {
        lock (_wake)
        {
            Drop();
        }

        _wake.Set();
    }

    // Not acknowledged means: sent three times. The agent publishes again on the next connection.
    internal void Published(MqttLink link, int messageId, bool acknowledged)
    {
        lock (_wake)
        {
            if (link == _link && acknowledged)
            {
                _tickets.Acknowledge(messageId);
            }
            else if (link == _link)
            {
                Drop();
            }
        }
    }

    // Under the lock. There is at most one link to discard; the worker closes it, then connects.
    private void Drop()
    {
        _discarded = _link ?? _discarded;
        _link = null;
        _attempt++;
        _requested = false;
        _state = MqttSessionState.Closed;
        _tickets.ForgetPending();
    }

    private void Work()
    {
        while (true)
        {
            _wake.WaitOne(WatchMs, false);
            try
            {
                CloseDiscarded();
                if (State != MqttSessionState.Connected) _network?.Watch();

                if (TryTakeRequest(out int attempt))
                {
                    Connect(attempt);
                }

                Watch();
            }
            catch (Exception e)
            {
                SerialLog.Say("mqtt: worker ", e);
                Close();
            }
        }
    }

    private bool TryTakeRequest(out int attempt)
    {
        lock (_wake)
        {
            attempt = _attempt;
            bool taken = _requested && _broker != null && _network.IsUp
                && _clock.Milliseconds - _requestedAtMs <= StaleMs
                && (!_broker.HasTls || _clock.TryGetUtc(out long _));
            if (_requested && !taken)
            {
                _state = MqttSessionState.Closed;
            }

            _requested = false;
            return taken;
        }
    }

    private void Connect(int attempt)
    {
        MqttLink link = new MqttLink(this);
        bool accepted = link.Connect(_broker, _willTopic, _willPayload);
        _network.Tried(accepted);
        if (accepted && _broker.HasTls)
        {
            _clock.Confirm();
        }

        lock (_wake)
        {
            bool wanted = attempt == _attempt;
            if (wanted && accepted)
            {
                _link = link;
                _state = MqttSessionState.Connected;
                return;
            }

            _discarded = link;
            if (wanted)
            {
                _state = MqttSessionState.Closed;
            }
        }

        CloseDiscarded();
    }

    private void CloseDiscarded()
    {
        MqttLink link;
        lock (_wake)
        {
            link = _discarded;
        }

        if (link == null) return;

        // Where there is no memory for it, the next round tries again.
        link.Close();
        lock (_wake)
        {
            _discarded = null;
        }
    }

    // A lost connection is not reported in every case, a lost subscription in none.
    private void Watch()
    {
        lock (_wake)
        {
            if (_link != null
                && (!_link.IsConnected || _link.IsDeaf(_clock.Milliseconds)))
            {
                Drop();
            }
        }
    }
}
