// One packet of MQTT 3.1.1 at a time, from the stream into one buffer of a fixed size. MqttSession
// owns it. No byte behind the packet is read before Next: the network holds it back.
//
//   | fixed header, 2 to 5 bytes | topic's length, 2 | topic | identifier, 2 | payload |
//                                ^ Body            (of a PUBLISH at QoS 1)   ^ Payload

using System.Text;
using Keyway.Hal;

namespace Keyway.Boards.Mqtt;

/// <summary>Reads packets.</summary>
/// <remarks>
/// Of a PUBLISH that is larger than the buffer one byte more is kept than a payload may have, so
/// that it shows; the rest is passed over.
/// </remarks>
public sealed class PacketReader
{
    private const int FixedHeaderMax = 5;
    private const int ReadsMax = 32;
    private const int GrantedMax = 2;
    private readonly byte[] _buffer;
    private readonly int _end;
    private readonly int _payloadMax;
    private int _count;
    private int _left;

    /// <summary>Begins with the first packet.</summary>
    /// <param name="buffer">Gets the packets.</param>
    /// <param name="payloadMax">The longest payload that is kept, in bytes.</param>
    public PacketReader(byte[] buffer, int payloadMax)
    {
        _buffer = buffer;
        _payloadMax = payloadMax;
        _end = SizeFor(payloadMax);
    }

    /// <summary>Where a whole packet goes on behind its fixed header; 0 before.</summary>
    public int Body { get; private set; }

    /// <summary>True when a whole PUBLISH wants to be acknowledged.</summary>
    public bool IsAtLeastOnce => (_buffer[0] & 0x06) != 0;

    /// <summary>Where the payload of a whole PUBLISH begins.</summary>
    public int Payload => Body + 2 + UInt16(Body) + (IsAtLeastOnce ? 2 : 0);

    /// <summary>True when a whole packet is an answer of a broker, of the right length.</summary>
    public bool IsAnswer
    {
        get
        {
            int count = _count - Body;
            return _buffer[0] switch
            {
                PacketType.ConnectAck << 4 => count == 2,
                PacketType.PublishAck << 4 => count == 2,
                PacketType.SubscribeAck << 4 => count > 2,
                PacketType.PingAnswer << 4 => count == 0,
                _ => false,
            };
        }
    }

    /// <summary>The return code with which an answer refuses; 0: it does not.</summary>
    public int Refusal
    {
        get
        {
            int kind = _buffer[0] >> 4;
            int at = kind == PacketType.ConnectAck ? Body + 1
                : kind == PacketType.SubscribeAck ? Body + 2 : _count;
            int granted = kind == PacketType.SubscribeAck ? GrantedMax : 0;
            while (at < _count && _buffer[at] <= granted)
            {
                at++;
            }

            return at < _count ? _buffer[at] : 0;
        }
    }

    /// <summary>How many bytes of the buffer packets take.</summary>
    public static int SizeFor(int payloadMax) => MqttMessage.HeadroomBytes + payloadMax + 1;

    /// <summary>Two bytes of the packet as a number.</summary>
    public int UInt16(int at) => (_buffer[at] << 8) | _buffer[at + 1];

    /// <summary>The packet is dealt with: the next one follows.</summary>
    public void Next()
    {
        _count = 0;
        _left = 0;
        Body = 0;
    }

    /// <summary>Reads on, as far as bytes have arrived.</summary>
    /// <param name="stream">Where from.</param>
    public PacketStatus Read(IByteStream stream)
    {
        for (int i = 0; i < ReadsMax; i++)
        {
            if (Body != 0 && _left == 0)
            {
                return PacketStatus.Whole;
            }

            bool isPast = _count == _end;
            int at = isPast ? Payload + _payloadMax : _count;
            int room = Body == 0 ? 1 : _end - at;
            int most = _count == 0 ? 2 : room < _left || Body == 0 ? room : _left;
            int got = stream.Read(_buffer, at, most);
            if (got <= 0)
            {
                return got == 0 ? PacketStatus.Incomplete : PacketStatus.Gone;
            }

            _count += isPast ? 0 : got;
            _left -= Body == 0 ? 0 : got;
            if (Body == 0 ? !TryReadLength() : _count == _end && _left > 0 && !MayPass())
            {
                return PacketStatus.Malformed;
            }
        }

        return PacketStatus.Incomplete;
    }

    /// <summary>Makes a message of a whole PUBLISH; only the topic is copied.</summary>
    /// <returns>False when the packet is malformed.</returns>
    public bool TryGet(MqttMessage message)
    {
        int qualityOfService = (_buffer[0] >> 1) & 3;
        int topicCount = _count - Body >= 2 ? UInt16(Body) : 0;
        if (qualityOfService > 1 || topicCount == 0 || topicCount > MqttMessage.TopicBytesMax
            || Payload > _count)
        {
            return false;
        }

        int count = _count - Payload;
        message.Set(Encoding.UTF8.GetString(_buffer, Body + 2, topicCount), _buffer, Payload,
            count > _payloadMax ? _payloadMax + 1 : count, (_buffer[0] & 0x01) != 0);
        return true;
    }

    // Seven bits a byte, the lowest first; the highest bit says that another follows.
    private bool TryReadLength()
    {
        if (_count < 2 || (_buffer[_count - 1] & 0x80) != 0)
        {
            return _count < FixedHeaderMax;
        }

        for (int at = _count - 1; at > 0; at--)
        {
            _left = (_left << 7) | (_buffer[at] & 0x7F);
        }

        Body = _count;
        return true;
    }

    // Only a payload may be longer than the buffer.
    private bool MayPass() => _buffer[0] >> 4 == PacketType.Publish
        && UInt16(Body) <= MqttMessage.TopicBytesMax;
}
