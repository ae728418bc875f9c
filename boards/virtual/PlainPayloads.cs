using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>Publishes bytes that stand alone, with the room that a session wants before them.
/// </summary>
public static class PlainPayloads
{
    /// <summary>Begins to publish a copy of the payload.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">All of it; the caller's again at once.</param>
    /// <param name="retain">True: the broker keeps it.</param>
    /// <returns>What the session returns.</returns>
    public static int Publish(
        this IMqttSession session, string topic, byte[] payload, bool retain)
    {
        var buffer = new byte[MqttMessage.HeadroomBytes + payload.Length];
        System.Array.Copy(payload, 0, buffer, MqttMessage.HeadroomBytes, payload.Length);
        return session.Publish(
            topic, buffer, MqttMessage.HeadroomBytes, payload.Length, retain);
    }
}
