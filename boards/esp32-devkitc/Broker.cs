using System.Security.Cryptography.X509Certificates;

namespace Keyway.Boards.Esp32DevKitC;

/// <summary>Where the broker is and who the lock is to it.</summary>
public sealed class Broker
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    /// <summary>Describes one broker.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">TCP port; 0: the usual one.</param>
    /// <param name="clientId">The lock's client id, the same after each reboot.</param>
    /// <param name="user">User name; null or empty for none.</param>
    /// <param name="password">Password; null or empty for none.</param>
    /// <param name="authority">Who must have signed the broker's certificate; null: no TLS.</param>
    public Broker(string host, int port, string clientId, string user, string password,
        X509Certificate authority)
    {
        Host = host;
        Port = port != 0 ? port : authority != null ? TlsPort : PlainPort;
        ClientId = clientId;
        User = user;
        Password = password;
        Authority = authority;
    }

    /// <summary>Name or address.</summary>
    public string Host { get; }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>The lock's client id.</summary>
    public string ClientId { get; }

    /// <summary>User name; null or empty for none.</summary>
    public string User { get; }

    /// <summary>Password; null or empty for none.</summary>
    public string Password { get; }

    /// <summary>Who must have signed the broker's certificate; null: no TLS.</summary>
    public X509Certificate Authority { get; }
}
