using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

[TestClass]
public sealed class MqttNetSessionWithEmbeddedBrokerTests : SessionTests
{
    protected override async Task<IAsyncDisposable> StartBrokerAsync(int port) =>
        await EmbeddedBroker.StartAsync(port);

    internal override SessionUnderTest NewSession(int port, string clientId) =>
        SessionUnderTest.OverMqttNet(port, clientId);

    [TestMethod]
    public async Task Publish_gives_0_while_nobody_takes_acknowledgements()
    {
        using SessionUnderTest door = await ConnectAsync("door");

        int[] tickets =
            [.. Enumerable.Range(0, ManyMessages).Select(_ => door.PublishEmpty())];

        Assert.AreEqual(0, tickets[^1]);
        Assert.AreEqual(tickets[0], await door.TakeAcknowledgedAsync());
        await Eventually.IsTrueAsync(() => door.PublishEmpty() != 0, "there is room again");
    }
}
