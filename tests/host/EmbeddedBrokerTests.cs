using System.Globalization;
using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

[TestClass]
public sealed class EmbeddedBrokerTests
{
    [TestMethod]
    public async Task Taken_port_is_named()
    {
        await using EmbeddedBroker first = await EmbeddedBroker.StartAsync();

        IOException thrown = await Assert.ThrowsExactlyAsync<IOException>(
            () => EmbeddedBroker.StartAsync(first.Port));

        StringAssert.Contains(thrown.Message, first.Port.ToString(CultureInfo.InvariantCulture));
    }
}
