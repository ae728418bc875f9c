namespace Keyway.Hal;

/// <summary>
/// A connection to an MQTT 3.1.1 broker, used from one thread; whatever threads the vendor's client
/// has stay behind it and only put things in bounded queues. Host, port, credentials and client id
/// are the board's, given to the constructor.
/// </summary>
/// <remarks>No call blocks for more than 5 ms and none throws.</remarks>
public interface IMqttSession
{
    /// <summary>Where the connection stands now.</summary>
    MqttSessionState State { get; }

    /// <summary>
    /// True when <see cref="Publish"/> would take a message. False when not connected, when too
    /// many messages wait for their acknowledgement, and while the bytes of the last one are sent.
    /// </summary>
    bool CanPublish { get; }

    /// <summary>Does what can be done without waiting; the agent calls it in each step.</summary>
    void Step();

    /// <summary>
    /// Begins to connect with a persistent session (clean session off). Ask
    /// <see cref="State"/> how it ends. Ignored unless the state is
    /// <see cref="MqttSessionState.Closed"/>. A message that was taken may be overwritten.
    /// </summary>
    /// <param name="willTopic">Where the broker publishes when the lock is lost.</param>
    /// <param name="willPayload">What it publishes, retained, at QoS 1. UTF-8.</param>
    void BeginConnect(string willTopic, byte[] willPayload);

    /// <summary>
    /// Begins to subscribe at QoS 1, once a connection and before anything is published. Nothing
    /// is taken from the network until then. A broker that refuses closes.
    /// </summary>
    /// <param name="topics">Topic filters.</param>
    /// <returns>False when not connected, or when something is published already.</returns>
    bool Subscribe(string[] topics);

    /// <summary>Begins to publish at QoS 1. Order is kept.</summary>
    /// <param name="topic">The topic's name, at most <see cref="MqttMessage.TopicBytesMax"/> bytes
    /// of UTF-8.</param>
    /// <param name="buffer">Holds the payload. The session's until <see cref="CanPublish"/> is true
    /// again or the connection is gone: the caller must not change it before.</param>
    /// <param name="offset">The payload's first byte, at least
    /// <see cref="MqttMessage.HeadroomBytes"/>: the session writes its header before it.</param>
    /// <param name="count">The payload's length in bytes, 0 or more.</param>
    /// <param name="retain">True: the broker keeps it for later subscribers.</param>
    /// <returns>
    /// A ticket above 0, which <see cref="TryTakeAcknowledged"/> gives back once the broker has the
    /// message; 0 when <see cref="CanPublish"/> is false.
    /// </returns>
    int Publish(string topic, byte[] buffer, int offset, int count, bool retain);

    /// <summary>Takes the oldest acknowledgement that has arrived. One that comes behind a message
    /// waits for <see cref="MessageDone"/> of all that are before it: who waits for an
    /// acknowledgement must go on taking messages.</summary>
    /// <param name="ticket">What <see cref="Publish"/> returned.</param>
    /// <returns>False when there is none.</returns>
    bool TryTakeAcknowledged(out int ticket);

    /// <summary>
    /// Takes the oldest message that has arrived. There is no other before
    /// <see cref="MessageDone"/>.
    /// </summary>
    /// <param name="message">The message, the caller's to change until
    /// <see cref="MessageDone"/>, or, where the connection is lost, until
    /// <see cref="BeginConnect"/>; null when there is none.</param>
    /// <returns>False when there is none.</returns>
    bool TryTakeMessage(out MqttMessage message);

    /// <summary>
    /// The message taken last has had its effect, and the flash holds it: the broker may forget it.
    /// What was not done when the connection ended, the broker sends again, where the client can
    /// hold its acknowledgement back.
    /// </summary>
    void MessageDone();

    /// <summary>
    /// Drops the connection without a farewell, so that the broker publishes the will. What has not
    /// been acknowledged never will be.
    /// </summary>
    void Close();
}
