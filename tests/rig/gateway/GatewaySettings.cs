using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>What one gateway is told at its start.</summary>
internal sealed record GatewaySettings
{
    /// <summary>The port when nothing else is said.</summary>
    public const ushort DefaultPort = 4747;

    /// <summary>The folder with database and key ring; several gateways may share it.</summary>
    public required string Data { get; init; }

    /// <summary>The broker's name or address.</summary>
    public required string BrokerHost { get; init; }

    public required int BrokerPort { get; init; }

    /// <summary>A folder with <c>ca.crt</c> and the gateway's certificate and key, as provisioning
    /// makes it: the broker is reached with mutual TLS. Null: without.</summary>
    public string? BrokerTls { get; init; }

    /// <summary>The name in that certificate, and of its files.</summary>
    public string BrokerUser { get; init; } = BrokerFiles.Gateways[0];

    /// <summary>Where HTTP is served.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The port of HTTP; 0 takes a free one.</summary>
    public ushort Port { get; init; } = DefaultPort;

    /// <summary>The certificate of HTTPS, PEM; needed to listen on more than loopback.</summary>
    public string? Certificate { get; init; }

    /// <summary>Its key, PEM.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Names under which clients reach it, besides the address that it listens on.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>An API key that exists, for a gateway that others can reach; null: one is made for
    /// a new folder.</summary>
    public string? ApiKey { get; init; }

    /// <summary>A console of its lock, served beside the API; null: none.</summary>
    public RigConsole? Console { get; init; }

    /// <summary>Logs warnings only.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>The broker, for people.</summary>
    public string BrokerName => $"{BrokerHost}:{BrokerPort}";

    /// <summary>Refuses what would be open to strangers.</summary>
    /// <exception cref="ArgumentException">With what to do.</exception>
    public void Check()
    {
        if (IPAddress.IsLoopback(Listen))
        {
            return;
        }

        if (Certificate == null || CertificateKey == null)
        {
            throw new ArgumentException($"--http-listen {Listen}: others can reach it, so it needs "
                + "--http-certificate and --http-key");
        }

        if (ApiKey == null)
        {
            throw new ArgumentException($"--http-listen {Listen}: others can reach it, so it needs "
                + "--api-key-file; `rig credential` makes one");
        }
    }

    /// <summary>What a request's Host may say.</summary>
    public string[] AllowedHosts() => IPAddress.IsLoopback(Listen)
        ? ["localhost", "127.0.0.1", "[::1]", .. HostNames]
        : [Listen.ToString(), .. HostNames];

    /// <summary>How the broker is reached: MQTT 5, a session that outlives a restart.</summary>
    public MqttClientOptions BrokerOptions(int keepAliveSeconds, uint sessionSeconds)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithTcpServer(BrokerHost, BrokerPort)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(ClientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval(sessionSeconds)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(keepAliveSeconds));
        if (BrokerTls != null)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(Path.Combine(BrokerTls, "ca.crt"));
            var own = X509Certificate2.CreateFromPemFile(
                Path.Combine(BrokerTls, BrokerUser + ".crt"),
                Path.Combine(BrokerTls, BrokerUser + ".key"));
            options.WithTlsOptions(tls => tls.UseTls()
                .WithTrustChain(trusted)
                .WithClientCertificates([own])
                .WithTargetHost(BrokerHost)
                .WithRevocationMode(X509RevocationMode.NoCheck));
        }

        return options.Build();
    }

    // The same after a restart, another for each gateway of a folder.
    private string ClientId => "keyway-gateway-" + Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{Path.GetFullPath(Data)} {Listen}:{Port}")))[..12];
}
