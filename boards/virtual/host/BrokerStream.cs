// The bytes to and from a broker, for a lock on .NET: TCP, or TLS above it. MqttSession owns it;
// one BrokerConnection does one connection.

using Keyway.Boards.Mqtt;
using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

/// <summary>A <see cref="IByteStream"/> over a socket of .NET.</summary>
/// <param name="broker">Where to, and how to get in.</param>
public sealed class BrokerStream(BrokerAccess broker) : IByteStream
{
    private BrokerConnection? _connection;

    /// <summary>A connection was refused, could not be made, or was lost: why. Raised on any
    /// thread; never names a password.</summary>
    public event Action<string>? Failed;

    /// <inheritdoc/>
    public MqttSessionState State => _connection?.State ?? MqttSessionState.Closed;

    /// <summary>The session of a lock over a broker.</summary>
    /// <param name="broker">Where to, and how to get in.</param>
    /// <param name="clientId">The lock's.</param>
    /// <param name="failed">Is told what <see cref="Failed"/> tells.</param>
    /// <param name="clock">For the keep-alive; null: real time.</param>
    public static MqttSession Session(BrokerAccess broker, string clientId,
        Action<string>? failed = null, IClock? clock = null)
    {
        var stream = new BrokerStream(broker);
        stream.Failed += failed;
        return new MqttSession(stream, clock ?? new WallClock(), clientId, broker.User,
            broker.Password, Firmware.Limits.PayloadBytes);
    }

    /// <inheritdoc/>
    public void BeginOpen() =>
        _connection = new BrokerConnection(broker, reason => Failed?.Invoke(reason));

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count) =>
        _connection?.Read(buffer.AsSpan(offset, count)) ?? -1;

    /// <inheritdoc/>
    public int Write(byte[] buffer, int offset, int count) =>
        _connection?.Write(buffer.AsMemory(offset, count)) ?? -1;

    /// <inheritdoc/>
    public void Close(string? reason)
    {
        _connection?.Close(reason);
        _connection = null;
    }
}
