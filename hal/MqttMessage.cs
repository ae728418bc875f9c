namespace Keyway.Hal;

/// <summary>A message that has arrived from the broker. A session may use one object again.
/// </summary>
public sealed class MqttMessage
{
    /// <summary>How long a topic may be, in bytes of UTF-8.</summary>
    public const int TopicBytesMax = 112;

    /// <summary>
    /// How many bytes a publisher leaves free before a payload: the fixed header of 5 bytes, the
    /// topic with its length and the packet's identifier (MQTT 3.1.1, section 3.3).
    /// </summary>
    public const int HeadroomBytes = 5 + 2 + TopicBytesMax + 2;
    private string _topic;
    private byte[] _payload;
    private int _offset;
    private int _count;
    private bool _retained;

    /// <summary>Makes a message without content, for <see cref="Set"/>.</summary>
    public MqttMessage()
    {
    }

    /// <summary>Wraps a message; nothing is copied.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">All bytes; the receiver's from now on.</param>
    /// <param name="retained">The broker had kept it from before the subscription.</param>
    public MqttMessage(string topic, byte[] payload, bool retained) =>
        Set(topic, payload, 0, payload.Length, retained);

    /// <summary>The topic's name.</summary>
    public string Topic => _topic;

    /// <summary>Holds the payload.</summary>
    public byte[] Payload => _payload;

    /// <summary>The payload's first byte.</summary>
    public int Offset => _offset;

    /// <summary>How many bytes, possibly none, possibly more than the agent will read.</summary>
    public int Count => _count;

    /// <summary>True when the broker had kept it from before the subscription.</summary>
    public bool Retained => _retained;

    /// <summary>Takes another message; nothing is copied.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="buffer">Holds the payload.</param>
    /// <param name="offset">The payload's first byte.</param>
    /// <param name="count">The payload's length in bytes.</param>
    /// <param name="retained">The broker had kept it from before the subscription.</param>
    public void Set(string topic, byte[] buffer, int offset, int count, bool retained)
    {
        _topic = topic;
        _payload = buffer;
        _offset = offset;
        _count = count;
        _retained = retained;
    }

    /// <summary>Overwrites the payload, as far as the buffer holds it.</summary>
    public void Clear()
    {
        int held = Payload.Length - Offset;
        System.Array.Clear(Payload, Offset, Count < held ? Count : held);
    }
}
