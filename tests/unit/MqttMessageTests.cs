using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class MqttMessageTests
{
    [TestMethod]
    public void One_object_takes_one_message_after_another()
    {
        byte[] first = new byte[] { 1, 2 };
        byte[] buffer = new byte[] { 9, 9, 3, 9 };
        var message = new MqttMessage("a", first, true);
        Assert.AreEqual(0, message.Offset);
        Assert.AreEqual(2, message.Count);
        Assert.IsTrue(message.Retained);

        message.Set("b", buffer, 2, 1, false);

        Assert.AreEqual("b", message.Topic);
        Assert.AreEqual((byte)3, message.Payload[message.Offset]);
        Assert.AreEqual(1, message.Count);
        Assert.IsFalse(message.Retained);
    }

    [TestMethod]
    public void Headroom_takes_the_longest_header()
    {
        // First byte, four of the length; the topic behind two of its length; the identifier.
        Assert.AreEqual(1 + 4 + 2 + MqttMessage.TopicBytesMax + 2, MqttMessage.HeadroomBytes);
    }
}
