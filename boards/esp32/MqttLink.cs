using System;
using System.Text;
using System.Threading;
using Keyway.Hal;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Keyway.Boards.Esp32;

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

    private readonly M2MqttSession _session;
    private MqttClient _client;
    private bool _isBroken;

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
                Console.WriteLine("mqtt: refused, MqttReasonCode " + (int)reason);
            }

            return reason == MqttReasonCode.Success;
        }
        catch (Exception e)
        {
            Note(e);
            return false;
        }
    }

    /// <summary>Queues a subscription at QoS 1.</summary>
    /// <param name="topics">Topic filters.</param>
    /// <returns>False when it was not queued.</returns>
    public bool Subscribe(string[] topics)
    {
        try
        {
            MqttQoSLevel[] levels = new MqttQoSLevel[topics.Length];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = MqttQoSLevel.AtLeastOnce;
            }

            _client.Subscribe(topics, levels);
            return true;
        }
        catch (Exception e)
        {
            Break(e);
            return false;
        }
    }

    /// <summary>Queues a message at QoS 1.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The client's from now on.</param>
    /// <param name="retain">True: the broker keeps it.</param>
    /// <returns>The message's id, above 0; 0 when it was not queued.</returns>
    public int Publish(string topic, byte[] payload, bool retain)
    {
        try
        {
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

    /// <summary>Drops the connection without a farewell; blocks for two to five seconds.</summary>
    public void Close()
    {
        if (_client == null)
        {
            return;
        }

        try
        {
            _client.Close();
        }
        catch (Exception e)
        {
            Note(e);
        }

        Thread.Sleep(CloseSettleMs);
    }

    // The client takes an exception in a handler for a broken connection.
    private void OnReceived(object sender, MqttMsgPublishEventArgs e)
    {
        try
        {
            byte[] payload = e.Message ?? new byte[0];
            _session.Inbox.Add(new MqttMessage(e.Topic, payload, e.Retain));
        }
        catch (Exception exception)
        {
            Note(exception);
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
            Note(exception);
        }
    }

    private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e)
    {
        try
        {
            bool granted = true;
            for (int i = 0; i < e.GrantedQoSLevels.Length; i++)
            {
                granted &= (int)e.GrantedQoSLevels[i] < (int)MqttQoSLevel.GrantedFailure;
            }

            _session.Subscribed(this, granted);
        }
        catch (Exception exception)
        {
            Note(exception);
        }
    }

    // What the client throws at a request leaves nobody knows what behind: the session sees the
    // link as lost, and its worker closes it.
    private void Break(Exception e)
    {
        _isBroken = true;
        Note(e);
    }

    // The type only: nobody knows what a vendor puts into a message.
    private static void Note(Exception e)
    {
        Console.WriteLine("mqtt: " + e.GetType().FullName);
    }
}
