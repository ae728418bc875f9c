using Keyway.Boards.Mqtt;
using Keyway.Hal;

namespace Keyway.Tests.Fuzz;

/// <summary>A stream whose broker accepts the connection and then sends given bytes.</summary>
/// <param name="bytes">What it sends behind its CONNACK.</param>
/// <param name="slice">So many bytes arrive at once.</param>
internal sealed class GivenBytes(byte[] bytes, int slice) : IByteStream
{
    private static readonly byte[] Accepted = [0x20, 2, 0, 0];
    private readonly byte[] _all = [.. Accepted, .. bytes];
    private readonly List<byte> _sent = [];
    private int _at;

    /// <inheritdoc/>
    public MqttSessionState State { get; private set; }

    /// <summary>How often it was asked for bytes.</summary>
    public int Calls { get; private set; }

    /// <summary>The identifier of the message that was acknowledged last; none: none was.</summary>
    public string Acknowledged => _sent is [0x40, 2, byte high, byte low]
        ? $"{(high << 8) | low}" : "none";

    public void ForgetSent() => _sent.Clear();

    /// <inheritdoc/>
    public void BeginOpen() => State = MqttSessionState.Connected;

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        Calls++;
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        count = Math.Min(Math.Min(count, slice), _all.Length - _at);
        Array.Copy(_all, _at, buffer, offset, count);
        _at += count;
        return count;
    }

    /// <inheritdoc/>
    public int Write(byte[] buffer, int offset, int count)
    {
        _sent.AddRange(buffer.AsSpan(offset, count));
        return count;
    }

    /// <inheritdoc/>
    public void Close(string reason) => State = MqttSessionState.Closed;
}
