// The gateway's connection to the broker. Inbox takes what comes, Courier sends.

using System.Buffers;
using Microsoft.Data.Sqlite;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>One MQTT 5 session, connected again whenever it is lost.</summary>
/// <remarks>
/// Answers and events come by a shared subscription, so that of several gateways one gets each;
/// what the broker retains comes to all, which changes nothing. A broker without shared
/// subscriptions gives everything to all, and the database tells what is known already.
/// </remarks>
internal sealed class LockLine : BackgroundService
{
    private const string Group = "$share/keyway-gateway/";
    private const string Prefix = "keyway/v1/+/";
    private const int KeepAliveSeconds = 25;
    private const uint SessionSeconds = 24 * 3600;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] Passing = ["action_attempts", "answers", "events"];
    private static readonly string[] Retained = ["status", "access_codes/state/+"];
    private readonly GatewaySettings _settings;
    private readonly Inbox _inbox;
    private readonly ILogger<LockLine> _log;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private bool _wasConnected = true;

    public LockLine(GatewaySettings settings, Inbox inbox, ILogger<LockLine> log)
    {
        _settings = settings;
        _inbox = inbox;
        _log = log;
        _client.ApplicationMessageReceivedAsync += Take;
    }

    /// <summary>True while there is a broker.</summary>
    public bool IsConnected => _client.IsConnected;

    /// <summary>True when the broker gives each answer to one gateway only.</summary>
    public bool IsShared { get; private set; }

    /// <summary>Publishes a command.</summary>
    /// <returns>True once the broker has it.</returns>
    public async Task<bool> PublishAsync(string topic, byte[] payload, CancellationToken stopping)
    {
        try
        {
            MqttClientPublishResult result = await _client.PublishAsync(
                new MqttApplicationMessage
                {
                    Topic = topic,
                    PayloadSegment = payload,
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                }, stopping).WaitAsync(Patience, stopping);
            return result.IsSuccess;
        }
        catch (Exception trouble) when (trouble is MqttCommunicationException
            or InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!_client.IsConnected)
            {
                await ConnectAsync(stopping);
            }

            await Task.Delay(RetryInterval, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancel)
    {
        await base.StopAsync(cancel);
        // The broker may be gone.
        await _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancel)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
    }

    private async Task ConnectAsync(CancellationToken stopping)
    {
        try
        {
            MqttClientConnectResult result = await _client.ConnectAsync(
                _settings.BrokerOptions(KeepAliveSeconds, SessionSeconds), stopping)
                .WaitAsync(Patience, stopping);
            IsShared = result.SharedSubscriptionAvailable;
            var topics = new MqttClientSubscribeOptionsBuilder();
            foreach (string filter in Passing.Select(
                topic => (IsShared ? Group : "") + Prefix + topic)
                .Concat(Retained.Select(topic => Prefix + topic)))
            {
                topics.WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce);
            }

            await _client.SubscribeAsync(topics.Build(), stopping).WaitAsync(Patience, stopping);
            _wasConnected = true;
            _log.LogInformation("broker {Broker}: connected, shared subscriptions: {IsShared}",
                _settings.BrokerName, IsShared);
        }
        catch (Exception trouble) when (trouble is MqttCommunicationException
            or InvalidOperationException or TimeoutException or IOException
            or OperationCanceledException)
        {
            if (_wasConnected && !stopping.IsCancellationRequested)
            {
                _log.LogWarning("broker {Broker}: not reached ({Message}); trying again",
                    _settings.BrokerName, trouble.Message);
                _wasConnected = false;
            }
        }
    }

    // What throws is not acknowledged, and comes again.
    private Task Take(MqttApplicationMessageReceivedEventArgs arrived)
    {
        MqttApplicationMessage message = arrived.ApplicationMessage;
        try
        {
            _inbox.Take(message.Topic, message.Payload.ToArray());
        }
        catch (SqliteException trouble)
        {
            arrived.ProcessingFailed = true;
            _log.LogError("{Topic}: database {Code}", message.Topic, trouble.SqliteErrorCode);
        }

        return Task.CompletedTask;
    }
}
