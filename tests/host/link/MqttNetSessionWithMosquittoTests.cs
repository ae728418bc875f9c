using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

[TestClass]
[RequiresMosquitto]
public sealed class MqttNetSessionWithMosquittoTests : SessionTests
{
    protected override async Task<IAsyncDisposable> StartBrokerAsync(int port) =>
        await MosquittoBroker.StartAsync(port);

    internal override SessionUnderTest NewSession(int port, string clientId) =>
        SessionUnderTest.OverMqttNet(port, clientId);
}
