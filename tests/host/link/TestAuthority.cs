using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>A site's authority that lives as long as a test, with its files, and what a site does
/// not give out: certificates that have ended, and a list of what was taken back.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keyway-ca-");
    private readonly SiteAuthority _site;
    private readonly CertificateRevocationListBuilder _revoked = new();

    public TestAuthority() => _site = SiteAuthority.Open(_folder.FullName);

    /// <summary>Its own certificate.</summary>
    public string RootFile => Path.Combine(_folder.FullName, SiteAuthority.CertificateFile);

    /// <summary>A broker's certificate for this machine.</summary>
    public IssuedCertificate ForBroker() => Keep(_site.SignServer("localhost"));

    /// <summary>One that ended an hour ago.</summary>
    public IssuedCertificate Expired() =>
        Keep(_site.SignServer("localhost", DateTimeOffset.UtcNow.AddHours(-1)));

    /// <summary>One for another machine.</summary>
    public IssuedCertificate ForOtherHost() => Keep(_site.SignServer("broker.example"));

    /// <summary>A client's certificate; the name becomes its user.</summary>
    public IssuedCertificate ForClient(string name) => Keep(_site.SignClient(name));

    /// <summary>Takes a certificate back.</summary>
    public void Revoke(IssuedCertificate issued)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(
            issued.CertificateFile);
        _revoked.AddEntry(certificate);
    }

    /// <summary>The list of what was taken back.</summary>
    public string WriteRevocationList()
    {
        using X509Certificate2 root = X509Certificate2.CreateFromPemFile(
            RootFile, Path.Combine(_folder.FullName, SiteAuthority.KeyFile));
        return Write("crl.pem", PemEncoding.WriteString("X509 CRL", _revoked.Build(
            root, BigInteger.One, DateTimeOffset.UtcNow.AddDays(1), HashAlgorithmName.SHA256)));
    }

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
        _site.Dispose();
        _folder.Delete(recursive: true);
    }

    private IssuedCertificate Keep((string Certificate, string Key) signed)
    {
        string file = Guid.NewGuid().ToString("N");
        return new IssuedCertificate(
            Write(file + ".pem", signed.Certificate), Write(file + ".key", signed.Key));
    }
}
