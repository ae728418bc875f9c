using System.Collections.Generic;
using System.Text;

namespace Keyway.Tests.Boards;

/// <summary>A broker at the other end of the device's socket: it accepts what its one client asks
/// for, and keeps what is published where <see cref="BrokerSide"/> does.</summary>
/// <remarks>MQTT 3.1.1, sections 3.1 to 3.12; packets of up to 16,383 bytes.</remarks>
internal sealed class WireBroker
{
    private const byte ConnectAccepted = 0x20;
    private const byte Published = 0x40;
    private const byte Subscribed = 0x90;
    private const byte Pong = 0xD0;
    private const byte Deliver1 = 0x32;
    private readonly WireSide _wire;
    private readonly BrokerSide _published;
    private ushort _lastId;

    public WireBroker(WireSide wire, BrokerSide published)
    {
        _wire = wire;
        _published = published;
    }

    /// <summary>Answers all that has come.</summary>
    public void Serve()
    {
        while (_wire.Sent.Count > 1)
        {
            int count = _wire.Sent[1];
            int head = 2;
            if (count > 0x7F)
            {
                count = (count & 0x7F) | (_wire.Sent[2] << 7);
                head = 3;
            }

            if (_wire.Sent.Count < head + count)
            {
                return;
            }

            byte first = _wire.Sent[0];
            byte[] body = _wire.Sent.GetRange(head, count).ToArray();
            _wire.Sent.RemoveRange(0, head + count);
            Answer(first, body);
        }
    }

    /// <summary>Sends a message at QoS 1.</summary>
    public void Deliver(string topic, byte[] payload)
    {
        var body = new List<byte>();
        byte[] name = Encoding.UTF8.GetBytes(topic);
        _lastId++;
        body.AddRange([(byte)(name.Length >> 8), (byte)name.Length, .. name]);
        body.AddRange([(byte)(_lastId >> 8), (byte)_lastId, .. payload]);
        Send(Deliver1, [.. body]);
    }

    private void Answer(byte first, byte[] body)
    {
        switch (first >> 4)
        {
            case 1:
                Send(ConnectAccepted, [0, 0]);
                break;
            case 3:
                Take(first, body);
                break;
            case 8:
                Send(Subscribed, [body[0], body[1], 1]);
                break;
            case 12:
                Send(Pong, []);
                break;
        }
    }

    private void Take(byte first, byte[] body)
    {
        int name = (body[0] << 8) | body[1];
        string topic = Encoding.UTF8.GetString(body, 2, name);
        _published.Take(topic, body[(name + 4)..], (first & 1) != 0);
        Send(Published, [body[name + 2], body[name + 3]]);
    }

    private void Send(byte first, byte[] body)
    {
        bool isLong = body.Length > 0x7F;
        _wire.Arrive(isLong
            ? [first, (byte)(body.Length | 0x80), (byte)(body.Length >> 7), .. body]
            : [first, (byte)body.Length, .. body]);
    }
}
