using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Server;

namespace Keyway.Tests.Host;

[TestClass]
public sealed class TlsSessionWithMqttNetTests : TlsSessionTests
{
    protected override async Task<IAsyncDisposable> StartBrokerAsync(int port)
    {
        X509Certificate2 shown =
            X509Certificate2.CreateFromPemFile(Shown.CertificateFile, Shown.KeyFile);
        MqttServer server = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder()
                .WithEncryptedEndpoint()
                .WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
                .WithEncryptedEndpointPort(port)
                .WithEncryptionCertificate(shown)
                .WithEncryptionSslProtocol(SslProtocols.Tls12)
                .WithPersistentSessions()
                .Build());
        await server.StartAsync();
        return new Running(server);
    }

    private sealed class Running(MqttServer server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await server.StopAsync();
            server.Dispose();
        }
    }
}
