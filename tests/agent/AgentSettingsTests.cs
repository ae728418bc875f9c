using System;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class AgentSettingsTests
{
    [TestMethod]
    public void The_id_is_kept_in_lower_case()
    {
        AgentSettings settings = new("D0C0FFEE-0000-4000-8000-000000000009", new byte[32]);
        Assert.AreEqual(TestLock.DeviceId, settings.DeviceId);
    }

    [TestMethod]
    [DataRow("", 32)]
    [DataRow("front door", 32)]
    [DataRow(TestLock.DeviceId, 31)]
    public void An_id_that_is_no_UUID_and_a_short_secret_throw(string deviceId, int secretBytes) =>
        Assert.ThrowsException(typeof(ArgumentException),
            () => new AgentSettings(deviceId, new byte[secretBytes]));
}
