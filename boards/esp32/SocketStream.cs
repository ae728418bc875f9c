// The bytes to and from the broker on this board. MqttSession calls it from the agent's thread; a
// worker thread does what may wait: it keeps the network up and connects, and it reads with TLS
// where a record may not be whole. All else asks the socket first whether it would wait.

using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;
using Keyway.Boards.Mqtt;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Boards.Esp32;

/// <summary>A <see cref="IByteStream"/> over System.Net of nanoFramework.</summary>
/// <remarks>
/// The handshake of TLS freezes every thread, the agent's included; so does a write with TLS that
/// the network does not take, until it does. So no more is written at once than lwIP has room for
/// when it says that a socket can be written to: TCP_SNDLOWAT, half of a send buffer of four
/// segments (lwIP, opt.h).
/// </remarks>
public sealed class SocketStream : IByteStream
{
    private const int WriteMost = 2_048;

    // An older request is not carried out: the agent's judgement, that this was a good moment for a
    // handshake, no longer holds.
    private const int StaleMs = 300;

    // The worker looks so often whether its read is still wanted: closing a socket wakes nobody.
    private const int WaitMs = 500;

    private readonly Broker _broker;
    private readonly Network _network;
    private readonly EspClock _clock;
    private readonly AutoResetEvent _wake = new AutoResetEvent(false);
    private int _attempt;
    private long _requestedAtMs;
    private Socket _socket;
    private SslStream _secure;

    // A read that the worker does: where to, and how many bytes it was; below 0: not yet.
    private byte[] _readBuffer;
    private int _readOffset;
    private int _readCount;
    private int _got;

    /// <summary>Starts the worker; nothing connects yet.</summary>
    /// <param name="broker">Where to connect; null: every connect fails.</param>
    /// <param name="network">The stream's to keep up; null with no broker.</param>
    /// <param name="clock">For TLS it must be known: certificates have dates.</param>
    public SocketStream(Broker broker, Network network, EspClock clock)
    {
        _broker = broker;
        _network = network;
        _clock = clock;
        if (broker != null) new Thread(Work).Start();
    }

    /// <inheritdoc/>
    public MqttSessionState State { get; private set; }

    /// <summary>A SessionMaker: the session of a board whose heap is small.</summary>
    public static IMqttSession Session(Broker broker, Network network, EspClock clock) =>
        new MqttSession(new SocketStream(broker, network, clock), clock, broker?.ClientId ?? "",
            broker?.User, broker?.Password, Limits.PayloadBytes);

    /// <inheritdoc/>
    public void BeginOpen()
    {
        if (_broker == null) return;

        _requestedAtMs = _clock.Milliseconds;
        State = MqttSessionState.Connecting;
        _wake.Set();
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        if (State != MqttSessionState.Connected) return -1;

        try
        {
            if (_secure != null && _readBuffer == null && _secure.DataAvailable)
            {
                return _secure.Read(buffer, offset, count);
            }

            if (_readBuffer == null && !_socket.Poll(0, SelectMode.SelectRead)) return 0;

            int got = _secure != null ? ReadSecure(buffer, offset, count)
                : _socket.Receive(buffer, offset, count, SocketFlags.None);
            return got == 0 ? -1 : got < 0 ? 0 : got;
        }
        catch (Exception e)
        {
            return Gone(e);
        }
    }

    /// <inheritdoc/>
    public int Write(byte[] buffer, int offset, int count)
    {
        if (State != MqttSessionState.Connected) return -1;

        try
        {
            count = count > WriteMost ? WriteMost : count;
            if (!_socket.Poll(0, SelectMode.SelectWrite)) return 0;

            if (_secure == null) return _socket.Send(buffer, offset, count, SocketFlags.None);

            _secure.Write(buffer, offset, count);
            return count;
        }
        catch (Exception e)
        {
            return Gone(e);
        }
    }

    /// <inheritdoc/>
    public void Close(string reason)
    {
        if (reason != null) SerialLog.Say("mqtt: ", reason);

        Socket socket;
        SslStream secure;
        lock (_wake)
        {
            _attempt++;
            State = MqttSessionState.Closed;
            socket = _socket;
            secure = _secure;
            _socket = null;
            _secure = null;
            _readBuffer = null;
        }

        BrokerSocket.Shut(socket, secure);
    }

    // Below 0: not yet.
    private int ReadSecure(byte[] buffer, int offset, int count)
    {
        if (_readBuffer == null)
        {
            _got = -1;
            _readOffset = offset;
            _readCount = count;
            _readBuffer = buffer;
            _wake.Set();
        }
        else if (_got >= 0)
        {
            _readBuffer = null;
            return _got;
        }

        return -1;
    }

    private void Work()
    {
        while (true)
        {
            int attempt = 0;
            try
            {
                _wake.WaitOne(Network.WatchMs, false);
                if (State != MqttSessionState.Connected)
                {
                    _network.Watch();
                }

                attempt = _attempt;
                if (State == MqttSessionState.Connecting)
                {
                    Open(attempt);
                }
                else
                {
                    WaitForRecord(attempt);
                }
            }
            catch (Exception e)
            {
                // The session ends, not the lock; unless Close has ended it.
                Lose(attempt, e);
            }
        }
    }

    private void Open(int attempt)
    {
        Socket socket = null;
        SslStream secure = null;
        bool isOpen = false;
        try
        {
            if (MayOpen())
            {
                BrokerSocket.Connect(_broker, out socket, WaitMs);
                if (_broker.HasTls)
                {
                    BrokerSocket.Secure(_broker, socket, out secure);
                    _clock.Confirm();
                }

                isOpen = true;
                _network.Tried(true);
            }
        }
        catch (Exception e)
        {
            _network.Tried(false);
            SerialLog.Say("mqtt: ", e);
        }

        lock (_wake)
        {
            if (isOpen && attempt == _attempt)
            {
                _socket = socket;
                _secure = secure;
                State = MqttSessionState.Connected;
                return;
            }
        }

        Lose(attempt, null);
        BrokerSocket.Shut(socket, secure);
    }

    private bool MayOpen() => _network.IsUp && _clock.Milliseconds - _requestedAtMs <= StaleMs
        && (!_broker.HasTls || _clock.TryGetUtc(out long _));

    private void WaitForRecord(int attempt)
    {
        SslStream secure = _secure;
        byte[] buffer = _readBuffer;
        int got = _got;
        if (buffer == null || got >= 0) return;

        while (got < 0 && attempt == _attempt)
        {
            try
            {
                got = secure.Read(buffer, _readOffset, _readCount);
            }
            catch (SocketException e)
            {
                if (e.ErrorCode != (int)SocketError.TimedOut) throw;
            }
        }

        lock (_wake)
        {
            _got = attempt == _attempt ? got : _got;
        }
    }

    private void Lose(int attempt, Exception e)
    {
        lock (_wake)
        {
            if (attempt != _attempt) return;

            State = MqttSessionState.Closed;
        }

        if (e != null) SerialLog.Say("mqtt: ", e);
    }

    private static int Gone(Exception e)
    {
        SerialLog.Say("mqtt: ", e);
        return -1;
    }
}
