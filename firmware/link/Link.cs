// The connection to the broker: connect with backoff, subscribe, birth and will, acknowledgements,
// and what the outbox holds. Agent calls it once a step; it calls IMqttSession and Outbox.
//
//            quiet, waited long enough,         accepted        birth acknowledged
//            enough memory free, time
//            known where it must be
//   closed -----------------------> connecting ------> connected ------> proven
//     ^                                 | refused,         | lost, mute     | lost, mute
//     |  next wait twice as long        | over a minute    |                |
//     +---------------------------------+------------------+                |
//     +---------------------------------------------------------------------+ next wait is short

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Keeps the lock connected.</summary>
/// <remarks>
/// A connection has proved itself when the broker has acknowledged the birth. The subscriptions
/// were asked for before it on the same connection, and a session drops itself when one is refused.
/// </remarks>
public sealed class Link
{
    private const int NoTicket = 0;
    private readonly IMqttSession _session;
    private readonly IClock _clock;
    private readonly Backoff _backoff;
    private readonly Topics _topics;
    private readonly Outbox _outbox;
    private readonly StatusWriter _status;
    private readonly DoorWriter _door;
    private readonly AgentSettings _settings;
    private readonly JsonWriter _json;
    private readonly IHeap _heap;
    private readonly int _heapNeeded;
    private readonly bool _hasContact;
    private bool _isSubscribed;
    private bool _isUp;
    private bool _isStatusDue;
    private bool _isDiscoveryDue;
    private bool _isWaiting;
    private int _statusTicket;
    private long _nextConnectMs;
    private long _connectBeganMs;
    private long _waitingSinceMs;
    private long _statusMs;

    /// <summary>Wires the link; nothing is sent.</summary>
    /// <param name="ports">Session, clock, and random bytes for the jitter.</param>
    /// <param name="settings">The lock's own.</param>
    /// <param name="topics">Its topics.</param>
    /// <param name="outbox">What is to be sent.</param>
    /// <param name="status">Birth and will.</param>
    /// <param name="door">The state of the door.</param>
    /// <param name="json">What status and door write into.</param>
    public Link(AgentPorts ports, AgentSettings settings, Topics topics, Outbox outbox,
        StatusWriter status, DoorWriter door, JsonWriter json)
    {
        _session = ports.Session;
        _clock = ports.Clock;
        _backoff = new Backoff(ports.Random);
        _settings = settings;
        _json = json;
        _heap = ports.Heap;
        _heapNeeded = ports.ConnectHeapBytes;
        _hasContact = ports.DoorContact != null;
        _topics = topics;
        _outbox = outbox;
        _status = status;
        _door = door;
    }

    /// <summary>The retained status no longer says what is true; it is published again.</summary>
    public void StatusChanged() => _isStatusDue = true;

    /// <summary>True while the broker has the birth; commands come then only.</summary>
    public bool IsUp => _isUp;

    /// <summary>What was free of the heap when the lock was about to connect, in bytes; the largest
    /// number: nobody knows.</summary>
    public int FreeHeapBytes { get; private set; } = int.MaxValue;

    /// <summary>True: that was too little, and it did not connect.</summary>
    public bool IsHeapShort => FreeHeapBytes < _heapNeeded;

    /// <summary>The message taken last has had its effect.</summary>
    public void MessageDone() => _session.MessageDone();

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
    /// <returns>True when it has sent something, which is enough for a step.</returns>
    public bool Step(bool mayConnect)
    {
        long nowMs = _clock.Milliseconds;
        _session.Step();
        switch (_session.State)
        {
            case MqttSessionState.Connected:
                return StepConnected(nowMs);
            case MqttSessionState.Connecting:
                if (nowMs - _connectBeganMs > Limits.ConnectMs)
                {
                    _session.Close();
                }

                break;
            default:
                StepClosed(nowMs, mayConnect);
                break;
        }

        return false;
    }

    private bool StepConnected(long nowMs)
    {
        TakeAcknowledged(nowMs);
        if (!_isSubscribed)
        {
            _isSubscribed = _session.Subscribe(_topics.Commands());
            _isStatusDue = true;
            _isDiscoveryDue = _settings.DiscoveryPrefix != null;
        }

        _isStatusDue |= nowMs - _statusMs > Limits.StatusMs;
        bool isStatusNow = _isStatusDue && _isSubscribed && _status.IsReady
            && (!_isUp || nowMs - _statusMs >= Limits.StatusGapMs);
        bool isSent = false;
        if (_session.CanPublish && !_outbox.IsHeld && (!_isUp || !TrySendNext(nowMs, out isSent))
            && isStatusNow)
        {
            isSent = TrySendStatus(nowMs);
            isStatusNow = !isSent;
        }

        CloseWhenMute(nowMs, isStatusNow);
        return isSent;
    }

    // The birth goes first: whoever sees an answer or an event knows who speaks.
    private bool TrySendStatus(long nowMs)
    {
        _status.Birth(FreeHeapBytes);
        int ticket = Publish(_topics.Status);
        if (ticket != NoTicket)
        {
            _isStatusDue = false;
            _statusMs = nowMs;
            _statusTicket = ticket;
            _isUp = true;
        }

        return ticket != NoTicket;
    }

    // The status goes last: it says what the others have changed. What waits for acknowledgements
    // or the flash holds it back too, though nothing is sent.
    private bool TrySendNext(long nowMs, out bool isSent)
    {
        isSent = true;
        if (_door.IsStale(nowMs))
        {
            _door.Write(nowMs);
            if (Publish(_topics.Door) == NoTicket)
            {
                _door.Forget();
            }

            return true;
        }

        if (_isDiscoveryDue)
        {
            HomeAssistant.Write(_json, _settings.DeviceId, _topics, _hasContact);
            _isDiscoveryDue = Publish(HomeAssistant.TopicOf(
                _settings.DiscoveryPrefix, _settings.DeviceId)) == NoTicket;
            return true;
        }

        int inFlight = _outbox.InFlight;
        bool isHeldBack = _outbox.Step();
        isSent = _outbox.InFlight != inFlight;
        return isHeldBack;
    }

    private int Publish(string topic) => _session.Publish(
        topic, _json.Buffer, MqttMessage.HeadroomBytes, _json.Count, true);

    private void TakeAcknowledged(long nowMs)
    {
        while (_session.TryTakeAcknowledged(out int ticket))
        {
            _waitingSinceMs = nowMs;
            _outbox.Acknowledged(ticket);
            if (ticket == _statusTicket)
            {
                _statusTicket = NoTicket;
                _backoff.Reset();
            }
        }
    }

    // The broker acknowledges in the order of publishing, so one that acknowledges nothing while
    // something waits is mute, however slow it may be. What the session does not take waits too.
    private void CloseWhenMute(long nowMs, bool isWaiting)
    {
        isWaiting |= !_isSubscribed || _statusTicket != NoTicket || _outbox.InFlight > 0;
        if (!isWaiting || !_isWaiting)
        {
            _isWaiting = isWaiting;
            _waitingSinceMs = nowMs;
        }
        else if (nowMs - _waitingSinceMs > Limits.MuteMs)
        {
            _session.Close();
        }
    }

    private void StepClosed(long nowMs, bool mayConnect)
    {
        if (_connectBeganMs != 0)
        {
            TakeAcknowledged(nowMs);
            _isUp = false;
            _isSubscribed = false;
            _statusTicket = NoTicket;
            _connectBeganMs = 0;
            _isWaiting = false;
            _outbox.Rewind();
            _door.Forget();
            _nextConnectMs = nowMs + _backoff.NextMs();
        }

        if (mayConnect && nowMs >= _nextConnectMs
            && (!_settings.NeedsClockToConnect || _clock.TryGetUtc(out long _)))
        {
            BeginConnect(nowMs);
        }
    }

    // Where memory is too short for a connection the next look is as far away as a next try. Asking
    // collects, which takes time; nobody waits for this step.
    private void BeginConnect(long nowMs)
    {
        if (_heap != null)
        {
            FreeHeapBytes = _heap.FreeBytes();
        }

        if (IsHeapShort)
        {
            _nextConnectMs = nowMs + _backoff.NextMs();
        }
        else
        {
            _connectBeganMs = nowMs == 0 ? 1 : nowMs;
            _session.BeginConnect(_topics.Status, StatusWriter.Will());
        }
    }
}
