using System;
using System.Threading;
using Keyway.Tests.Boards;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using X509 = System.Security.Cryptography.X509Certificates.X509Certificate;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// Stands in for the vendor's client: its calls, its four threads, and what 5.1.220 does when
/// something fails, as its source has it. There is no network behind it but
/// <see cref="BrokerSide"/>.
/// </summary>
/// <remarks>
/// What counts here: requests only queue. A message is acknowledged to the broker before its
/// handler runs. A handler that throws is a broken connection. A packet for which there is no
/// memory is lost, and the connection stays. A send that throws is no broken connection. Close
/// returns at once while another close is under way, and waits for other threads for a bounded
/// time only.
/// </remarks>
public sealed class MqttClient
{
    private const int TimeoutMs = 30_000;
    private const int SettleMs = 200;
    private const int JoinMs = 1_000;
    private readonly Controller _device = Controller.Current;
    private readonly bool _isSecure;
    private readonly ClientQueues _queues;
    private Thread _inflightThread;
    private Thread _keepAliveThread;
    private int _keepAliveMs;
    private bool _isRunning;
    private bool _isConnectionClosing;
    private bool _isAlreadyClosing;
    private ushort _lastId;

    public MqttClient(string host, int port, bool secure, X509 authority, X509 certificate,
        MqttSslProtocols protocol)
    {
        _isSecure = secure;
        _queues = new ClientQueues(_device);
        if (!_device.Broker.HasName)
        {
            throw new InvalidOperationException(host);
        }
    }

    public event EventHandler<MqttMsgPublishEventArgs> MqttMsgPublishReceived;

    public event EventHandler<MqttMsgPublishedEventArgs> MqttMsgPublished;

    public event EventHandler<MqttMsgSubscribedEventArgs> MqttMsgSubscribed;

    public MqttSettings Settings { get; } = new();

    public MqttProtocolVersion ProtocolVersion { get; set; }

    public bool IsConnected { get; private set; }

    public string WillTopic { get; private set; }

    public string WillMessage { get; private set; }

    /// <summary>By the broker.</summary>
    internal bool IsAccepted { get; private set; }

    public MqttReasonCode Connect(string id, string user, string password, bool willRetain,
        MqttQoSLevel willQos, bool hasWill, string willTopic, string willMessage, bool isClean,
        ushort keepAliveSeconds)
    {
        Thread.Sleep(_device.Broker.ConnectMs);
        if (!_device.Broker.IsReachable)
        {
            throw new MqttConnectionException();
        }

        _device.Broker.Opened(this);
        if (_isSecure)
        {
            _device.Threads.Freeze(_device.Broker.HandshakeMs);
        }

        _isRunning = true;
        new Thread(Receive).Start();
        if (_device.Broker.IsMute)
        {
            // The receiving thread and the socket stay.
            Thread.Sleep(TimeoutMs);
            throw new MqttCommunicationException();
        }

        Thread.Sleep(_device.Broker.AcknowledgeMs);
        if (_device.Broker.Answer == MqttReasonCode.Success)
        {
            _keepAliveMs = keepAliveSeconds * 1_000;
            WillTopic = willTopic;
            WillMessage = willMessage;
            _keepAliveThread = new Thread(KeepAlive);
            _keepAliveThread.Start();
            new Thread(Dispatch).Start();
            _inflightThread = new Thread(ProcessInflight);
            _inflightThread.Start();
            IsConnected = true;
            IsAccepted = true;
            _device.Broker.Accepted(this);
        }

        return _device.Broker.Answer;
    }

    public ushort Subscribe(string[] topics, MqttQoSLevel[] levels)
    {
        _device.Broker.OnRequest?.Invoke();
        _lastId++;
        var granted = new MqttQoSLevel[topics.Length];
        Array.Fill(granted, _device.Broker.GrantsSubscriptions
            ? MqttQoSLevel.AtLeastOnce : MqttQoSLevel.GrantedFailure);
        _device.Broker.Subscribed.AddRange(topics);
        if (_device.Broker.AnswersSubscriptions)
        {
            _queues.Arrive(_device.Broker.AcknowledgeMs, () => _queues.Tell(
                () => MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(granted))));
        }

        return _lastId;
    }

    public ushort Publish(string topic, byte[] message, string contentType,
        System.Collections.ArrayList userProperties, MqttQoSLevel level, bool retain)
    {
        _device.Broker.OnRequest?.Invoke();
        if (_queues.Inflight >= Settings.InflightQueueSize)
        {
            throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
        }

        _lastId++;
        _queues.Send(new SentMessage(_lastId, topic, message, retain));

        // The other threads may be done with it before the caller hears of its id.
        _device.Threads.MayLoseTurn();
        return _lastId;
    }

    public void Close()
    {
        try
        {
            if (_isAlreadyClosing)
            {
                return;
            }

            _isAlreadyClosing = true;
            _isRunning = false;
            Thread.Sleep(SettleMs);
            Join(_inflightThread);
            Join(_keepAliveThread);
            _queues.Clear();
            Thread.Sleep(_device.Broker.CloseMs);
            _device.Broker.Closed(this);
            IsConnected = false;
            _isAlreadyClosing = false;
        }
        catch (Exception e) when (e is not (PowerOffException or OperationCanceledException))
        {
            // As the vendor has it.
        }
    }

    /// <summary>A message from the broker.</summary>
    internal void Arrive(string topic, byte[] payload) =>
        _queues.Arrive(_device.Broker.AcknowledgeMs, () =>
        {
            _device.Broker.Delivered++;
            _queues.Tell(() => MqttMsgPublishReceived?.Invoke(
                this, new MqttMsgPublishEventArgs(topic, payload)));
        });

    /// <summary>The socket is closed from the other side.</summary>
    internal void Break() => _queues.Arrive(0, OnConnectionClosing);

    private static void Join(Thread thread)
    {
        if (thread != null && thread.IsAlive)
        {
            thread.Join(JoinMs);
        }
    }

    private void OnConnectionClosing()
    {
        _isConnectionClosing = true;
        IsConnected = false;
    }

    private void Receive()
    {
        while (_isRunning)
        {
            try
            {
                _queues.WaitForArrival(() => !_isRunning);
                if (_isRunning && _queues.TryTakeArrived(out Action packet))
                {
                    _device.Broker.OnReceive?.Invoke();
                    packet();
                }
            }
            catch (OutOfMemoryException)
            {
                // The packet is lost, and the connection stays.
            }
        }
    }

    private void ProcessInflight()
    {
        while (_isRunning)
        {
            _queues.WaitToSend(() => !_isRunning);
            if (_isRunning && _queues.TrySend(out SentMessage message))
            {
                _queues.Tell(() => MqttMsgPublished?.Invoke(
                    this, new MqttMsgPublishedEventArgs(message.Id, message.IsAcknowledged)));
            }
        }
    }

    private void KeepAlive()
    {
        long mutedMs = 0;
        while (_isRunning && mutedMs < 2 * _keepAliveMs)
        {
            _device.Threads.Wait(_device.Threads.NowMs + JoinMs, () => !_isRunning);
            mutedMs = _device.Broker.IsMute ? mutedMs + JoinMs : 0;
        }

        if (_isRunning)
        {
            OnConnectionClosing();
        }
    }

    private void Dispatch()
    {
        while (_isRunning)
        {
            try
            {
                _queues.WaitForTold(() => !_isRunning || _isConnectionClosing);
                if (_isRunning && _queues.TryTakeTold(out Action told))
                {
                    told();
                }
                else if (_isRunning && _isConnectionClosing)
                {
                    Close();
                    return;
                }
            }
            catch (Exception e) when (e is not PowerOffException)
            {
                OnConnectionClosing();
            }
        }
    }
}
