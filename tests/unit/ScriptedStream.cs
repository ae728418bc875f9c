using System;
using Keyway.Boards.Mqtt;
using Keyway.Hal;

namespace Keyway.Tests.Unit;

/// <summary>A stream whose other end is the test.</summary>
public sealed class ScriptedStream : IByteStream
{
    private const int SizeBytes = 8192;
    private readonly byte[] _arrived = new byte[SizeBytes];
    private readonly byte[] _sent = new byte[SizeBytes];
    private int _arrivedCount;
    private int _readCount;

    /// <inheritdoc/>
    public MqttSessionState State { get; set; }

    /// <summary>Bytes that one read gives at most.</summary>
    public int Slice { get; set; } = SizeBytes;

    /// <summary>Bytes that the network still takes.</summary>
    public int Room { get; set; } = SizeBytes;

    /// <summary>True: the other side has closed, behind what has arrived.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Bytes sent since <see cref="ForgetSent"/>.</summary>
    public int SentCount { get; private set; }

    /// <summary>How often the stream was asked for something.</summary>
    public int Calls { get; private set; }

    /// <summary>Why it was closed last; null: asked for.</summary>
    public string Reason { get; private set; }

    /// <summary>True when all that has arrived is read.</summary>
    public bool IsRead => _readCount == _arrivedCount;

    /// <summary>The broker sends.</summary>
    public void Arrive(params byte[] bytes)
    {
        Array.Copy(bytes, 0, _arrived, _arrivedCount, bytes.Length);
        _arrivedCount += bytes.Length;
    }

    /// <summary>A byte that was sent.</summary>
    public byte Sent(int index) => _sent[index];

    /// <summary>Forgets what was sent so far.</summary>
    public void ForgetSent() => SentCount = 0;

    /// <inheritdoc/>
    public void BeginOpen() => State = MqttSessionState.Connecting;

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        Calls++;
        int left = _arrivedCount - _readCount;
        count = count > left ? left : count;
        count = count > Slice ? Slice : count;
        if (count == 0)
        {
            return HasEnded ? -1 : 0;
        }

        Array.Copy(_arrived, _readCount, buffer, offset, count);
        _readCount += count;
        return count;
    }

    /// <inheritdoc/>
    public int Write(byte[] buffer, int offset, int count)
    {
        Calls++;
        count = count > Room ? Room : count;
        Array.Copy(buffer, offset, _sent, SentCount, count);
        SentCount += count;
        Room -= count;
        return count;
    }

    /// <inheritdoc/>
    public void Close(string reason)
    {
        State = MqttSessionState.Closed;
        Reason = reason;
        _readCount = _arrivedCount;
    }
}
