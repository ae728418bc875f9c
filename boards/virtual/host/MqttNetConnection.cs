// One connection of MqttNetSession, from connect to loss; never used again afterwards. It is an
// object of its own so that what an old client still does cannot touch the state of a new one.

using System.Buffers;
using System.Threading.Channels;
using Keyway.Firmware;
using Keyway.Hal;
using MQTTnet;

namespace Keyway.Boards.Virtual.Host;

internal sealed class MqttNetConnection
{
    /// <summary>Waiting publishes and subscribes.</summary>
    private const int OutgoingDepth = 16;

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _closing = new();
    private readonly MqttClientOptions _options;
    private readonly ChannelWriter<MqttMessage> _inbox;
    private readonly Action<string> _failed;
    private readonly Channel<Func<IMqttClient, CancellationToken, Task>> _outgoing =
        Channel.CreateBounded<Func<IMqttClient, CancellationToken, Task>>(OutgoingDepth);
    private volatile MqttSessionState _state = MqttSessionState.Connecting;
    private volatile bool _isReported;

    /// <summary>Begins to connect as soon as the connection before this one has ended.</summary>
    /// <param name="options">How.</param>
    /// <param name="inbox">Gets what arrives.</param>
    /// <param name="failed">Is told why it ended, unless <see cref="Close"/> ended it.</param>
    /// <param name="previous">The end of the connection before.</param>
    public MqttNetConnection(MqttClientOptions options, ChannelWriter<MqttMessage> inbox,
        Action<string> failed, Task previous)
    {
        _options = options;
        _inbox = inbox;
        _failed = failed;
        _client.ApplicationMessageReceivedAsync += PutInInboxAsync;
        _client.DisconnectedAsync += OnLostAsync;
        Ended = Task.Run(() => RunAsync(previous));
    }

    /// <summary>Completes, never with an error, once the client is gone.</summary>
    public Task Ended { get; }

    /// <summary>
    /// Asks the client itself: its event of a loss comes only after the message in hand is done.
    /// </summary>
    public MqttSessionState State =>
        _state == MqttSessionState.Connected && !_client.IsConnected
            ? MqttSessionState.Closed
            : _state;

    /// <summary>True when there is room for something to send.</summary>
    public bool CanSend =>
        State == MqttSessionState.Connected && _outgoing.Reader.Count < OutgoingDepth;

    /// <summary>Queues something to send; false when not connected or the queue is full.</summary>
    /// <param name="send">
    /// Ends when the broker has answered; gets a token that is cancelled on closing. When it
    /// throws, the connection is dropped.
    /// </param>
    public bool TrySend(Func<IMqttClient, CancellationToken, Task> send) =>
        State == MqttSessionState.Connected && _outgoing.Writer.TryWrite(send);

    /// <summary>Drops the connection; returns at once.</summary>
    public void Close()
    {
        _isReported = true;
        _ = _closing.CancelAsync();
    }

    private async Task RunAsync(Task previous)
    {
        try
        {
            await previous.ConfigureAwait(false);
            await ConnectAsync().ConfigureAwait(false);
            await SendInOrderAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Whatever went wrong, the answer is the same: State is Closed, connect again.
            Report(failure);
        }
        finally
        {
            _state = MqttSessionState.Closed;
            await _closing.CancelAsync().ConfigureAwait(false);
            DropClient();
        }
    }

    private async Task ConnectAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        patience.CancelAfter(_options.Timeout);
        MqttClientConnectResult result =
            await _client.ConnectAsync(_options, patience.Token).ConfigureAwait(false);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new UnauthorizedAccessException($"the broker refuses: {result.ResultCode}");
        }

        _state = MqttSessionState.Connected;
    }

    private Task OnLostAsync(MqttClientDisconnectedEventArgs lost)
    {
        if (lost.Exception != null)
        {
            Report(lost.Exception);
        }

        return _closing.CancelAsync();
    }

    /// <summary>The first reason is the cause, what follows are its consequences.</summary>
    private void Report(Exception failure)
    {
        if (_isReported)
        {
            return;
        }

        _isReported = true;
        var reasons = new List<string>();
        for (Exception? cause = failure; cause != null; cause = cause.InnerException)
        {
            if (!reasons.Contains(cause.Message))
            {
                reasons.Add(cause.Message);
            }
        }

        _failed(string.Join(": ", reasons));
    }

    private async Task SendInOrderAsync()
    {
        await foreach (Func<IMqttClient, CancellationToken, Task> send in
            _outgoing.Reader.ReadAllAsync(_closing.Token).ConfigureAwait(false))
        {
            await send(_client, _closing.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the socket without DISCONNECT: the broker publishes the will.</summary>
    private void DropClient()
    {
        try
        {
            _client.Dispose();
        }
        catch (Exception)
        {
            // It was cleaning up after a loss at the same moment, which it does not guard against.
        }
    }

    /// <summary>
    /// Waits while the inbox is full. The client acknowledges only after this returns and hands
    /// over one message at a time, so the broker keeps what does not fit, and sends it again when
    /// the connection is lost meanwhile. Of a payload that is too long so much is kept that it
    /// shows.
    /// </summary>
    private async Task PutInInboxAsync(MqttApplicationMessageReceivedEventArgs arrived)
    {
        MqttApplicationMessage message = arrived.ApplicationMessage;
        await _inbox.WriteAsync(
            new MqttMessage(message.Topic, Bounded(message.Payload), message.Retain),
            _closing.Token).ConfigureAwait(false);
    }

    private static byte[] Bounded(ReadOnlySequence<byte> payload) =>
        payload.Slice(0, Math.Min(payload.Length, Limits.PayloadBytes + 1)).ToArray();
}
