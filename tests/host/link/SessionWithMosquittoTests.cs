using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

[TestClass]
[RequiresMosquitto]
public sealed class SessionWithMosquittoTests : SessionTests
{
    protected override async Task<IAsyncDisposable> StartBrokerAsync(int port) =>
        await MosquittoBroker.StartAsync(port);
}
