using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>A connection that is always there, holds one message for the lock and allocates
/// nothing, so that what is counted is the lock's.</summary>
internal sealed class BenchSession(string topicPrefix, Action answered) : IMqttSession
{
    private readonly string _attempts = topicPrefix + "action_attempts";
    private readonly string _answers = topicPrefix + "answers";
    private readonly string _status = topicPrefix + "status";
    private readonly int[] _acknowledged = new int[Depth];
    private MqttMessage? _waiting;
    private int _acknowledgedCount;
    private int _tickets;

    private const int Depth = 64;

    public MqttSessionState State { get; private set; }

    /// <summary>What the lock answered last; null since the last delivery.</summary>
    public byte[]? Answer { get; private set; }

    /// <summary>Statuses published since it was made.</summary>
    public int Statuses { get; private set; }

    /// <summary>The lock has not taken the message yet.</summary>
    public bool IsWaiting => _waiting != null;

    public void Deliver(MqttMessage message)
    {
        Answer = null;
        _waiting = message;
    }

    public bool CanPublish => _acknowledgedCount < Depth;

    public void Step()
    {
    }

    public void BeginConnect(string willTopic, byte[] willPayload) =>
        State = MqttSessionState.Connected;

    public bool Subscribe(string[] topics) => true;

    public int Publish(string topic, byte[] buffer, int offset, int count, bool retain)
    {
        if (!CanPublish)
        {
            return 0;
        }

        if (topic == _attempts || topic == _answers)
        {
            answered();
            Answer = buffer[offset..(offset + count)];
        }

        Statuses += topic == _status ? 1 : 0;
        _tickets++;
        _acknowledged[_acknowledgedCount] = _tickets;
        _acknowledgedCount++;
        return _tickets;
    }

    public bool TryTakeAcknowledged(out int ticket)
    {
        ticket = _acknowledged[0];
        if (_acknowledgedCount == 0)
        {
            return false;
        }

        _acknowledgedCount--;
        Array.Copy(_acknowledged, 1, _acknowledged, 0, _acknowledgedCount);
        return true;
    }

    public bool TryTakeMessage(out MqttMessage? message)
    {
        message = _waiting;
        _waiting = null;
        return message != null;
    }

    public void MessageDone()
    {
    }

    public void Close() => State = MqttSessionState.Closed;
}
