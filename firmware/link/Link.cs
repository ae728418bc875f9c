// The connection to the broker: connect with backoff, subscribe, birth and will, and what the
// outbox holds. Agent calls it once a step; it calls IMqttSession and Outbox.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Keeps the lock connected.</summary>
public sealed class Link
{
    private readonly IMqttSession _session;
    private readonly IClock _clock;
    private readonly Topics _topics;
    private readonly Outbox _outbox;
    private readonly StatusWriter _status;
    private bool _isSubscribed;
    private bool _isUp;
    private bool _isStatusDue;
    private int _waitMs;
    private long _nextConnectMs;
    private long _connectBeganMs;

    /// <summary>Wires the link; nothing is sent.</summary>
    public Link(
        IMqttSession session, IClock clock, Topics topics, Outbox outbox, StatusWriter status)
    {
        _session = session;
        _clock = clock;
        _topics = topics;
        _outbox = outbox;
        _status = status;
    }

    /// <summary>The retained status no longer says what is true; it is published again.</summary>
    public void StatusChanged() => _isStatusDue = true;

    /// <summary>Takes the next command that has arrived.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTakeMessage(out MqttMessage message)
    {
        message = null;
        return _isUp && _session.TryTakeMessage(out message);
    }

    /// <summary>One slice.</summary>
    /// <param name="mayConnect">
    /// No strike is energized and nobody is at the keypad: a TLS handshake would freeze both.
    /// </param>
    public void Step(bool mayConnect)
    {
        switch (_session.State)
        {
            case MqttSessionState.Connected:
                StepConnected();
                break;
            case MqttSessionState.Connecting:
                if (_clock.Milliseconds - _connectBeganMs > Limits.ConnectMs)
                {
                    _session.Close();
                }

                break;
            default:
                StepClosed(mayConnect);
                break;
        }
    }

    // The birth goes first: whoever sees an answer or an event knows who speaks.
    private void StepConnected()
    {
        if (!_isSubscribed)
        {
            _isSubscribed = _session.Subscribe(_topics.Commands);
            _isStatusDue = true;
            _waitMs = 0;
        }

        if (_isSubscribed && _isStatusDue && _status.IsReady)
        {
            _isStatusDue = _session.Publish(_topics.Status, _status.Birth(), true) == 0;
            _isUp |= !_isStatusDue;
        }

        if (_isUp)
        {
            _outbox.Step(_session);
        }
    }

    private void StepClosed(bool mayConnect)
    {
        long nowMs = _clock.Milliseconds;
        if (_connectBeganMs != 0)
        {
            _isUp = false;
            _isSubscribed = false;
            _connectBeganMs = 0;
            _outbox.Rewind();
            _waitMs = _waitMs == 0 ? Limits.ReconnectMinMs : _waitMs * 2;
            _waitMs = _waitMs > Limits.ReconnectMaxMs ? Limits.ReconnectMaxMs : _waitMs;
            _nextConnectMs = nowMs + _waitMs;
        }

        if (mayConnect && nowMs >= _nextConnectMs)
        {
            _connectBeganMs = nowMs == 0 ? 1 : nowMs;
            _session.BeginConnect(_topics.Status, StatusWriter.Will());
        }
    }
}
