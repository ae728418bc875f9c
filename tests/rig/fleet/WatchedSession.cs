using System.Diagnostics.CodeAnalysis;
using Keyway.Hal;

namespace Keyway.Tests.Rig;

/// <summary>
/// A session that can say whether there is something to do: it takes what has arrived out of the
/// real one beforehand. Counts what passes.
/// </summary>
internal sealed class WatchedSession(IMqttSession inner) : IMqttSession, IDisposable
{
    private MqttSessionState _seen;
    private MqttMessage? _message;
    private int _ticket;

    /// <summary>Messages given to the broker.</summary>
    public long Published { get; private set; }

    /// <summary>Messages that the broker has acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Whatever was sent or taken: grows while something happens.</summary>
    public long Activity { get; private set; }

    /// <inheritdoc/>
    public MqttSessionState State => inner.State;

    /// <summary>True when something has arrived, or the connection has changed since it was asked.
    /// </summary>
    public bool HasNews()
    {
        inner.Step();
        MqttSessionState state = inner.State;
        bool isNew = state != _seen;
        _seen = state;
        if (_message == null)
        {
            inner.TryTakeMessage(out _message);
        }

        if (_ticket == 0)
        {
            inner.TryTakeAcknowledged(out _ticket);
        }

        return isNew || _message != null || _ticket != 0;
    }

    /// <inheritdoc/>
    public bool CanPublish => inner.CanPublish;

    /// <inheritdoc/>
    public void Step() => inner.Step();

    /// <inheritdoc/>
    public void BeginConnect(string willTopic, byte[] willPayload)
    {
        Activity++;
        inner.BeginConnect(willTopic, willPayload);
    }

    /// <inheritdoc/>
    public bool Subscribe(string[] topics)
    {
        Activity++;
        return inner.Subscribe(topics);
    }

    /// <inheritdoc/>
    public int Publish(string topic, byte[] buffer, int offset, int count, bool retain)
    {
        int ticket = inner.Publish(topic, buffer, offset, count, retain);
        if (ticket != 0)
        {
            Published++;
            Activity++;
        }

        return ticket;
    }

    /// <inheritdoc/>
    public bool TryTakeAcknowledged(out int ticket)
    {
        ticket = _ticket;
        _ticket = 0;
        if (ticket == 0 && !inner.TryTakeAcknowledged(out ticket))
        {
            return false;
        }

        Acknowledged++;
        Activity++;
        return true;
    }

    /// <inheritdoc/>
    public bool TryTakeMessage([MaybeNullWhen(false)] out MqttMessage message)
    {
        message = _message;
        _message = null;
        if (message == null && !inner.TryTakeMessage(out message))
        {
            return false;
        }

        Activity++;
        return true;
    }

    /// <inheritdoc/>
    public void MessageDone() => inner.MessageDone();

    /// <inheritdoc/>
    public void Close() => inner.Close();

    /// <inheritdoc/>
    public void Dispose() => (inner as IDisposable)?.Dispose();
}
