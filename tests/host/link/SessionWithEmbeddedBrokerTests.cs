using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

[TestClass]
public sealed class SessionWithEmbeddedBrokerTests : SessionTests
{
    protected override async Task<IAsyncDisposable> StartBrokerAsync(int port) =>
        await EmbeddedBroker.StartAsync(port);
}
