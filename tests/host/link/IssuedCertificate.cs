namespace Keyway.Tests.Host;

/// <summary>A certificate and its key, both PEM files.</summary>
internal sealed record IssuedCertificate(string CertificateFile, string KeyFile);
