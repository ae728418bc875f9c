using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

[TestClass]
[RequiresMosquitto]
public sealed class TlsSessionWithMosquittoTests : TlsSessionTests
{
    protected override async Task<IAsyncDisposable> StartBrokerAsync(int port) =>
        await MosquittoBroker.StartAsync(port, $"""
            {MosquittoBroker.Open}
            certfile {Shown.CertificateFile}
            keyfile {Shown.KeyFile}
            """);
}
