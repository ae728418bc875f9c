// An MQTT 3.1.1 session that holds one packet: what has arrived is acknowledged when the agent is
// done with it, and what is sent lies in the agent's buffer. Link steps it; it calls IByteStream.
//
//           BeginConnect          CONNACK        Subscribe, or Publish
//   Closed --------------> Begun ---------> Greeted ----------------------> Open
//     ^                      |                 |                             |
//     +----------------------+-----------------+-----------------------------+
//       Close, refused, lost, silent, malformed
//
//   one buffer:  | a packet that has arrived; before, CONNECT and SUBSCRIBE | PINGREQ | PUBACK |

using Keyway.Hal;

namespace Keyway.Boards.Mqtt;

/// <summary>The session of a lock whose heap is small; no threads, no queues.</summary>
/// <remarks>
/// While a message is held nothing is read: the network holds the rest back. In this class a
/// ticket is the packet's identifier, and acknowledgements are given in the order of publishing.
/// </remarks>
public sealed class MqttSession : IMqttSession
{
    private const int KeepAliveMs = 25_000;
    private const int SilenceMs = KeepAliveMs + 10_000;
    private const int PacketsPerStep = 8;
    private const int PingBytes = 2;
    private const int AckBytes = 4;
    private readonly IByteStream _stream;
    private readonly IClock _clock;
    private readonly string _clientId;
    private readonly string _user;
    private readonly string _password;
    private readonly byte[] _buffer;
    private readonly PacketReader _reader;
    private readonly PacketSender _sender;
    private readonly SentTickets _tickets = new SentTickets();
    private readonly MqttMessage _message = new MqttMessage();
    private Stage _stage;
    private Hold _hold;
    private long _sentMs;
    private long _heardMs;

    /// <summary>Takes the buffer that all packets have; nothing connects yet.</summary>
    /// <param name="stream">To the broker; the session's alone.</param>
    /// <param name="clock">For the keep-alive.</param>
    /// <param name="clientId">The lock's, the same after each reboot.</param>
    /// <param name="user">Null for none.</param>
    /// <param name="password">Null for none.</param>
    /// <param name="payloadMax">The longest payload that is wanted, in bytes; of a longer one the
    /// message has the beginning, and one byte more.</param>
    public MqttSession(IByteStream stream, IClock clock, string clientId, string user,
        string password, int payloadMax)
    {
        _stream = stream;
        _clock = clock;
        _clientId = clientId;
        _user = user;
        _password = user == null ? null : password;
        _buffer = new byte[PacketReader.SizeFor(payloadMax) + PingBytes + AckBytes];
        _reader = new PacketReader(_buffer, payloadMax);
        _sender = new PacketSender(stream);
        PacketWriter.UInt16(_buffer, PingAt, PacketType.Ping << 12);
    }

    private enum Stage
    {
        Closed = 0,
        Begun = 1,
        Greeted = 2,
        Open = 3,
    }

    // The message in the buffer.
    private enum Hold
    {
        None = 0,
        Arrived = 1,
        Taken = 2,
        Done = 3,
    }

    /// <inheritdoc/>
    public MqttSessionState State => _stage == Stage.Closed ? MqttSessionState.Closed
        : _stage == Stage.Begun ? MqttSessionState.Connecting : MqttSessionState.Connected;

    /// <inheritdoc/>
    public bool CanPublish =>
        _stage >= Stage.Greeted && _sender.Left == 0 && !_tickets.IsFull;

    private int PingAt => _buffer.Length - AckBytes - PingBytes;

    // CONNECT and SUBSCRIBE lie where packets arrive.
    private bool MayRead => _hold == Hold.None
        && (_stage == Stage.Open || _stage == Stage.Begun)
        && !_sender.Needs(_buffer, PingAt);

    /// <inheritdoc/>
    public void BeginConnect(string willTopic, byte[] willPayload)
    {
        if (_stage == Stage.Closed)
        {
            _stage = Stage.Begun;
            int start = PacketWriter.Connect(_buffer, _clientId, _user, _password,
                KeepAliveMs / 1000, willTopic, willPayload, out int end);
            _sender.Begin(_buffer, start, end);
            _stream.BeginOpen();
        }
    }

    /// <inheritdoc/>
    public bool Subscribe(string[] topics)
    {
        if (_stage != Stage.Greeted || _sender.Left > 0)
        {
            return false;
        }

        _stage = Stage.Open;
        int start = PacketWriter.Subscribe(
            _buffer, SentTickets.NoTicket, topics, out int end);
        Send(_buffer, start, end);
        return true;
    }

    /// <inheritdoc/>
    public int Publish(string topic, byte[] buffer, int offset, int count, bool retain)
    {
        if (!CanPublish)
        {
            return 0;
        }

        _stage = Stage.Open;
        int ticket = _tickets.Give();
        int start = PacketWriter.Publish(buffer, offset, offset + count, topic, ticket, retain);
        Send(buffer, start, offset + count);
        return ticket;
    }

    /// <inheritdoc/>
    public bool TryTakeAcknowledged(out int ticket) => _tickets.TryTake(out ticket);

    /// <inheritdoc/>
    public bool TryTakeMessage(out MqttMessage message)
    {
        message = _hold == Hold.Arrived ? _message : null;
        _hold = message != null ? Hold.Taken : _hold;
        return message != null;
    }

    /// <inheritdoc/>
    public void MessageDone()
    {
        _heardMs = _clock.Milliseconds;
        if (_hold == Hold.Taken)
        {
            _hold = Hold.Done;
            Acknowledge();
        }
    }

    /// <inheritdoc/>
    public void Close() => Drop(null);

    /// <inheritdoc/>
    public void Step()
    {
        MqttSessionState state = _stream.State;
        if (state == MqttSessionState.Closed)
        {
            Drop(null);
        }
        else if (_stage != Stage.Closed && state == MqttSessionState.Connected)
        {
            long nowMs = _clock.Milliseconds;
            Send();
            Acknowledge();
            Receive(nowMs);
            KeepAlive(nowMs);
        }
    }

    private void Receive(long nowMs)
    {
        for (int i = 0; i < PacketsPerStep && MayRead; i++)
        {
            PacketStatus status = _reader.Read(_stream);
            if (status == PacketStatus.Incomplete) return;

            _heardMs = nowMs;
            if (status == PacketStatus.Gone)
            {
                Drop(null);
            }
            else if (status == PacketStatus.Malformed || !TryTakePacket())
            {
                Drop("what the broker sends is not MQTT 3.1.1");
            }
        }
    }

    private bool TryTakePacket()
    {
        int kind = _buffer[0] >> 4;
        if (kind == PacketType.Publish)
        {
            _hold = Hold.Arrived;
            return _stage == Stage.Open && _reader.TryGet(_message);
        }

        if (!_reader.IsAnswer
            || (kind == PacketType.ConnectAck) != (_stage == Stage.Begun))
        {
            return false;
        }

        if (_reader.Refusal != 0)
        {
            Drop("the broker refuses: return code " + _reader.Refusal);
        }
        else if (kind == PacketType.PublishAck)
        {
            _tickets.Acknowledge(_reader.UInt16(_reader.Body));
        }

        _stage = _stage == Stage.Begun ? Stage.Greeted : _stage;
        _reader.Next();
        return true;
    }

    private void KeepAlive(long nowMs)
    {
        // What holds a message back cannot hear either.
        if (_stage == Stage.Open && _hold == Hold.None && nowMs - _heardMs > SilenceMs)
        {
            Drop("the broker is silent");
        }
        else if (_stage >= Stage.Greeted && _sender.Left == 0 && nowMs - _sentMs >= KeepAliveMs)
        {
            Send(_buffer, PingAt, PingAt + PingBytes);
        }
    }

    private void Acknowledge()
    {
        if (_hold != Hold.Done || _sender.Left > 0)
        {
            return;
        }

        bool isAwaited = _reader.IsAtLeastOnce;
        int identifier = _reader.UInt16(_message.Offset - 2);
        _hold = Hold.None;
        _reader.Next();
        if (isAwaited)
        {
            int start = PingAt + PingBytes;
            PacketWriter.PublishAck(_buffer, start, identifier);
            Send(_buffer, start, start + AckBytes);
        }
    }

    private void Send(byte[] buffer, int start, int end)
    {
        _sender.Begin(buffer, start, end);
        Send();
    }

    private void Send()
    {
        int sent = _sender.Left > 0 ? _sender.Send() : 0;
        if (sent > 0)
        {
            _sentMs = _clock.Milliseconds;
        }
        else if (sent < 0)
        {
            Drop(null);
        }
    }

    private void Drop(string reason)
    {
        if (_stage == Stage.Closed) return;

        _stage = Stage.Closed;
        _hold = Hold.None;
        _reader.Next();
        _sender.Forget();
        _tickets.Forget();
        _stream.Close(reason);
    }
}
