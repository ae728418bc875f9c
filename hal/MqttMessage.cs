namespace Keyway.Hal;

/// <summary>A message that has arrived from the broker.</summary>
public sealed class MqttMessage
{
    /// <summary>Wraps a message; nothing is copied.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The bytes; the receiver's from now on.</param>
    /// <param name="retained">The broker had kept it from before the subscription.</param>
    public MqttMessage(string topic, byte[] payload, bool retained)
    {
        Topic = topic;
        Payload = payload;
        Retained = retained;
    }

    /// <summary>The topic's name.</summary>
    public string Topic { get; }

    /// <summary>The bytes, possibly none, possibly more than the agent will read.</summary>
    public byte[] Payload { get; }

    /// <summary>True when the broker had kept it from before the subscription.</summary>
    public bool Retained { get; }
}
