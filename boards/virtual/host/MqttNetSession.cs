// The MQTT session of a board that runs on .NET, over MQTTnet. The agent's one thread calls it; the
// client's tasks behind MqttNetConnection reach that thread only through two bounded queues.

using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Keyway.Hal;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Keyway.Boards.Virtual.Host;

/// <summary>An <see cref="IMqttSession"/> over TCP: MQTT 3.1.1, persistent session.</summary>
/// <remarks>
/// What had arrived before <see cref="Close"/> can still be taken afterwards: the broker has been
/// told that it arrived and will not send it again.
/// </remarks>
public sealed class MqttNetSession : IMqttSession, IDisposable
{
    private const int InboxDepth = 64;

    /// <summary>Acknowledgements not yet taken; publishing waits while there are as many.</summary>
    private const int AcknowledgedDepth = 16;

    private const int DisposeTimeoutMs = 1000;

    private readonly BrokerAccess _broker;
    private readonly string _clientId;
    private readonly Channel<MqttMessage> _inbox =
        Channel.CreateBounded<MqttMessage>(InboxDepth);
    private readonly Channel<int> _acknowledged = Channel.CreateBounded<int>(AcknowledgedDepth);
    private MqttNetConnection? _connection;
    private Task _previousEnded = Task.CompletedTask;
    private int _lastTicket;

    private string? _refusal;

    /// <summary>Keeps the address; nothing is sent.</summary>
    public MqttNetSession(BrokerAccess broker, string clientId)
    {
        _broker = broker;
        _clientId = clientId;
    }

    /// <summary>The same without user and TLS.</summary>
    public MqttNetSession(string host, int port, string clientId)
        : this(new BrokerAccess(host, port), clientId)
    {
    }

    /// <summary>A connection was refused, could not be made, or was lost: why. Raised on a thread
    /// of the client; never names a password.</summary>
    public event Action<string>? Failed;

    /// <inheritdoc/>
    public MqttSessionState State => _connection?.State ?? MqttSessionState.Closed;

    /// <inheritdoc/>
    public bool CanPublish => _connection?.CanSend ?? false;

    /// <inheritdoc/>
    public void Step()
    {
    }

    /// <inheritdoc/>
    public void BeginConnect(string willTopic, byte[] willPayload)
    {
        if (State != MqttSessionState.Closed)
        {
            return;
        }

        Close();
        _connection = new MqttNetConnection(
            Options(willTopic, willPayload), _inbox.Writer, ReportFailure, _previousEnded);
    }

    /// <inheritdoc/>
    public bool Subscribe(string[] topics) =>
        _connection?.TrySend((client, closing) => SubscribeAsync(client, topics, closing))
            ?? false;

    /// <inheritdoc/>
    public int Publish(string topic, byte[] buffer, int offset, int count, bool retain)
    {
        int ticket = _lastTicket == int.MaxValue ? 1 : _lastTicket + 1;
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = buffer[offset..(offset + count)],
            Retain = retain,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        bool queued = _connection?.TrySend(
            (client, closing) => PublishAsync(client, message, ticket, closing)) ?? false;
        if (!queued)
        {
            return 0;
        }

        _lastTicket = ticket;
        return ticket;
    }

    /// <inheritdoc/>
    public bool TryTakeAcknowledged(out int ticket) => _acknowledged.Reader.TryRead(out ticket);

    /// <inheritdoc/>
    public bool TryTakeMessage([MaybeNullWhen(false)] out MqttMessage message) =>
        _inbox.Reader.TryRead(out message);

    /// <inheritdoc/>
    public void MessageDone()
    {
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (_connection == null)
        {
            return;
        }

        _connection.Close();
        _previousEnded = _connection.Ended;
        _connection = null;
    }

    /// <summary>Closes, and waits a moment until the socket is gone.</summary>
    public void Dispose()
    {
        Close();
        _previousEnded.Wait(DisposeTimeoutMs);
    }

    private async Task SubscribeAsync(
        IMqttClient client, string[] topics, CancellationToken closing)
    {
        var request = new MqttClientSubscribeOptionsBuilder();
        foreach (string topic in topics)
        {
            request.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        MqttClientSubscribeResult result =
            await client.SubscribeAsync(request.Build(), closing)
                .WaitAsync(_broker.AnswerTimeout, closing).ConfigureAwait(false);
        if (result.Items.Any(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2))
        {
            // Thrown to the connection, which drops itself: that is what a refusal means.
            throw new UnauthorizedAccessException("the broker refuses a subscription");
        }
    }

    private async Task PublishAsync(
        IMqttClient client, MqttApplicationMessage message, int ticket, CancellationToken closing)
    {
        await client.PublishAsync(message, closing)
            .WaitAsync(_broker.AnswerTimeout, closing).ConfigureAwait(false);
        await _acknowledged.Writer.WriteAsync(ticket, closing).ConfigureAwait(false);
    }

    private MqttClientOptions Options(string willTopic, byte[] willPayload)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithTcpServer(_broker.Host, _broker.Port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(_clientId)
            .WithCleanSession(false)
            .WithKeepAlivePeriod(_broker.KeepAlive)
            .WithTimeout(_broker.AnswerTimeout)
            .WithWillTopic(willTopic)
            .WithWillPayload(willPayload)
            .WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (_broker.User != null)
        {
            options.WithCredentials(_broker.User, _broker.Password);
        }

        if (_broker.Authorities != null)
        {
            options.WithTlsOptions(tls => Secure(tls, _broker.Authorities));
        }

        return options.Build();
    }

    // TLS 1.2 as on the device: there a refused certificate ends the handshake, with the reason.
    private void Secure(MqttClientTlsOptionsBuilder tls, X509Certificate2Collection authorities)
    {
        tls.UseTls()
            .WithSslProtocols(SslProtocols.Tls12)
            .WithRevocationMode(X509RevocationMode.NoCheck)
            .WithTargetHost(_broker.ServerName ?? _broker.Host)
            .WithCertificateValidationHandler(shown =>
            {
                _refusal = BrokerCertificate.Refuse(
                    shown.Certificate, shown.Chain, shown.SslPolicyErrors, authorities);
                return _refusal == null;
            });
        if (_broker.Certificate != null)
        {
            tls.WithClientCertificates([_broker.Certificate]);
        }
    }

    private void ReportFailure(string reason)
    {
        string? refusal = Interlocked.Exchange(ref _refusal, null);
        Failed?.Invoke(refusal ?? reason);
    }
}
