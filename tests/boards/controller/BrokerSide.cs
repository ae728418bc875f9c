using System;
using System.Collections.Generic;
using System.Text;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace Keyway.Tests.Boards;

/// <summary>The broker of a <see cref="Controller"/>, and what goes wrong on the way to it. It
/// keeps the session of the one client that it knows.</summary>
internal sealed class BrokerSide
{
    private readonly List<MqttClient> _open = [];
    private readonly Queue<(string Topic, byte[] Payload)> _waiting = [];

    /// <summary>False: the client's constructor throws.</summary>
    public bool HasName { get; set; } = true;

    /// <summary>False: a connect throws.</summary>
    public bool IsReachable { get; set; } = true;

    /// <summary>True: what is sent arrives nowhere, and nothing comes back.</summary>
    public bool IsMute { get; set; }

    /// <summary>Of a CONNACK.</summary>
    public MqttReasonCode Answer { get; set; } = MqttReasonCode.Success;

    /// <summary>How long a connect takes.</summary>
    public int ConnectMs { get; set; } = 100;

    /// <summary>How long a TLS handshake stops every thread.</summary>
    public int HandshakeMs { get; set; } = 1_500;

    /// <summary>From a packet to its acknowledgement.</summary>
    public int AcknowledgeMs { get; set; } = 20;

    /// <summary>False: publishes are never acknowledged.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>False: subscriptions are never answered.</summary>
    public bool AnswersSubscriptions { get; set; } = true;

    public bool GrantsSubscriptions { get; set; } = true;

    /// <summary>How long closing the socket takes.</summary>
    public int CloseMs { get; set; }

    /// <summary>May throw in the place of a send, on a thread of the client.</summary>
    public Action OnSend { get; set; }

    /// <summary>May throw as a packet arrives, on a thread of the client.</summary>
    public Action OnReceive { get; set; }

    /// <summary>May throw as a handler looks at what it is told.</summary>
    public Action OnTold { get; set; }

    /// <summary>May throw in the place of a publish or a subscription, on the caller's thread.
    /// </summary>
    public Action OnRequest { get; set; }

    /// <summary>What it has got, the wills of lost clients too.</summary>
    public List<(string Topic, string Payload, bool Retain)> Published { get; } = [];

    public List<string> Subscribed { get; } = [];

    public int Connects { get; private set; }

    /// <summary>Messages that the client has acknowledged.</summary>
    public int Delivered { get; set; }

    public int OpenClients => _open.Count;

    public int MostClients { get; private set; }

    /// <summary>Of the client connected last.</summary>
    public MqttClient Client => _open[^1];

    /// <summary>The device is gone without a word.</summary>
    public void Reset() => _open.Clear();

    public void Opened(MqttClient client)
    {
        _open.Add(client);
        Connects++;
        MostClients = Math.Max(MostClients, _open.Count);
    }

    /// <summary>A client is accepted: it gets what has waited for it.</summary>
    public void Accepted(MqttClient client)
    {
        while (_waiting.TryDequeue(out (string Topic, byte[] Payload) message))
        {
            client.Arrive(message.Topic, message.Payload);
        }
    }

    public void Closed(MqttClient client)
    {
        if (_open.Remove(client) && client.IsAccepted)
        {
            Published.Add((client.WillTopic, client.WillMessage, true));
        }
    }

    public void Take(string topic, byte[] payload, bool retain) =>
        Published.Add((topic, Encoding.UTF8.GetString(payload), retain));

    /// <summary>A sender has published.</summary>
    public void Deliver(string topic, byte[] payload)
    {
        if (_open.Count > 0 && _open[^1].IsAccepted && !IsMute)
        {
            _open[^1].Arrive(topic, payload);
        }
        else
        {
            _waiting.Enqueue((topic, payload));
        }
    }

    /// <summary>The connection breaks, and the client notices.</summary>
    public void Cut()
    {
        foreach (MqttClient client in _open.ToArray())
        {
            client.Break();
        }
    }
}
