namespace nanoFramework.M2Mqtt;

/// <summary>A message on its way to the broker.</summary>
internal sealed class SentMessage(ushort id, string topic, byte[] payload, bool retain)
{
    public ushort Id { get; } = id;

    public string Topic { get; } = topic;

    public byte[] Payload { get; } = payload;

    public bool Retain { get; } = retain;

    public int Attempts { get; set; }

    public long NextAtMs { get; set; }

    public bool IsAcknowledged { get; set; }
}
