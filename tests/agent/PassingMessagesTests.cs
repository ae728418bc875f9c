using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class PassingMessagesTests
{
    [TestMethod]
    public void Messages_go_out_in_order_as_they_were_given()
    {
        PassingMessages messages = new();
        LoopbackSession broker = Connected();
        messages.AddState("a", new byte[] { 7 });
        messages.Add("b", new byte[] { 2 });
        Assert.AreEqual(7, (int)messages.NextState[0]);
        Assert.AreEqual(1, messages.Send(broker, new byte[] { 1 }));
        Assert.IsNull(messages.NextState);
        Assert.AreEqual(2, messages.Send(broker));
        Assert.AreEqual(0, messages.Send(broker));
        Assert.AreEqual("ab", Topics(broker));
        Assert.IsTrue(broker.Published(0).Retained);
        Assert.IsFalse(broker.Published(1).Retained);
        Assert.AreEqual(1, (int)broker.Published(0).Payload[0]);
        Assert.AreEqual(2, (int)broker.Published(1).Payload[0]);
        Assert.AreEqual(2, messages.Count);
    }

    [TestMethod]
    public void A_message_stays_until_it_is_acknowledged_in_any_order()
    {
        PassingMessages messages = Filled("abcd");
        LoopbackSession broker = Connected();
        Send(messages, broker, 3);
        messages.Acknowledge(2);
        Assert.AreEqual(3, messages.Count);
        messages.Rewind();
        Send(messages, broker, 9);
        Assert.AreEqual("abcacd", Topics(broker));
        messages.Acknowledge(5);
        messages.Acknowledge(4);
        messages.Acknowledge(6);
        Assert.AreEqual(0, messages.Count);
    }

    [TestMethod]
    public void A_payload_is_cleared_once_it_is_acknowledged_and_not_before()
    {
        PassingMessages messages = new();
        LoopbackSession broker = Connected();
        byte[] payload = { 1, 2 };
        messages.Add("a", payload);
        messages.Send(broker);
        messages.Rewind();
        messages.Send(broker);
        Assert.AreEqual(2, (int)payload[1]);
        messages.Acknowledge(2);
        CollectionAssert.AreEqual(new byte[2], payload);
        Assert.AreEqual(2, (int)broker.Published(1).Payload[1]);
    }

    [TestMethod]
    public void Acknowledgements_of_others_and_from_before_a_rewind_count_for_nothing()
    {
        PassingMessages messages = Filled("ab");
        LoopbackSession broker = Connected();
        Send(messages, broker, 1);
        messages.Acknowledge(0);
        messages.Acknowledge(7);
        messages.Rewind();
        messages.Acknowledge(1);
        Assert.AreEqual(2, messages.Count);
    }

    [TestMethod]
    public void A_session_that_takes_nothing_gets_the_same_message_again()
    {
        PassingMessages messages = Filled("ab");
        LoopbackSession broker = Connected();
        broker.DropConnection();
        broker.ClearPublished();
        Assert.AreEqual(0, messages.Send(broker));
        broker.BeginConnect("will", new byte[0]);
        Assert.AreEqual(1, messages.Send(broker));
        Assert.AreEqual("a", Topics(broker));
    }

    [TestMethod]
    public void There_is_room_while_what_one_command_needs_fits()
    {
        PassingMessages messages = new();
        for (int i = 0; i < Limits.PassingMessages; i++)
        {
            Assert.IsTrue(messages.HasRoom);
            messages.Add("a", new byte[0]);
        }

        Assert.IsFalse(messages.HasRoom);
        messages.Add("a", new byte[0]);
        messages.Add("z", new byte[0]);
        Assert.AreEqual(Limits.PassingMessages, messages.Count);
        LoopbackSession broker = Connected();
        Send(messages, broker, Limits.PassingMessages + 1);
        Assert.AreEqual(-1, Topics(broker).IndexOf("z"), "one too many is dropped");
        Assert.IsNull(messages.NextState, "all have been sent");
        for (int ticket = Limits.PassingMessages; ticket > 0; ticket--)
        {
            messages.Acknowledge(ticket);
            Assert.AreEqual(ticket - 1, messages.Count);
        }
    }

    private static PassingMessages Filled(string topics)
    {
        PassingMessages messages = new();
        for (int i = 0; i < topics.Length; i++)
        {
            messages.Add(topics.Substring(i, 1), new byte[0]);
        }

        return messages;
    }

    private static LoopbackSession Connected()
    {
        LoopbackSession broker = new() { AutoAcknowledge = false };
        broker.BeginConnect("will", new byte[0]);
        return broker;
    }

    private static void Send(PassingMessages messages, LoopbackSession broker, int times)
    {
        for (int i = 0; i < times; i++)
        {
            messages.Send(broker);
        }
    }

    private static string Topics(LoopbackSession broker)
    {
        string topics = "";
        for (int i = 0; i < broker.PublishedCount; i++)
        {
            topics += broker.Published(i).Topic;
        }

        return topics;
    }
}
