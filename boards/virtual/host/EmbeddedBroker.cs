using System.Net;
using System.Net.Sockets;
using MQTTnet.Server;

namespace Keyway.Boards.Virtual.Host;

/// <summary>
/// An MQTT broker inside this process, for a desk without one: only on 127.0.0.1, no passwords,
/// persistent sessions, nothing kept on disk.
/// </summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private EmbeddedBroker(MqttServer server, int port)
    {
        _server = server;
        Port = port;
    }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; }

    /// <summary>Starts a broker.</summary>
    /// <param name="port">1 to 65535; 0: any free one.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmbeddedBroker> StartAsync(int port = 0)
    {
        int chosen = port == 0 ? FreePort.Find() : port;
        MqttServerOptions options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(chosen)
            .WithPersistentSessions()
            .Build();
        MqttServer server = new MqttServerFactory().CreateMqttServer(options);
        try
        {
            await server.StartAsync().ConfigureAwait(false);
        }
        catch (SocketException failure)
        {
            server.Dispose();
            throw new IOException(
                $"no broker on 127.0.0.1:{chosen}: {failure.Message}", failure);
        }

        return new EmbeddedBroker(server, chosen);
    }

    /// <summary>Drops every client and forgets every session.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync().ConfigureAwait(false);
        _server.Dispose();
    }
}
