using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>
/// Mosquitto as a site provisions it: TLS, a certificate for each lock, what each may read and
/// write; and a second, plain listener for the gateway, with user and password.
/// </summary>
internal sealed class SecureBroker : IAsyncDisposable
{
    public const string Gateway = "gateway";
    public const string GatewayPassword = "only for this test";

    private readonly MosquittoBroker _broker;
    private readonly TestAuthority _authority;

    private SecureBroker(MosquittoBroker broker, TestAuthority authority, int port, int gatewayPort)
    {
        _broker = broker;
        _authority = authority;
        Port = port;
        GatewayPort = gatewayPort;
    }

    /// <summary>Where locks connect.</summary>
    public int Port { get; }

    /// <summary>Where the gateway connects.</summary>
    public int GatewayPort { get; }

    /// <summary>What it has logged.</summary>
    public string Log => _broker.Log;

    /// <summary>The gateway's way in.</summary>
    public BrokerAccess ForGateway => new("127.0.0.1", GatewayPort)
    {
        User = Gateway,
        Password = GatewayPassword,
    };

    /// <summary>Starts it.</summary>
    /// <param name="authority">Signs its certificate and those of the locks.</param>
    /// <param name="shown">Its own certificate; null: a good one.</param>
    public static async Task<SecureBroker> StartAsync(
        TestAuthority authority, IssuedCertificate? shown = null)
    {
        int port = FreePort.Find();
        int gatewayPort = FreePort.Find();
        shown ??= authority.ForBroker();
        string acl = authority.Write("acl", BrokerFiles.Rules());
        string users = authority.Write(
            "users", MosquittoPassword.Line(Gateway, GatewayPassword) + "\n");
        MosquittoBroker broker = await MosquittoBroker.StartAsync(port, $"""
            max_packet_size {BrokerFiles.PacketMaxBytes}
            allow_anonymous false
            cafile {authority.RootFile}
            certfile {shown.CertificateFile}
            keyfile {shown.KeyFile}
            crlfile {authority.WriteRevocationList()}
            require_certificate true
            use_identity_as_username true
            acl_file {acl}

            listener {gatewayPort} 127.0.0.1
            password_file {users}
            """);
        return new SecureBroker(broker, authority, port, gatewayPort);
    }

    /// <summary>A lock's way in, with a certificate of its own.</summary>
    /// <param name="certificate">Null: without one.</param>
    public BrokerAccess ForLock(IssuedCertificate? certificate) =>
        new BrokerAccess("127.0.0.1", Port) { ServerName = "localhost" }.WithTls(
            _authority.RootFile, certificate?.CertificateFile, certificate?.KeyFile);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _broker.DisposeAsync();
}
