// The MQTT session of a board that runs on .NET, over MQTTnet. The agent's one thread calls it; the
// client's tasks behind MqttNetConnection reach that thread only through two bounded queues.

using System.Diagnostics.CodeAnalysis;
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

    private const int KeepAliveSeconds = 25;
    private const int DisposeTimeoutMs = 1000;

    private readonly string _host;
    private readonly int _port;
    private readonly string _clientId;
    private readonly string? _user;
    private readonly string? _password;
    private readonly Channel<MqttMessage> _inbox =
        Channel.CreateBounded<MqttMessage>(InboxDepth);
    private readonly Channel<int> _acknowledged = Channel.CreateBounded<int>(AcknowledgedDepth);
    private MqttNetConnection? _connection;
    private Task _previousEnded = Task.CompletedTask;
    private int _lastTicket;

    /// <summary>Keeps the address; nothing is sent.</summary>
    public MqttNetSession(
        string host, int port, string clientId, string? user = null, string? password = null)
    {
        _host = host;
        _port = port;
        _clientId = clientId;
        _user = user;
        _password = password;
    }

    /// <inheritdoc/>
    public MqttSessionState State => _connection?.State ?? MqttSessionState.Closed;

    /// <inheritdoc/>
    public void BeginConnect(string willTopic, byte[] willPayload)
    {
        if (State != MqttSessionState.Closed)
        {
            return;
        }

        Close();
        _connection = new MqttNetConnection(
            Options(willTopic, willPayload), _inbox.Writer, _previousEnded);
    }

    /// <inheritdoc/>
    public bool Subscribe(string[] topics) =>
        _connection?.TrySend((client, closing) => SubscribeAsync(client, topics, closing))
            ?? false;

    /// <inheritdoc/>
    public int Publish(string topic, byte[] payload, bool retain)
    {
        int ticket = _lastTicket == int.MaxValue ? 1 : _lastTicket + 1;
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            PayloadSegment = payload,
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

    private static async Task SubscribeAsync(
        IMqttClient client, string[] topics, CancellationToken closing)
    {
        var request = new MqttClientSubscribeOptionsBuilder();
        foreach (string topic in topics)
        {
            request.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        MqttClientSubscribeResult result =
            await client.SubscribeAsync(request.Build(), closing)
                .WaitAsync(MqttNetConnection.AnswerTimeout, closing).ConfigureAwait(false);
        if (result.Items.Any(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2))
        {
            // Thrown to the connection, which drops itself: that is what a refusal means.
            throw new UnauthorizedAccessException();
        }
    }

    private async Task PublishAsync(
        IMqttClient client, MqttApplicationMessage message, int ticket, CancellationToken closing)
    {
        await client.PublishAsync(message, closing)
            .WaitAsync(MqttNetConnection.AnswerTimeout, closing).ConfigureAwait(false);
        await _acknowledged.Writer.WriteAsync(ticket, closing).ConfigureAwait(false);
    }

    private MqttClientOptions Options(string willTopic, byte[] willPayload)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithTcpServer(_host, _port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(_clientId)
            .WithCleanSession(false)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(KeepAliveSeconds))
            .WithWillTopic(willTopic)
            .WithWillPayload(willPayload)
            .WithWillRetain()
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (_user != null)
        {
            options.WithCredentials(_user, _password);
        }

        return options.Build();
    }
}
