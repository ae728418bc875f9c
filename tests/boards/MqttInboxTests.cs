using Keyway.Boards.Esp32.M2Mqtt;
using Keyway.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>What the client hands over is bounded in messages and in bytes.</summary>
[TestClass]
public sealed class MqttInboxTests
{
    [TestMethod]
    [DataRow(1, 20, 8)]
    [DataRow(2_048, 20, 4)]
    [DataRow(4_096, 20, 2)]
    [DataRow(4_097, 1, 0)]
    public void It_holds_so_many_and_drops_the_rest(int bytes, int added, int held)
    {
        using Controller controller = new();
        MqttInbox inbox = new();
        for (int i = 0; i < added; i++)
        {
            inbox.Add(new MqttMessage(i.ToString(), new byte[bytes], false));
        }

        for (int i = 0; i < held; i++)
        {
            Assert.IsTrue(inbox.TryTake(out MqttMessage message));
            Assert.AreEqual(i.ToString(), message.Topic);
        }

        Assert.IsFalse(inbox.TryTake(out _));
    }

    [TestMethod]
    public void What_is_taken_makes_room()
    {
        using Controller controller = new();
        MqttInbox inbox = new();
        for (int i = 0; i < 30; i++)
        {
            inbox.Add(new MqttMessage("", new byte[4_096], false));
            inbox.Add(new MqttMessage("", new byte[4_096], false));
            Assert.IsTrue(inbox.TryTake(out _));
            Assert.IsTrue(inbox.TryTake(out _));
        }
    }
}
