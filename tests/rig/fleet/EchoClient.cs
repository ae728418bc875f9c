using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Rig;

/// <summary>
/// The floor below a lock: the same connection, subscribed to the same topics, which answers each
/// command with its own bytes. No agent, no flash.
/// </summary>
internal sealed class EchoClient : IFleetMember, IDisposable
{
    private const int ReconnectMs = 1000;
    private readonly WatchedSession _session;
    private readonly Firmware.Topics _topics;
    private MqttMessage? _unanswered;
    private long _connectMs;
    private bool _isSubscribed;
    private volatile bool _isOnline;

    /// <summary>Wires it; the first step begins to connect.</summary>
    /// <param name="deviceId">A UUID.</param>
    /// <param name="session">Its connection; disposed with it.</param>
    public EchoClient(string deviceId, IMqttSession session)
    {
        DeviceId = deviceId;
        _session = new WatchedSession(session);
        _topics = new Firmware.Topics(deviceId);
    }

    /// <inheritdoc/>
    public string DeviceId { get; }

    /// <inheritdoc/>
    public bool IsOnline => _isOnline;

    /// <inheritdoc/>
    public bool IsReady => _isOnline;

    /// <inheritdoc/>
    public long Published => _session.Published;

    /// <inheritdoc/>
    public void Step(long nowMs)
    {
        bool hasNews = _session.HasNews();
        if (_session.State == MqttSessionState.Closed)
        {
            Connect(nowMs);
        }
        else if (hasNews && _session.State == MqttSessionState.Connected)
        {
            Answer();
        }
    }

    /// <inheritdoc/>
    public void Close() => _session.Close();

    /// <summary>Closes, and waits a moment until the socket is gone.</summary>
    public void Dispose()
    {
        _session.Close();
        _session.Dispose();
    }

    private void Connect(long nowMs)
    {
        if (nowMs >= _connectMs)
        {
            _connectMs = nowMs + ReconnectMs;
            _isSubscribed = false;
            _session.BeginConnect(_topics.Status, Encoding.UTF8.GetBytes("{\"online\":false}"));
        }
    }

    private void Answer()
    {
        if (!_isSubscribed)
        {
            _isSubscribed = _session.Subscribe(_topics.Commands());
            _session.Publish(_topics.Status, Encoding.UTF8.GetBytes("{\"online\":true}"), true);
        }

        while (_session.TryTakeAcknowledged(out _))
        {
            _isOnline = true;
        }

        while (_unanswered != null || _session.TryTakeMessage(out _unanswered))
        {
            byte[] echo = _unanswered.Payload[
                _unanswered.Offset..(_unanswered.Offset + _unanswered.Count)];
            if (_session.Publish(_topics.AnswersTo(0), echo, false) == 0)
            {
                return;
            }

            _unanswered = null;
            _session.MessageDone();
        }
    }
}
