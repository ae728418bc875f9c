using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Unit;

namespace Keyway.Tests.Host;

[TestClass]
public sealed class HostKeyedHashTests
{
    [TestMethod]
    public void Each_vector_of_RFC_4231_gives_its_mac() =>
        Assert.AreEqual("", HmacVectors.Compare(new HostKeyedHash()));
}
