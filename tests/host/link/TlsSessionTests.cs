using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

/// <summary>The same with TLS; each kind of broker has a class that inherits these tests.</summary>
public abstract class TlsSessionTests : SessionTests
{
    private readonly TestAuthority _authority = new();
    private IssuedCertificate? _shown;

    [TestCleanup]
    public void Clean() => _authority.Dispose();

    private protected IssuedCertificate Shown => _shown ??= _authority.ForBroker();

    internal override SessionUnderTest NewSession(int port, string clientId) => new(
        new BrokerAccess("127.0.0.1", port) { ServerName = "localhost" }
            .WithTls(_authority.RootFile),
        clientId);
}
