using Keyway.Hal;

namespace Keyway.Boards.Mqtt;

/// <summary>
/// The bytes to and from a broker, over TCP, with or without TLS: what device and host have
/// different classes for. MqttSession calls it from the agent's thread. Host and port, authorities
/// and certificates are the stream's own.
/// </summary>
/// <remarks>No call waits for the network, and none throws.</remarks>
public interface IByteStream
{
    /// <summary>Where the connection stands; Connected when bytes go through.</summary>
    MqttSessionState State { get; }

    /// <summary>Begins to connect; <see cref="State"/> says how it ends. Only when closed.
    /// </summary>
    void BeginOpen();

    /// <summary>Takes what has arrived.</summary>
    /// <param name="buffer">Gets it. Until the call returns something other than 0 it is asked
    /// again with the same arguments: the stream may read into the buffer meanwhile.</param>
    /// <param name="offset">Of the first byte.</param>
    /// <param name="count">How many at most, above 0.</param>
    /// <returns>How many; 0: nothing yet; below 0: the connection is gone.</returns>
    int Read(byte[] buffer, int offset, int count);

    /// <summary>Sends what can be sent at once.</summary>
    /// <param name="buffer">Holds it. Until all is sent the rest is offered again, and the bytes
    /// stay as they are: the stream may read them meanwhile.</param>
    /// <param name="offset">Of the first byte.</param>
    /// <param name="count">How many, above 0.</param>
    /// <returns>How many are sent, possibly none; below 0: the connection is gone.</returns>
    int Write(byte[] buffer, int offset, int count);

    /// <summary>Drops the connection, or what is under way to one.</summary>
    /// <param name="reason">Why, for whoever looks after the lock; null where it was asked for,
    /// or where the stream knows better.</param>
    void Close(string reason);
}
