// The certificate authority of a site: signs what its broker, its gateway and its locks show each
// other. Provisioning calls it.

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keyway.Tests.Rig;

/// <summary>Makes and keeps <c>ca.crt</c> and <c>ca.key</c>, and signs with them.</summary>
/// <remarks>ECDSA on P-256 with SHA-256 (FIPS 186-5); mbedTLS on the lock takes it too.</remarks>
internal sealed class SiteAuthority : IDisposable
{
    /// <summary>Its certificate in its folder.</summary>
    public const string CertificateFile = "ca.crt";

    /// <summary>Its key there.</summary>
    public const string KeyFile = "ca.key";

    private const int AuthorityYears = 30;
    private const int LeafYears = 10;
    private const int SerialBytes = 16;
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private readonly X509Certificate2 _certificate;

    private SiteAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The authority's certificate, PEM.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>Loads the authority of a folder; makes it when the folder has none.</summary>
    /// <exception cref="IOException">One of its two files is missing or damaged.</exception>
    public static SiteAuthority Open(string folder)
    {
        string certificate = Path.Combine(folder, CertificateFile);
        string key = Path.Combine(folder, KeyFile);
        if (!File.Exists(certificate) && !File.Exists(key))
        {
            SiteAuthority made = Make();
            SecretFile.Write(
                key, made._certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            File.WriteAllText(certificate, made.CertificatePem);
            return made;
        }

        try
        {
            return new SiteAuthority(X509Certificate2.CreateFromPemFile(certificate, key));
        }
        catch (CryptographicException damage)
        {
            throw new IOException(
                $"{folder}: {CertificateFile} and {KeyFile} do not belong together "
                + $"({damage.Message})", damage);
        }
    }

    /// <summary>Signs for a broker.</summary>
    /// <param name="host">Its name or address, as the locks have it.</param>
    /// <param name="until">When it ends; null: in ten years.</param>
    public (string Certificate, string Key) SignServer(string host, DateTimeOffset? until = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        return Sign(host, ServerUse, names.Build(), until);
    }

    /// <summary>Signs for a client of the broker.</summary>
    /// <param name="name">Becomes its user name there.</param>
    public (string Certificate, string Key) SignClient(string name) => Sign(name, ClientUse);

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    private static SiteAuthority Make()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Keyway site", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(
            new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new SiteAuthority(
            request.CreateSelfSigned(Yesterday, Yesterday.AddYears(AuthorityYears)));
    }

    // A clock that is a little behind still finds the certificate valid.
    private static DateTimeOffset Yesterday => DateTimeOffset.UtcNow.AddDays(-1);

    private (string Certificate, string Key) Sign(
        string name, string use, X509Extension? names = null, DateTimeOffset? until = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        if (names != null)
        {
            request.CertificateExtensions.Add(names);
        }

        using X509Certificate2 signed = request.Create(
            _certificate, Yesterday, until ?? Yesterday.AddYears(LeafYears),
            RandomNumberGenerator.GetBytes(SerialBytes));
        return (signed.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
