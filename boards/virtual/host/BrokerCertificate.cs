// Whether a broker's certificate is good, and if not, why. MqttNetSession asks in the handshake.

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keyway.Boards.Virtual.Host;

/// <summary>Judges the certificate that a broker shows.</summary>
internal static class BrokerCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Trusts the given authorities and nobody else.</summary>
    /// <param name="shown">What the broker has shown.</param>
    /// <param name="sent">The chain that came with it.</param>
    /// <param name="errors">What TLS found; only the name counts here.</param>
    /// <param name="authorities">Whom to trust.</param>
    /// <returns>Why it is refused; null: it is good.</returns>
    public static string? Refuse(X509Certificate? shown, X509Chain? sent, SslPolicyErrors errors,
        X509Certificate2Collection authorities)
    {
        if (shown == null)
        {
            return "the broker shows no certificate";
        }

        using var certificate = new X509Certificate2(shown);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"the broker's certificate is for another host: {certificate.Subject}";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (X509ChainElement element in sent?.ChainElements.ToArray() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(certificate) ? null
            : "the broker's certificate is refused: "
                + string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
    }
}
