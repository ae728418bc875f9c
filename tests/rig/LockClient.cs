// What stands on the other side of the broker: sends commands to one lock and sees what it
// publishes. The rig, the demo and the end-to-end tests use it.

using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Keyway.Tests.Rig;

/// <summary>One message that a lock has published.</summary>
/// <param name="Topic">Behind the lock's prefix.</param>
/// <param name="Json">The payload.</param>
internal sealed record LockMessage(string Topic, string Json)
{
    /// <summary>The payload as a document.</summary>
    public JsonElement Root => JsonDocument.Parse(Json).RootElement;

    /// <summary>A string member of the payload; empty when it has none.</summary>
    public string Text(string member) =>
        Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(member, out JsonElement found)
            ? found.ToString() : "";
}

/// <summary>An ordinary MQTT client that talks to one lock.</summary>
internal sealed class LockClient : IAsyncDisposable
{
    private static readonly TimeSpan ResendInterval = TimeSpan.FromSeconds(1);
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<LockMessage> _messages = Channel.CreateUnbounded<LockMessage>();
    private readonly HashSet<string> _seenEvents = [];
    private readonly string _prefix;

    private LockClient(string deviceId) => _prefix = $"keyway/v1/{deviceId}/";

    /// <summary>Raised for each message, on the client's thread.</summary>
    public event Action<LockMessage>? Received;

    /// <summary>Connects and subscribes to everything that the lock publishes.</summary>
    public static async Task<LockClient> ConnectAsync(string host, int port, string deviceId,
        string? user = null, string? password = null, MqttClientTlsOptions? tls = null)
    {
        var client = new LockClient(deviceId);
        client._client.ApplicationMessageReceivedAsync += client.OnMessageAsync;
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithTcpServer(host, port)
            .WithClientId($"rig-{Guid.NewGuid():N}")
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithTlsOptions(tls ?? new MqttClientTlsOptions());
        if (user != null)
        {
            options.WithCredentials(user, password);
        }

        await client._client.ConnectAsync(options.Build());
        foreach (string topic in
            (string[])["action_attempts", "events", "status", "access_codes/state/+"])
        {
            await client._client.SubscribeAsync(
                client._prefix + topic, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        return client;
    }

    /// <summary>Publishes a payload as it is.</summary>
    public Task PublishAsync(string topic, byte[] payload, bool retain = false) =>
        _client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic(_prefix + topic)
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag(retain)
            .Build());

    /// <summary>Sends a command until its answer comes, as every sender must.</summary>
    /// <param name="topic">Behind the lock's prefix.</param>
    /// <param name="command">With an action_attempt_id.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The answer.</returns>
    public async Task<LockMessage> SendAsync(
        string topic, Dictionary<string, object> command, CancellationToken cancel)
    {
        byte[] payload = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(command));
        while (true)
        {
            await PublishAsync(topic, payload);
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            soon.CancelAfter(ResendInterval);
            try
            {
                return await WaitAsync(message => message.Topic == "action_attempts"
                    && message.Text("action_attempt_id") == (string)command["action_attempt_id"],
                    soon.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // Not heard: the lock is away, or had no room. The same command again is harmless.
            }
        }
    }

    /// <summary>Waits for a message; those before it are dropped.</summary>
    public async Task<LockMessage> WaitAsync(
        Func<LockMessage, bool> accept, CancellationToken cancel)
    {
        while (true)
        {
            LockMessage message = await _messages.Reader.ReadAsync(cancel);
            if (accept(message))
            {
                return message;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The broker may be gone.
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs arrived)
    {
        var message = new LockMessage(
            arrived.ApplicationMessage.Topic[_prefix.Length..],
            arrived.ApplicationMessage.ConvertPayloadToString());

        // An event may come twice, as everything at QoS 1; its id tells.
        if (message.Topic != "events" || _seenEvents.Add(message.Text("event_id")))
        {
            _messages.Writer.TryWrite(message);
            Received?.Invoke(message);
        }

        return Task.CompletedTask;
    }
}
