// A real lock: commands go through its broker, keys and strike through the stimulator.

using Keyway.Boards.StimulatorProtocol;
using MQTTnet;

namespace Keyway.Tests.Rig;

/// <summary>A lock with power, a network and a stimulator at its keypad.</summary>
internal sealed class WiredBench : ILockBench
{
    private readonly LockClient _client;
    private readonly StimulatorClient _stimulator;
    private readonly List<Sighting> _seen = [];

    private WiredBench(string deviceId, LockClient client, StimulatorClient stimulator)
    {
        DeviceId = deviceId;
        _client = client;
        _stimulator = stimulator;
        client.Received += message =>
            Add(new Sighting(stimulator.Milliseconds, message, false));
        stimulator.StrikeMoved += (atMs, isEnergized) =>
            Add(new Sighting(atMs, null, isEnergized));
    }

    /// <inheritdoc/>
    public string Name => "wired";

    /// <inheritdoc/>
    public string DeviceId { get; }

    /// <inheritdoc/>
    public long Milliseconds => _stimulator.Milliseconds;

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <inheritdoc/>
    public int SeenCount
    {
        get
        {
            lock (_seen)
            {
                return _seen.Count;
            }
        }
    }

    /// <summary>Reaches a lock.</summary>
    /// <param name="deviceId">Its id.</param>
    /// <param name="broker">Its broker.</param>
    /// <param name="tls">Null: without TLS.</param>
    /// <param name="port">The stimulator's serial port.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="IOException">There is no stimulator.</exception>
    public static async Task<ILockBench> OpenAsync(string deviceId, Uri broker,
        MqttClientTlsOptions? tls, string port, CancellationToken cancel)
    {
        StimulatorClient stimulator = await StimulatorClient.OpenAsync(port, cancel);
        try
        {
            await stimulator.DoAsync(
                new Request { Kind = RequestKind.Power, IsOn = true }, cancel);
            await stimulator.DoAsync(new Request { Kind = RequestKind.Door }, cancel);
            LockClient client = await LockClient.ConnectAsync(broker.Host,
                broker.Port > 0 ? broker.Port : tls == null ? 1883 : 8883, deviceId,
                tls: tls);
            return new WiredBench(deviceId, client, stimulator);
        }
        catch
        {
            await stimulator.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Sighting Seen(int index)
    {
        lock (_seen)
        {
            return _seen[index];
        }
    }

    /// <inheritdoc/>
    public Task PassAsync(long ms, CancellationToken cancel) =>
        Task.Delay(TimeSpan.FromMilliseconds(ms), cancel);

    /// <inheritdoc/>
    public Task StepClockAsync(int seconds, CancellationToken cancel) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), cancel);

    /// <inheritdoc/>
    public Task PublishAsync(string topic, byte[] payload) =>
        _client.PublishAsync(topic, payload);

    /// <inheritdoc/>
    public Task<long> PressAsync(char key, int holdMs, CancellationToken cancel) =>
        _stimulator.PressAsync(key, holdMs, cancel);

    /// <inheritdoc/>
    public Task SetDoorAsync(bool isOpen, CancellationToken cancel) => _stimulator.DoAsync(
        new Request { Kind = RequestKind.Door, IsOn = isOpen }, cancel);

    /// <inheritdoc/>
    public Task<long> SetPowerAsync(bool isOn, CancellationToken cancel) => _stimulator.DoAsync(
        new Request { Kind = RequestKind.Power, IsOn = isOn }, cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _stimulator.DisposeAsync();
    }

    private void Add(Sighting sighting)
    {
        lock (_seen)
        {
            _seen.Add(sighting);
        }
    }
}
