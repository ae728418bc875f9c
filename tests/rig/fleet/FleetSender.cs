// Who sends commands to a whole fleet, over one connection as a gateway does. FleetLoad calls it.

using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Keyway.Tests.Rig;

/// <summary>Publishes commands and matches the answers.</summary>
internal sealed class FleetSender : IAsyncDisposable
{
    private const string Prefix = "keyway/v1/";

    /// <summary>A command without an answer is repeated after this.</summary>
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(5);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<bool>> _waiting = new();
    private int _repeats;

    private FleetSender()
    {
    }

    /// <summary>Commands that were published again.</summary>
    public int Repeats => Volatile.Read(ref _repeats);

    /// <summary>Connects, and subscribes to the answers of all locks.</summary>
    public static async Task<FleetSender> ConnectAsync(
        BrokerAddress broker, CancellationToken cancel)
    {
        var sender = new FleetSender();
        sender._client.ApplicationMessageReceivedAsync += sender.OnMessageAsync;
        await sender._client.ConnectAsync(Options(broker, $"fleet-{Guid.NewGuid():N}"), cancel);
        await sender._client.SubscribeAsync(
            $"{Prefix}+/action_attempts", MqttQualityOfServiceLevel.AtLeastOnce, cancel);
        return sender;
    }

    /// <summary>Sends a command until its answer comes.</summary>
    /// <param name="deviceId">To whom.</param>
    /// <param name="order">What.</param>
    /// <param name="patience">Gives up after this.</param>
    /// <param name="cancel">Ends it at once.</param>
    /// <returns>True: done; false: the lock refuses; null: no answer came.</returns>
    public async Task<bool?> SendAsync(
        string deviceId, LockOrder order, TimeSpan patience, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<bool>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[order.AttemptId] = answer;
        long start = Environment.TickCount64;
        TimeSpan wait = patience < RepeatAfter ? patience : RepeatAfter;
        try
        {
            while (true)
            {
                await _client.PublishBinaryAsync($"{Prefix}{deviceId}/{order.Topic}",
                    order.Payload, MqttQualityOfServiceLevel.AtLeastOnce,
                    cancellationToken: cancel);
                try
                {
                    return await answer.Task.WaitAsync(wait, cancel);
                }
                catch (TimeoutException)
                {
                    if (Environment.TickCount64 - start >= patience.TotalMilliseconds)
                    {
                        return null;
                    }

                    Interlocked.Increment(ref _repeats);
                }
            }
        }
        finally
        {
            _waiting.TryRemove(order.AttemptId, out _);
        }
    }

    /// <summary>Makes a broker forget a lock that is gone: its session, and what is retained.
    /// </summary>
    /// <param name="broker">Where the lock was.</param>
    /// <param name="codes">The lock's.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task ForgetAsync(
        BrokerAddress broker, ExpectedCodes codes, CancellationToken cancel)
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(Options(broker, BrokerAddress.ClientId(codes.DeviceId)), cancel);
        foreach (string topic in codes.Codes
            .Select(code => $"access_codes/state/{code.AccessCodeId}").Append("status")
                .Append("locks/state"))
        {
            await client.PublishBinaryAsync($"{Prefix}{codes.DeviceId}/{topic}", [],
                MqttQualityOfServiceLevel.AtLeastOnce, retain: true, cancellationToken: cancel);
        }

        await client.DisconnectAsync(cancellationToken: cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The broker may be gone.
        await _client.TryDisconnectAsync();
        _client.Dispose();
    }

    private static MqttClientOptions Options(BrokerAddress broker, string clientId) =>
        new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Host, broker.Port)
            .WithClientId(clientId)
            .WithCleanSession(true)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .Build();

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs arrived)
    {
        (Guid attempt, bool isSuccess) = Read(arrived.ApplicationMessage.Payload);
        if (_waiting.TryGetValue(attempt, out TaskCompletionSource<bool>? answer))
        {
            answer.TrySetResult(isSuccess);
        }

        return Task.CompletedTask;
    }

    // An echo has no status; it counts as success.
    private static (Guid Attempt, bool IsSuccess) Read(ReadOnlySequence<byte> payload)
    {
        using JsonDocument json = JsonDocument.Parse(payload);
        return (json.RootElement.GetProperty("action_attempt_id").GetGuid(),
            !json.RootElement.TryGetProperty("status", out JsonElement status)
                || status.ValueEquals("success"));
    }
}
