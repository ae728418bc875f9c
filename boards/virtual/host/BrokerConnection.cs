// One connection of BrokerStream, from connect to loss; never used again afterwards, so that what
// an old one still does cannot touch a new one. Only the connect runs on other threads; a read or
// a write that is under way is asked for its end.

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

internal sealed class BrokerConnection
{
    private const int ReadBytes = 4096;
    private readonly BrokerAccess _broker;
    private readonly Action<string> _failed;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _arrived = new byte[ReadBytes];
    private volatile MqttSessionState _state = MqttSessionState.Connecting;
    private Stream? _stream;
    private Task<int>? _reading;
    private Task? _writing;
    private string? _refusal;
    private int _offset;
    private int _count;
    private int _isReported;

    /// <summary>Begins to connect.</summary>
    /// <param name="broker">Where to.</param>
    /// <param name="failed">Is told why it ended, once, unless <see cref="Close"/> ended it
    /// without a reason.</param>
    public BrokerConnection(BrokerAccess broker, Action<string> failed)
    {
        _broker = broker;
        _failed = failed;
        _ = Task.Run(ConnectAsync);
    }

    /// <summary>Where it stands.</summary>
    public MqttSessionState State => _state;

    /// <summary>Takes what has arrived.</summary>
    /// <returns>How many bytes; 0: none yet; below 0: it is gone.</returns>
    public int Read(Span<byte> buffer)
    {
        if (_count == 0 && _state == MqttSessionState.Connected)
        {
            _offset = 0;
            _reading ??= _stream!.ReadAsync(_arrived).AsTask();
            _count = Ended(_reading) ? _reading.Result : 0;
            bool isEnd = _count == 0 && _reading.IsCompletedSuccessfully;
            _reading = _count > 0 ? null : _reading;
            if (isEnd)
            {
                End("the broker has closed the connection");
            }
        }

        if (_state != MqttSessionState.Connected)
        {
            return -1;
        }

        int count = Math.Min(_count, buffer.Length);
        _arrived.AsSpan(_offset, count).CopyTo(buffer);
        _offset += count;
        _count -= count;
        return count;
    }

    /// <summary>Sends all or, so far, nothing.</summary>
    /// <param name="buffer">The same until it is sent.</param>
    /// <returns>How many bytes are sent; below 0: it is gone.</returns>
    public int Write(ReadOnlyMemory<byte> buffer)
    {
        if (_state != MqttSessionState.Connected)
        {
            return -1;
        }

        _writing ??= _stream!.WriteAsync(buffer).AsTask();
        bool isSent = Ended(_writing);
        _writing = isSent ? null : _writing;
        return isSent ? buffer.Length : _state == MqttSessionState.Connected ? 0 : -1;
    }

    /// <summary>Drops it.</summary>
    /// <param name="reason">Why; null: it was asked for, or is told already.</param>
    public void Close(string? reason)
    {
        if (reason == null)
        {
            _isReported = 1;
        }

        End(reason ?? "");
    }

    // False: it goes on, or it has failed and so has the connection.
    private bool Ended(Task task)
    {
        if (task.IsFaulted)
        {
            End(Reason(task.Exception.InnerException!));
        }

        return task.IsCompletedSuccessfully;
    }

    private void End(string reason)
    {
        if (Interlocked.Exchange(ref _isReported, 1) == 0)
        {
            _failed(reason);
        }

        _state = MqttSessionState.Closed;
        _socket.Dispose();
    }

    private async Task ConnectAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(_broker.AnswerTimeout);
            await _socket.ConnectAsync(_broker.Host, _broker.Port, patience.Token)
                .ConfigureAwait(false);
            _socket.NoDelay = true;
            _stream = new NetworkStream(_socket);
            if (_broker.Authorities != null)
            {
                var secured = new SslStream(_stream);
                await secured.AuthenticateAsClientAsync(
                    Options(_broker.Authorities), patience.Token).ConfigureAwait(false);
                _stream = secured;
            }

            // Unless it was closed meanwhile.
            Interlocked.CompareExchange(
                ref _state, MqttSessionState.Connected, MqttSessionState.Connecting);
        }
        catch (Exception failure)
        {
            // Whatever went wrong, the answer is the same: closed, connect again.
            End(_refusal ?? Reason(failure));
        }
    }

    // TLS 1.2 as on the device: there a refused certificate ends the handshake, with the reason.
    private SslClientAuthenticationOptions Options(X509Certificate2Collection authorities) => new()
    {
        TargetHost = _broker.ServerName ?? _broker.Host,
        EnabledSslProtocols = SslProtocols.Tls12,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        ClientCertificates = _broker.Certificate == null ? null : [_broker.Certificate],
        RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
        {
            _refusal = BrokerCertificate.Refuse(shown, chain, errors, authorities);
            return _refusal == null;
        },
    };

    private static string Reason(Exception failure)
    {
        var reasons = new List<string>();
        for (Exception? cause = failure; cause != null; cause = cause.InnerException)
        {
            if (!reasons.Contains(cause.Message))
            {
                reasons.Add(cause.Message);
            }
        }

        return string.Join(": ", reasons);
    }
}
