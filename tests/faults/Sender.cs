// The other side of the broker: sends commands until they are answered, as every sender must, and
// keeps what the lock says. FaultRun owns it.

using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Keyway.Tests.Faults;

/// <summary>A client of one lock that connects again whenever it must.</summary>
public sealed class Sender : IAsyncDisposable
{
    private const int ResendMinMs = 250;
    private const int ResendMaxMs = 4000;
    private const int PollMs = 20;
    private static readonly string[] OutTopics =
        ["action_attempts", "answers", "events", "status", "access_codes/state/+"];

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _answers = new();
    private readonly ConcurrentDictionary<string, string> _retained = new();
    private readonly MqttClientOptions _options;
    private readonly string _prefix;
    private readonly Task _connecting;

    /// <summary>Begins to connect.</summary>
    /// <param name="port">Of a broker on this machine.</param>
    /// <param name="deviceId">Whose client it is.</param>
    public Sender(int port, string deviceId)
    {
        _prefix = $"keyway/v1/{deviceId}/";
        _client.ApplicationMessageReceivedAsync += OnMessageAsync;
        _options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port)
            .WithClientId($"sender-{deviceId}")
            .WithCleanSession(false)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .Build();
        _connecting = Task.Run(ConnectAsync);
    }

    /// <summary>How many messages it has sent.</summary>
    public int Sent { get; private set; }

    /// <summary>All answers to an attempt, as they came.</summary>
    public IReadOnlyCollection<string> AnswersTo(string attempt) =>
        _answers.TryGetValue(attempt, out ConcurrentQueue<string>? found) ? found : [];

    /// <summary>What came last on a retained topic; null: nothing.</summary>
    /// <param name="topic">Behind the lock's prefix.</param>
    public string? Last(string topic) => _retained.GetValueOrDefault(topic);

    /// <summary>Sends a command until an answer comes that was not there before; the waits grow, or
    /// a slow line would carry nothing but repetitions.</summary>
    /// <param name="topic">Behind the lock's prefix.</param>
    /// <param name="attempt">Its action_attempt_id.</param>
    /// <param name="payload">The command.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task SendAsync(
        string topic, string attempt, string payload, CancellationToken cancel)
    {
        int before = AnswersTo(attempt).Count;
        int waitMs = ResendMinMs;
        long nextMs = 0;
        while (AnswersTo(attempt).Count == before)
        {
            if (Environment.TickCount64 >= nextMs)
            {
                nextMs = Environment.TickCount64 + waitMs;
                waitMs = Math.Min(2 * waitMs, ResendMaxMs);
                await TryPublishAsync(topic, Encoding.UTF8.GetBytes(payload));
            }

            await Task.Delay(PollMs, cancel);
        }
    }

    /// <summary>Publishes once.</summary>
    /// <param name="topic">Behind the lock's prefix.</param>
    /// <param name="payload">Anything.</param>
    /// <returns>False when the broker did not take it.</returns>
    public async Task<bool> TryPublishAsync(string topic, byte[] payload)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            patience.CancelAfter(TimeSpan.FromSeconds(2));
            Sent++;
            await _client.PublishAsync(new MqttApplicationMessageBuilder()
                .WithTopic(_prefix + topic)
                .WithPayload(payload)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .Build(), patience.Token);
            return true;
        }
        catch (Exception)
        {
            // Not connected, or lost meanwhile: it is sent again.
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _connecting;
        _client.Dispose();
        _ending.Dispose();
    }

    private async Task ConnectAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                if (!_client.IsConnected)
                {
                    await _client.ConnectAsync(_options, _ending.Token);
                    foreach (string topic in OutTopics)
                    {
                        await _client.SubscribeAsync(_prefix + topic,
                            MqttQualityOfServiceLevel.AtLeastOnce, _ending.Token);
                    }
                }

                await Task.Delay(PollMs, _ending.Token);
            }
            catch (Exception)
            {
                await Task.Delay(PollMs, CancellationToken.None);
            }
        }
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs arrived)
    {
        string topic = arrived.ApplicationMessage.Topic[_prefix.Length..];
        string text = arrived.ApplicationMessage.ConvertPayloadToString() ?? "";
        if (topic is "action_attempts" or "answers")
        {
            using JsonDocument answer = JsonDocument.Parse(text);
            string attempt = answer.RootElement.GetProperty("action_attempt_id").GetString()!;
            _answers.GetOrAdd(attempt, _ => new ConcurrentQueue<string>()).Enqueue(text);
        }
        else if (topic != "events")
        {
            _retained[topic] = text;
        }

        return Task.CompletedTask;
    }
}
