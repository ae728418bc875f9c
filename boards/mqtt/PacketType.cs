namespace Keyway.Boards.Mqtt;

/// <summary>The kinds of packets, as in the upper half of the first byte (MQTT 3.1.1, section
/// 2.2.1).</summary>
public static class PacketType
{
    /// <summary>The client begins.</summary>
    public const int Connect = 1;

    /// <summary>The broker accepts or refuses.</summary>
    public const int ConnectAck = 2;

    /// <summary>A message, in either direction.</summary>
    public const int Publish = 3;

    /// <summary>The other side has the message.</summary>
    public const int PublishAck = 4;

    /// <summary>The client wants topics.</summary>
    public const int Subscribe = 8;

    /// <summary>The broker grants or refuses them.</summary>
    public const int SubscribeAck = 9;

    /// <summary>The client asks for a sign of life.</summary>
    public const int Ping = 12;

    /// <summary>The sign.</summary>
    public const int PingAnswer = 13;
}
