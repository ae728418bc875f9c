using System;
using System.Text;
using Keyway.Hal;

namespace Keyway.Boards.Mqtt;

/// <summary>Writes the packets of a client (MQTT 3.1.1, section 3) for MqttSession.</summary>
public static class PacketWriter
{
    private const int FixedHeaderMax = 5;
    private const byte Level = 4;
    private const byte WillRetainedAtLeastOnce = 0x2C;
    private const byte HasUser = 0x80;
    private const byte HasPassword = 0x40;
    private const byte Reserved = 0x02;
    private const byte AtLeastOnce = 1;

    /// <summary>CONNECT with a persistent session.</summary>
    /// <param name="buffer">Gets the packet.</param>
    /// <param name="clientId">The client's id.</param>
    /// <param name="user">Null for none.</param>
    /// <param name="password">Null for none.</param>
    /// <param name="keepAliveSeconds">The longest silence of the client.</param>
    /// <param name="willTopic">The will's topic.</param>
    /// <param name="willPayload">The will.</param>
    /// <param name="end">Behind the last byte.</param>
    /// <returns>Where the packet begins.</returns>
    public static int Connect(byte[] buffer, string clientId, string user, string password,
        int keepAliveSeconds, string willTopic, byte[] willPayload, out int end)
    {
        end = Text(buffer, FixedHeaderMax, "MQTT");
        buffer[end] = Level;
        buffer[end + 1] = (byte)(WillRetainedAtLeastOnce | (user == null ? 0 : HasUser)
            | (password == null ? 0 : HasPassword));
        end = UInt16(buffer, end + 2, keepAliveSeconds);
        end = Text(buffer, end, clientId);
        end = Text(buffer, end, willTopic);
        end = UInt16(buffer, end, willPayload.Length);
        Array.Copy(willPayload, 0, buffer, end, willPayload.Length);
        end += willPayload.Length;
        end = user == null ? end : Text(buffer, end, user);
        end = password == null ? end : Text(buffer, end, password);
        return Header(buffer, PacketType.Connect << 4, FixedHeaderMax, end);
    }

    /// <summary>SUBSCRIBE at QoS 1.</summary>
    /// <param name="buffer">Gets the packet.</param>
    /// <param name="id">The packet's identifier.</param>
    /// <param name="topics">Topic filters.</param>
    /// <param name="end">Behind the last byte.</param>
    /// <returns>Where the packet begins.</returns>
    public static int Subscribe(byte[] buffer, int id, string[] topics, out int end)
    {
        end = UInt16(buffer, FixedHeaderMax, id);
        for (int i = 0; i < topics.Length; i++)
        {
            end = Text(buffer, end, topics[i]);
            buffer[end] = AtLeastOnce;
            end++;
        }

        return Header(buffer, (PacketType.Subscribe << 4) | Reserved, FixedHeaderMax, end);
    }

    /// <summary>What stands before the payload of a PUBLISH at QoS 1.</summary>
    /// <param name="buffer">Holds the payload.</param>
    /// <param name="payload">Its first byte.</param>
    /// <param name="end">Behind its last byte.</param>
    /// <param name="topic">The topic's name.</param>
    /// <param name="id">The packet's identifier.</param>
    /// <param name="retain">True: the broker keeps it.</param>
    /// <returns>Where the packet begins.</returns>
    public static int Publish(
        byte[] buffer, int payload, int end, string topic, int id, bool retain)
    {
        // How long the topic is in bytes is known once it is written.
        int room = payload - MqttMessage.HeadroomBytes;
        int count = Text(buffer, room, topic) - room;
        int body = payload - 2 - count;
        Array.Copy(buffer, room, buffer, body, count);
        UInt16(buffer, payload - 2, id);
        return Header(buffer, (PacketType.Publish << 4) | (AtLeastOnce << 1) | (retain ? 1 : 0),
            body, end);
    }

    /// <summary>PUBACK.</summary>
    /// <param name="buffer">Gets the packet.</param>
    /// <param name="at">Its first byte.</param>
    /// <param name="id">The identifier of what is acknowledged.</param>
    public static void PublishAck(byte[] buffer, int at, int id)
    {
        UInt16(buffer, at, (PacketType.PublishAck << 12) | 2);
        UInt16(buffer, at + 2, id);
    }

    /// <summary>Two bytes: also a whole packet without a body.</summary>
    /// <returns>Behind them.</returns>
    public static int UInt16(byte[] buffer, int at, int value)
    {
        buffer[at] = (byte)(value >> 8);
        buffer[at + 1] = (byte)value;
        return at + 2;
    }

    private static int Text(byte[] buffer, int at, string text)
    {
        int count = Encoding.UTF8.GetBytes(text, 0, text.Length, buffer, at + 2);
        UInt16(buffer, at, count);
        return at + 2 + count;
    }

    // Ends where the body begins: seven bits of the length a byte, the lowest first.
    private static int Header(byte[] buffer, int first, int body, int end)
    {
        int left = end - body;
        int start = body - (left < 1 << 7 ? 2 : left < 1 << 14 ? 3 : left < 1 << 21 ? 4 : 5);
        buffer[start] = (byte)first;
        for (int at = start + 1; at < body; at++)
        {
            buffer[at] = (byte)((left & 0x7F) | (at < body - 1 ? 0x80 : 0));
            left >>= 7;
        }

        return start;
    }
}
