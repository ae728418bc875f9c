using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class OutboxTests
{
    [TestMethod]
    public void Messages_go_out_in_order_one_a_step()
    {
        Outbox outbox = new();
        LoopbackSession broker = Connected();
        outbox.Add("a", new byte[] { 1 }, true);
        outbox.AddEvent("b", new byte[] { 2 });
        Step(outbox, broker, 1);
        Assert.AreEqual("a", Topics(broker));
        Step(outbox, broker, 1);
        Assert.AreEqual("ab", Topics(broker));
        Assert.IsTrue(broker.Published(0).Retained);
        Assert.IsFalse(broker.Published(1).Retained);
        Assert.AreEqual(2, (int)broker.Published(1).Payload[0]);
    }

    [TestMethod]
    public void A_message_stays_until_the_broker_has_acknowledged_it()
    {
        Outbox outbox = new();
        LoopbackSession broker = Connected();
        Add(outbox, "abc");
        Step(outbox, broker, 5);
        Assert.AreEqual(3, outbox.Count);
        broker.Acknowledge(broker.Unacknowledged(1));
        Step(outbox, broker, 5);
        Assert.AreEqual(2, outbox.Count);
        Assert.AreEqual("abc", Topics(broker));
        broker.Acknowledge(broker.Unacknowledged(0));
        broker.Acknowledge(broker.Unacknowledged(0));
        Step(outbox, broker, 1);
        Assert.AreEqual(0, outbox.Count);
    }

    [TestMethod]
    public void No_more_than_16_are_under_way()
    {
        Outbox outbox = new();
        LoopbackSession broker = Connected();
        for (int i = 0; i <= Limits.InFlight; i++)
        {
            Add(outbox, i < Limits.InFlight ? "a" : "z");
        }

        Step(outbox, broker, 40);
        Assert.AreEqual(Limits.InFlight, broker.UnacknowledgedCount);
        broker.Acknowledge(broker.Unacknowledged(3));
        Step(outbox, broker, 1);
        Assert.AreEqual(Limits.InFlight, broker.UnacknowledgedCount);
        Assert.AreEqual("z", broker.Published(Limits.InFlight).Topic);
    }

    [TestMethod]
    public void Rewind_sends_again_what_was_not_acknowledged_and_in_order()
    {
        Outbox outbox = new();
        LoopbackSession broker = Connected();
        Add(outbox, "abcd");
        Step(outbox, broker, 3);
        broker.Acknowledge(broker.Unacknowledged(1));
        Step(outbox, broker, 1);
        int late = broker.Unacknowledged(0);
        broker.DropConnection();
        outbox.Rewind();
        broker.BeginConnect("will", new byte[0]);
        broker.ClearPublished();
        Assert.IsFalse(broker.Acknowledge(late));
        Step(outbox, broker, 5);
        Assert.AreEqual("acd", Topics(broker));
        Assert.AreEqual(3, outbox.Count);
    }

    [TestMethod]
    public void Acknowledgements_from_before_a_rewind_count_for_nothing()
    {
        Outbox outbox = new();
        LoopbackSession broker = Connected();
        Add(outbox, "a");
        Step(outbox, broker, 1);
        broker.Acknowledge(broker.Unacknowledged(0));
        outbox.Rewind();
        Step(outbox, broker, 1);
        Assert.AreEqual(1, outbox.Count);
        Assert.AreEqual("aa", Topics(broker));
    }

    [TestMethod]
    public void Acknowledgements_of_others_count_for_nothing()
    {
        Outbox outbox = new();
        LoopbackSession broker = Connected();
        broker.Publish("status", new byte[0], true);
        Add(outbox, "a");
        Step(outbox, broker, 1);
        broker.Acknowledge(broker.Unacknowledged(0));
        Step(outbox, broker, 1);
        Assert.AreEqual(1, outbox.Count);
    }

    [TestMethod]
    public void A_full_outbox_drops_the_oldest_event_for_an_answer()
    {
        Outbox outbox = new();
        Add(outbox, "a");
        outbox.AddEvent("e", new byte[0]);
        outbox.AddEvent("f", new byte[0]);
        Fill(outbox);
        Assert.IsTrue(outbox.HasRoomForCommand);
        Add(outbox, "y");
        Add(outbox, "z");
        Assert.AreEqual(2, outbox.DroppedEvents);
        Assert.IsFalse(outbox.HasRoomForCommand);
        Assert.AreEqual(Limits.Outbox, outbox.Count);
        Assert.AreEqual("a", Drain(outbox).Substring(0, 1));
    }

    [TestMethod]
    public void An_event_is_dropped_where_only_answers_wait()
    {
        Outbox outbox = new();
        Fill(outbox);
        outbox.AddEvent("e", new byte[0]);
        Assert.AreEqual(1, outbox.DroppedEvents);
        Assert.AreEqual(Limits.Outbox, outbox.Count);
        Assert.IsFalse(outbox.Add("z", new byte[0], false));
        Assert.AreEqual(-1, Drain(outbox).IndexOf("e"));
    }

    [TestMethod]
    public void Events_keep_their_order_when_the_oldest_is_dropped()
    {
        Outbox outbox = new();
        for (int i = 0; i < Limits.Outbox; i++)
        {
            outbox.AddEvent(i < 2 ? "e" : "f", new byte[0]);
        }

        outbox.AddEvent("g", new byte[0]);
        outbox.AddEvent("h", new byte[0]);
        string topics = Drain(outbox);
        Assert.AreEqual(-1, topics.IndexOf("e"));
        Assert.AreEqual("gh", topics.Substring(Limits.Outbox - 2));
        Assert.AreEqual(2, outbox.DroppedEvents);
    }

    [TestMethod]
    public void An_event_under_way_is_not_dropped()
    {
        Outbox outbox = new();
        LoopbackSession broker = Connected();
        outbox.AddEvent("e", new byte[0]);
        Step(outbox, broker, 1);
        Fill(outbox);
        Assert.IsFalse(outbox.HasRoomForCommand);
        Assert.IsFalse(outbox.Add("z", new byte[0], false));
        Assert.AreEqual(0, outbox.DroppedEvents);
    }

    private static LoopbackSession Connected()
    {
        LoopbackSession broker = new() { AutoAcknowledge = false };
        broker.BeginConnect("will", new byte[0]);
        return broker;
    }

    // One answer for each letter, which is its topic.
    private static void Add(Outbox outbox, string topics)
    {
        for (int i = 0; i < topics.Length; i++)
        {
            Assert.IsTrue(outbox.Add(topics.Substring(i, 1), new byte[0], false));
        }
    }

    private static void Fill(Outbox outbox)
    {
        while (outbox.Count < Limits.Outbox)
        {
            Add(outbox, "x");
        }
    }

    private static void Step(Outbox outbox, LoopbackSession broker, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            outbox.Step(broker);
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

    private static string Drain(Outbox outbox)
    {
        LoopbackSession broker = new();
        broker.BeginConnect("will", new byte[0]);
        Step(outbox, broker, Limits.Outbox + 1);
        Assert.AreEqual(0, outbox.Count);
        return Topics(broker);
    }
}
