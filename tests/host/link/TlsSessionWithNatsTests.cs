namespace Keyway.Tests.Host;

[TestClass]
[RequiresNats]
public sealed class TlsSessionWithNatsTests : TlsSessionTests
{
    protected override bool KeepsOrder => false;

    protected override async Task<IAsyncDisposable> StartBrokerAsync(int port) =>
        await NatsBroker.StartAsync(port, Shown);
}
