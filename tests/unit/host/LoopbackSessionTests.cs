using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class LoopbackSessionTests
{
    [TestMethod]
    public void Connect_is_done_at_once_unless_told_otherwise()
    {
        LoopbackSession session = Connected();
        CheckState(MqttSessionState.Connected, session);
        Assert.AreEqual(1, session.ConnectAttempts);
    }

    [TestMethod]
    public void Connect_takes_as_many_polls_as_set()
    {
        LoopbackSession session = new();
        session.PollsToConnect = 2;
        session.BeginConnect("will", new byte[1]);
        CheckState(MqttSessionState.Connecting, session);
        session.BeginConnect("will", new byte[1]);
        CheckState(MqttSessionState.Connecting, session);
        CheckState(MqttSessionState.Connected, session);
        Assert.AreEqual(1, session.ConnectAttempts);
    }

    [TestMethod]
    public void Refused_connect_ends_closed()
    {
        LoopbackSession session = new();
        session.RefuseConnections = true;
        session.PollsToConnect = 1;
        session.BeginConnect("will", new byte[1]);
        CheckState(MqttSessionState.Connecting, session);
        CheckState(MqttSessionState.Closed, session);
        Assert.AreEqual(0, session.PublishedCount, "a will without a connection");
    }

    [TestMethod]
    public void Publish_reaches_the_broker_and_is_acknowledged()
    {
        LoopbackSession session = Connected();
        byte[] payload = { 1, 2 };
        int ticket = session.Publish("a/b", payload, true);
        Assert.IsTrue(ticket > 0);
        Assert.AreEqual(1, session.PublishedCount);
        Assert.AreEqual("a/b", session.Published(0).Topic);
        Assert.IsTrue(session.Published(0).Retained);
        CollectionAssert.AreEqual(payload, session.Published(0).Payload);
        Assert.IsTrue(session.TryTakeAcknowledged(out int taken));
        Assert.AreEqual(ticket, taken);
        Assert.IsFalse(session.TryTakeAcknowledged(out taken));
    }

    [TestMethod]
    public void Acknowledgement_can_wait()
    {
        LoopbackSession session = Connected();
        session.AutoAcknowledge = false;
        int first = session.Publish("a", new byte[1], false);
        int second = session.Publish("b", new byte[1], false);
        Assert.IsFalse(session.TryTakeAcknowledged(out _));
        Assert.AreEqual(2, session.UnacknowledgedCount);
        Assert.AreEqual(first, session.Unacknowledged(0));
        Assert.IsTrue(session.Acknowledge(second));
        Assert.IsFalse(session.Acknowledge(second));
        Assert.IsTrue(session.TryTakeAcknowledged(out int taken));
        Assert.AreEqual(second, taken);
        Assert.AreEqual(1, session.UnacknowledgedCount);
    }

    [TestMethod]
    public void Publishes_under_way_are_bounded()
    {
        LoopbackSession session = Connected();
        for (int i = 0; i < LoopbackSession.InflightDepth; i++)
        {
            Assert.IsTrue(session.Publish("a", new byte[1], false) > 0);
        }

        Assert.AreEqual(0, session.Publish("a", new byte[1], false));
        session.TryTakeAcknowledged(out _);
        Assert.IsTrue(session.Publish("a", new byte[1], false) > 0);
    }

    [TestMethod]
    public void Dropped_connection_publishes_the_will_and_forgets_what_was_under_way()
    {
        LoopbackSession session = Connected();
        session.AutoAcknowledge = false;
        int ticket = session.Publish("a", new byte[1], false);
        session.DropConnection();
        session.DropConnection();
        CheckState(MqttSessionState.Closed, session);
        Assert.AreEqual(2, session.PublishedCount);
        Assert.AreEqual("will", session.Published(1).Topic);
        Assert.IsTrue(session.Published(1).Retained);
        Assert.IsFalse(session.Acknowledge(ticket));
        Assert.AreEqual(0, session.Publish("a", new byte[1], false));
        Assert.IsFalse(session.Subscribe(new string[] { "a" }));
    }

    [TestMethod]
    public void Delivered_messages_wait_for_the_connection_in_order()
    {
        LoopbackSession session = new();
        Assert.IsTrue(session.Deliver("a", new byte[] { 1 }, false));
        Assert.IsTrue(session.Deliver("b", new byte[] { 2 }, true));
        Assert.IsFalse(session.TryTakeMessage(out MqttMessage message));
        Assert.IsNull(message);
        session.BeginConnect("will", new byte[1]);
        Assert.IsTrue(session.TryTakeMessage(out message));
        Assert.AreEqual("a", message.Topic);
        Assert.IsFalse(message.Retained);
        session.Close();
        Assert.IsFalse(session.TryTakeMessage(out message));
        session.BeginConnect("will", new byte[1]);
        Assert.IsTrue(session.TryTakeMessage(out message));
        Assert.AreEqual("b", message.Topic);
        Assert.IsTrue(message.Retained);
    }

    [TestMethod]
    public void Inbox_is_bounded()
    {
        LoopbackSession session = Connected();
        for (int i = 0; i < LoopbackSession.InboxDepth; i++)
        {
            Assert.IsTrue(session.Deliver("a", new byte[1], false));
        }

        Assert.IsFalse(session.Deliver("a", new byte[1], false));
    }

    [TestMethod]
    public void Subscribe_keeps_the_filters()
    {
        LoopbackSession session = Connected();
        Assert.IsTrue(session.Subscribe(new string[] { "a", "b/#" }));
        Assert.AreEqual("b/#", session.Subscriptions[1]);
    }

    private static LoopbackSession Connected()
    {
        LoopbackSession session = new();
        session.BeginConnect("will", new byte[1]);
        return session;
    }

    private static void CheckState(MqttSessionState expected, LoopbackSession session) =>
        Assert.AreEqual((int)expected, (int)session.State);
}
