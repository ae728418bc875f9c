// Stands between one lock and its broker and spoils connections as planned. FaultRun owns it; one
// ProxiedConnection does one connection.

using System.Net;
using System.Net.Sockets;

namespace Keyway.Tests.Faults;

/// <summary>A TCP proxy that knows where MQTT packets begin and end.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly int _brokerPort;
    private readonly Fault[] _faults;
    private readonly FaultCounts _counts;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private volatile bool _isKind;

    /// <summary>Starts to listen.</summary>
    /// <param name="brokerPort">Where the broker is, on 127.0.0.1.</param>
    /// <param name="faults">One a connection, in order; later ones are left alone.</param>
    /// <param name="counts">Counts what has happened.</param>
    public FaultProxy(int brokerPort, Fault[] faults, FaultCounts counts)
    {
        _brokerPort = brokerPort;
        _faults = faults;
        _counts = counts;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>New connections are left alone from now on.</summary>
    public void BeKind() => _isKind = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (int i = 0; ; i++)
            {
                Socket door = await _listener.AcceptSocketAsync(_ending.Token);
                _counts.AddConnection();
                Fault? fault = _isKind || i >= _faults.Length ? null : _faults[i];
                var connection = new ProxiedConnection(door, fault, _counts);
                _connections.Add(connection.RunAsync(_brokerPort, _ending.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException
            or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
