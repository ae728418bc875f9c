using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keyway.Tests.Host;

/// <summary>A certificate authority that lives as long as a test; its files are PEM.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 12;
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keyway-ca-");
    private readonly X509Certificate2 _root;
    private readonly CertificateRevocationListBuilder _revoked = new();

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            $"CN=Keyway test {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(
            new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
        RootFile = Write("ca.pem", _root.ExportCertificatePem());
    }

    /// <summary>Its own certificate.</summary>
    public string RootFile { get; }

    /// <summary>A broker's certificate for this machine.</summary>
    public IssuedCertificate ForBroker() => Issue("localhost", true, Now.AddDays(1));

    /// <summary>One that ended yesterday.</summary>
    public IssuedCertificate Expired() => Issue("localhost", true, Now.AddDays(-1));

    /// <summary>One for another machine.</summary>
    public IssuedCertificate ForOtherHost() => Issue("broker.example", true, Now.AddDays(1));

    /// <summary>A client's certificate; the name becomes its user.</summary>
    public IssuedCertificate ForClient(string name) => Issue(name, false, Now.AddDays(1));

    /// <summary>Takes a certificate back.</summary>
    public void Revoke(IssuedCertificate issued)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(
            issued.CertificateFile);
        _revoked.AddEntry(certificate);
    }

    /// <summary>The list of what was taken back.</summary>
    public string WriteRevocationList() => Write("crl.pem", PemEncoding.WriteString("X509 CRL",
        _revoked.Build(_root, BigInteger.One, Now.AddDays(1), HashAlgorithmName.SHA256)));

    /// <summary>A file in the folder of the authority.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _root.Dispose();
        _folder.Delete(recursive: true);
    }

    private IssuedCertificate Issue(string name, bool isServer, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(isServer ? ServerAuthentication : ClientAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension
            .CreateFromCertificate(_root, true, false));
        if (isServer)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        using X509Certificate2 certificate = request.Create(
            _root, Now.AddDays(-9), until, RandomNumberGenerator.GetBytes(SerialBytes));
        string file = Guid.NewGuid().ToString("N");
        return new IssuedCertificate(
            Write(file + ".pem", certificate.ExportCertificatePem()),
            Write(file + ".key", key.ExportPkcs8PrivateKeyPem()));
    }
}
