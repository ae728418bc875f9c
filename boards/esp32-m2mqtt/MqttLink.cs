using System;
using System.Text;
using System.Threading;
using Keyway.Hal;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Keyway.Boards.Esp32.M2Mqtt;

/// <summary>
/// One client of nanoFramework.M2Mqtt 5.1.220, for one connection: M2MqttSession makes, connects
/// and closes it on its worker and is told what happens. What the client throws is caught here.
/// </summary>
public sealed class MqttLink
{
    private const ushort KeepAliveSeconds = 25;

    // The client's queue is for both directions, and what does not fit is dropped in silence: this
    // is mosquitto's max_inflight_messages of 20, our own publishes, and a few subscriptions.
    private const int QueueDepth = 32;

    // The client may be closing itself already; then its Close returns at once, and its threads end
    // within 200 + 1,000 + 1,000 ms. The heap has no room for the TLS buffers of two.
    private const int CloseSettleMs = 2_300;
    private const int CloseMaxMs = 30_000;

    // The client gives a subscription up without a word.
    private const int SubscribeMaxMs = 15_000;

    private readonly M2MqttSession _session;
    private MqttClient _client;
    private bool _isBroken;

    // Two counts: each is one thread's.
    private int _asked;
    private int _answered;
    private long _askedAtMs;

    /// <summary>Makes a link; nothing connects yet.</summary>
    /// <param name="session">Is told of messages and acknowledgements.</param>
    public MqttLink(M2MqttSession session)
    {
        _session = session;
    }

    /// <summary>False when the connection is gone or never was.</summary>
    public bool IsConnected => _client != null && _client.IsConnected && !_isBroken;

    /// <summary>Connects; blocks until it is done, at most a minute or so.</summary>
    /// <param name="broker">Where to.</param>
    /// <param name="willTopic">The will's topic.</param>
    /// <param name="willPayload">The will, UTF-8.</param>
    /// <returns>False when it failed or was refused; <see cref="Close"/> is due then too.</returns>
    public bool Connect(Broker broker, string willTopic, byte[] willPayload)
    {
        try
        {
            // The constructor resolves the name, once: hence a new client for each connect.
            // The host's name goes into the handshake, and must be in the broker's certificate.
            _client = new MqttClient(broker.Host, broker.Port, broker.HasTls, broker.Authority,
                broker.Certificate,
                broker.HasTls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
            _client.Settings.ValidateServerCertificate = true;
            _client.ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
            _client.Settings.InflightQueueSize = QueueDepth;
            _client.MqttMsgPublishReceived += OnReceived;
            _client.MqttMsgPublished += OnPublished;
            _client.MqttMsgSubscribed += OnSubscribed;

            string will = Encoding.UTF8.GetString(willPayload, 0, willPayload.Length);
            MqttReasonCode reason = _client.Connect(broker.ClientId, broker.User, broker.Password,
                true, MqttQoSLevel.AtLeastOnce, true, willTopic, will, false, KeepAliveSeconds);
            if (reason != MqttReasonCode.Success)
            {
                SerialLog.Say("mqtt: refused, MqttReasonCode ", (int)reason);
            }

            return reason == MqttReasonCode.Success;
        }
        catch (Exception e)
        {
            Note(e);
            return false;
        }
    }

    /// <summary>True when a subscription has waited too long for its answer.</summary>
    /// <param name="nowMs">The uptime.</param>
    public bool IsDeaf(long nowMs) =>
        _answered != _asked && nowMs - _askedAtMs > SubscribeMaxMs;

    /// <summary>Queues a subscription at QoS 1; one that is refused breaks the link.</summary>
    /// <param name="topics">Topic filters.</param>
    /// <param name="nowMs">The uptime.</param>
    /// <returns>False when it was not queued.</returns>
    public bool Subscribe(string[] topics, long nowMs)
    {
        try
        {
            MqttQoSLevel[] levels = new MqttQoSLevel[topics.Length];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = MqttQoSLevel.AtLeastOnce;
            }

            _client.Subscribe(topics, levels);
            _askedAtMs = nowMs;
            _asked++;
            return true;
        }
        catch (Exception e)
        {
            Break(e);
            return false;
        }
    }

    /// <summary>Queues a message at QoS 1; nothing of the buffer is kept.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="buffer">Holds the payload.</param>
    /// <param name="offset">The payload's first byte.</param>
    /// <param name="count">The payload's length in bytes.</param>
    /// <param name="retain">True: the broker keeps it.</param>
    /// <returns>The message's id, above 0; 0 when it was not queued.</returns>
    public int Publish(string topic, byte[] buffer, int offset, int count, bool retain)
    {
        try
        {
            // The client keeps what it is given until it is acknowledged.
            byte[] payload = new byte[count];
            Array.Copy(buffer, offset, payload, 0, count);
            return _client.Publish(topic, payload, null, null, MqttQoSLevel.AtLeastOnce, retain);
        }
        catch (MqttClientException e)
        {
            // A full queue is no fault: the agent publishes again.
            if (e.ErrorCode != MqttClientErrorCode.InflightQueueFull)
            {
                Break(e);
            }

            return 0;
        }
        catch (Exception e)
        {
            Break(e);
            return 0;
        }
    }

    /// <summary>Drops the connection without a farewell; blocks for two to five seconds, and for
    /// half a minute where the client hangs.</summary>
    /// <exception cref="Exception">No thread could be made for it: call it again later.</exception>
    public void Close()
    {
        if (_client == null)
        {
            return;
        }

        // The client does not say how long it may take, and the next connect waits for it.
        Thread closing = new Thread(CloseClient);
        closing.Start();
        if (!closing.Join(CloseMaxMs))
        {
            closing.Abort();
            SerialLog.Say("mqtt: ", "a close hangs");
        }

        Thread.Sleep(CloseSettleMs);
    }

    private void CloseClient()
    {
        try
        {
            _client.Close();
        }
        catch (Exception e)
        {
            Note(e);
        }
    }

    // The client takes an exception in a handler for a broken connection, and so does the session:
    // it has acknowledged what the lock has not taken, or the lock has missed an acknowledgement.
    private void OnReceived(object sender, MqttMsgPublishEventArgs e)
    {
        try
        {
            byte[] payload = e.Message ?? new byte[0];
            _session.Inbox.Add(new MqttMessage(e.Topic, payload, e.Retain));
        }
        catch (Exception exception)
        {
            Break(exception);
        }
    }

    private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
    {
        try
        {
            _session.Published(this, e.MessageId, e.IsPublished);
        }
        catch (Exception exception)
        {
            Break(exception);
        }
    }

    private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
    {
        try
        {
            for (int i = 0; i < e.GrantedQoSLevels.Length; i++)
            {
                _isBroken |= (int)e.GrantedQoSLevels[i] >= (int)MqttQoSLevel.GrantedFailure;
            }

            _answered++;
        }
        catch (Exception exception)
        {
            Break(exception);
        }
    }

    // What throws leaves nobody knows what behind: the session sees the link as lost, and its
    // worker closes it.
    private void Break(Exception e)
    {
        _isBroken = true;
        Note(e);
    }

    private static void Note(Exception e) => SerialLog.Say("mqtt: ", e);
}
