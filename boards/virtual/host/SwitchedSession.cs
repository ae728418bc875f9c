using System.Diagnostics.CodeAnalysis;
using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

/// <summary>A session whose network can be taken away. Used from the lock's thread.</summary>
/// <param name="inner">The real one; disposed with it.</param>
public sealed class SwitchedSession(IMqttSession inner) : IMqttSession, IDisposable
{
    private bool _isThrough = true;
    private bool _isDisposed;

    /// <summary>False while there is no network.</summary>
    public bool IsThrough
    {
        get => _isThrough;
        set
        {
            _isThrough = value;
            if (!value && !_isDisposed)
            {
                inner.Close();
            }
        }
    }

    /// <inheritdoc/>
    public MqttSessionState State => inner.State;

    /// <inheritdoc/>
    public bool CanPublish => inner.CanPublish;

    /// <inheritdoc/>
    public void Step() => inner.Step();

    /// <inheritdoc/>
    public void BeginConnect(string willTopic, byte[] willPayload)
    {
        if (IsThrough)
        {
            inner.BeginConnect(willTopic, willPayload);
        }
    }

    /// <inheritdoc/>
    public bool Subscribe(string[] topics) => inner.Subscribe(topics);

    /// <inheritdoc/>
    public int Publish(string topic, byte[] buffer, int offset, int count, bool retain) =>
        inner.Publish(topic, buffer, offset, count, retain);

    /// <inheritdoc/>
    public bool TryTakeAcknowledged(out int ticket) => inner.TryTakeAcknowledged(out ticket);

    /// <inheritdoc/>
    public bool TryTakeMessage([MaybeNullWhen(false)] out MqttMessage message) =>
        inner.TryTakeMessage(out message);

    /// <inheritdoc/>
    public void MessageDone() => inner.MessageDone();

    /// <inheritdoc/>
    public void Close() => inner.Close();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        inner.Close();
        (inner as IDisposable)?.Dispose();
    }
}
