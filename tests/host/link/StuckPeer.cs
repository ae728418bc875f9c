using System.Net;
using System.Net.Sockets;

namespace Keyway.Tests.Host;

/// <summary>One connection to a broker that a test can hold up, byte by byte.</summary>
internal sealed class StuckPeer : IAsyncDisposable
{
    private const int ChunkBytes = 1024;
    private const int HeldMs = 400;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    /// <summary>Listens.</summary>
    /// <param name="brokerPort">Where the broker is, on 127.0.0.1.</param>
    public StuckPeer(int brokerPort)
    {
        _listener.Start();
        _running = Task.Run(() => RunAsync(brokerPort));
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>True: nothing is taken from the session.</summary>
    public bool IsUpStuck { get; set; }

    /// <summary>True: of what the broker sends the last byte comes so much later that it lies alone
    /// on the wire.</summary>
    public bool HoldsLastByte { get; set; }

    /// <summary>How often a byte was held.</summary>
    public int Held { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _running;
        _ending.Dispose();
    }

    private async Task RunAsync(int brokerPort)
    {
        try
        {
            using Socket door = await _listener.AcceptSocketAsync(_ending.Token);
            using var broker = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await broker.ConnectAsync(IPAddress.Loopback, brokerPort, _ending.Token);
            door.NoDelay = true;
            await Task.WhenAny(PumpUpAsync(door, broker), PumpDownAsync(broker, door));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException
            or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PumpUpAsync(Socket door, Socket broker)
    {
        var chunk = new byte[ChunkBytes];
        while (true)
        {
            while (IsUpStuck)
            {
                await Task.Delay(1, _ending.Token);
            }

            int count = await door.ReceiveAsync(chunk, _ending.Token);
            if (count == 0)
            {
                return;
            }

            await broker.SendAsync(chunk.AsMemory(0, count), _ending.Token);
        }
    }

    private async Task PumpDownAsync(Socket broker, Socket door)
    {
        var chunk = new byte[ChunkBytes];
        while (true)
        {
            int count = await broker.ReceiveAsync(chunk, _ending.Token);
            if (count == 0)
            {
                return;
            }

            int first = HoldsLastByte && count > 1 ? count - 1 : count;
            await door.SendAsync(chunk.AsMemory(0, first), _ending.Token);
            if (first < count)
            {
                Held++;
                await Task.Delay(HeldMs, _ending.Token);
                await door.SendAsync(chunk.AsMemory(first, 1), _ending.Token);
            }
        }
    }
}
