using System.Security.Cryptography.X509Certificates;

namespace Keyway.Boards.Virtual.Host;

/// <summary>Where a broker is, and how a lock gets in.</summary>
/// <remarks>The caller disposes the certificates.</remarks>
/// <param name="Host">Its name or address; the name is resolved at each connect.</param>
/// <param name="Port">Its port.</param>
public sealed record BrokerAccess(string Host, int Port)
{
    /// <summary>The user; null: none.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>Who may have signed the broker's certificate; null: no TLS. No other authority is
    /// trusted.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The lock's own certificate, with its key; null: none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The name that the broker's certificate must have; null: <see cref="Host"/>.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary>The keep-alive.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long the broker may take to answer anything that is sent.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same with TLS, from PEM files.</summary>
    /// <param name="authorities">Certificates of the authorities.</param>
    /// <param name="certificate">The lock's own; null: none.</param>
    /// <param name="key">The key to it.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file is no PEM, or
    /// the key does not fit.</exception>
    public BrokerAccess WithTls(string authorities, string? certificate = null, string? key = null)
    {
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPemFile(authorities);
        return this with
        {
            Authorities = trusted,
            Certificate = certificate == null
                ? null : X509Certificate2.CreateFromPemFile(certificate, key),
        };
    }
}
