using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class TopicsTests
{
    [TestMethod]
    public void Topics_are_those_of_the_contract()
    {
        Topics topics = new("d1");
        Assert.AreEqual("keyway/v1/d1/access_codes/create", topics.Create);
        Assert.AreEqual("keyway/v1/d1/action_attempts", topics.ActionAttempts);
        Assert.AreEqual("keyway/v1/d1/access_codes/state/", topics.State);
        Assert.AreEqual("keyway/v1/d1/events", topics.Events);
        Assert.AreEqual("keyway/v1/d1/status", topics.Status);
    }
}
