using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What is connected, subscribed and published, byte by byte.</summary>
[TestClass]
public class MqttSessionTests
{
    [TestMethod]
    public void Connect_has_the_will_and_no_clean_session()
    {
        MqttBoard board = new MqttBoard(null, null);
        board.CheckState(MqttSessionState.Connecting);
        board.Session.Step();
        Assert.AreEqual(0, board.Stream.SentCount);

        board.Stream.State = MqttSessionState.Connected;
        board.Session.Step();

        board.CheckSent(0x10, 21, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 0x2C, 0, 25,
            0, 2, (byte)'m', (byte)'e', 0, 1, (byte)'w', 0, 2, 7, 8);
        board.CheckState(MqttSessionState.Connecting);
        board.Receive(0x20, 2, 1, 0);
        board.CheckState(MqttSessionState.Connected);
    }

    [TestMethod]
    public void Connect_has_user_and_password()
    {
        MqttBoard board = new MqttBoard("u", "p");
        board.Stream.State = MqttSessionState.Connected;
        board.Session.Step();
        board.CheckSent(0x10, 27, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 0xEC, 0, 25,
            0, 2, (byte)'m', (byte)'e', 0, 1, (byte)'w', 0, 2, 7, 8, 0, 1, (byte)'u', 0, 1,
            (byte)'p');
    }

    [TestMethod]
    public void Refused_connect_closes_and_says_the_code()
    {
        MqttBoard board = new MqttBoard(null, null);
        board.Stream.State = MqttSessionState.Connected;
        board.Session.Step();
        board.Receive(0x20, 2, 0, 5);
        board.CheckState(MqttSessionState.Closed);
        Assert.AreEqual("the broker refuses: return code 5", board.Stream.Reason);
    }

    [TestMethod]
    public void Stream_that_does_not_open_closes()
    {
        MqttBoard board = new MqttBoard(null, null);
        board.Stream.State = MqttSessionState.Closed;
        board.Session.Step();
        board.CheckState(MqttSessionState.Closed);
    }

    [TestMethod]
    public void Subscribe_asks_for_QoS_1_before_anything_is_read()
    {
        MqttBoard board = MqttBoard.Greeted();
        board.ReceiveMessage(1, 1);
        Assert.IsFalse(board.Session.TryTakeMessage(out MqttMessage none));

        Assert.IsTrue(board.Session.Subscribe(new string[] { "a", "bc" }));
        board.CheckSent(0x82, 11, 0xFF, 0xFF, 0, 1, (byte)'a', 1, 0, 2, (byte)'b', (byte)'c', 1);
        Assert.IsFalse(board.Session.Subscribe(new string[] { "d" }));
        board.Session.Step();
        Assert.IsTrue(board.Session.TryTakeMessage(out MqttMessage message));
        Assert.AreEqual("t", message.Topic);
    }

    [TestMethod]
    public void Refused_subscription_closes()
    {
        MqttBoard board = MqttBoard.Greeted();
        board.Session.Subscribe(new string[] { "a", "b" });
        board.Receive(0x90, 4, 0xFF, 0xFF, 1, 0x80);
        board.CheckState(MqttSessionState.Closed);
        Assert.AreEqual("the broker refuses: return code 128", board.Stream.Reason);
    }

    [TestMethod]
    public void Publish_writes_its_header_before_the_payload()
    {
        MqttBoard board = MqttBoard.Open();
        byte[] buffer = new byte[MqttMessage.HeadroomBytes + 200];
        buffer[MqttMessage.HeadroomBytes] = 42;

        int ticket = board.Session.Publish("é", buffer, MqttMessage.HeadroomBytes, 200, true);

        Assert.AreEqual(1, ticket);
        Assert.AreEqual(3 + 2 + 2 + 2 + 200, board.Stream.SentCount);
        byte[] header = new byte[] { 0x33, 206 & 0x7F | 0x80, 1, 0, 2, 0xC3, 0xA9, 0, 1, 42 };
        for (int i = 0; i < header.Length; i++)
        {
            Assert.AreEqual(header[i], board.Stream.Sent(i));
        }
    }

    [TestMethod]
    public void Longest_topic_fits_the_headroom()
    {
        MqttBoard board = MqttBoard.Open();
        string topic = new string('a', MqttMessage.TopicBytesMax);
        byte[] buffer = new byte[MqttMessage.HeadroomBytes];
        Assert.AreEqual(
            1, board.Session.Publish(topic, buffer, MqttMessage.HeadroomBytes, 0, false));
        Assert.AreEqual(2 + 2 + MqttMessage.TopicBytesMax + 2, board.Stream.SentCount);
    }

    [TestMethod]
    public void Acknowledgements_come_in_the_order_of_the_tickets()
    {
        MqttBoard board = MqttBoard.Open();
        Assert.AreEqual(1, board.Publish());
        Assert.AreEqual(2, board.Publish());
        Assert.AreEqual(3, board.Publish());

        board.Receive(0x40, 2, 0, 2);
        board.Receive(0x40, 2, 0, 9);
        Assert.IsFalse(board.Session.TryTakeAcknowledged(out int none));
        board.Receive(0x40, 2, 0, 1);

        CheckAcknowledged(board, 1);
        CheckAcknowledged(board, 2);
        Assert.IsFalse(board.Session.TryTakeAcknowledged(out none));
        Assert.AreEqual(0, none);
    }

    [TestMethod]
    public void What_is_acknowledged_can_be_taken_after_the_loss()
    {
        MqttBoard board = MqttBoard.Open();
        board.Publish();
        board.Publish();
        board.Receive(0x40, 2, 0, 1);
        board.Session.Close();
        CheckAcknowledged(board, 1);
        Assert.IsFalse(board.Session.TryTakeAcknowledged(out int none));
        Assert.AreEqual(0, board.Publish());
    }

    [TestMethod]
    public void Tickets_come_round_and_never_wait()
    {
        MqttBoard board = MqttBoard.Open();
        for (int i = 1; i < 0xFFFF; i++)
        {
            Assert.AreEqual(i, board.Publish());
            board.Stream.ForgetSent();
            board.Stream.Room = 99;
        }

        Assert.IsFalse(board.Session.CanPublish);
        board.Receive(0x40, 2, 0, 1);
        Assert.AreEqual(0, board.Publish());
        CheckAcknowledged(board, 1);
        Assert.AreEqual(1, board.Publish());
    }

    [TestMethod]
    public void Full_window_lends_the_buffer_until_the_rest_is_sent()
    {
        MqttBoard board = MqttBoard.Open();
        board.Stream.Room = 4;
        int ticket = board.Publish(1, 2, 3);
        Assert.AreEqual(1, ticket);
        Assert.IsFalse(board.Session.CanPublish);
        Assert.AreEqual(0, board.Publish());

        // Reading goes on meanwhile, and the acknowledgement waits for its turn.
        board.ReceiveMessage(5, 1);
        board.Session.TryTakeMessage(out MqttMessage message);
        board.Session.MessageDone();
        Assert.AreEqual(4, board.Stream.SentCount);

        board.Stream.Room = 99;
        board.Session.Step();
        board.CheckSent(0x32, 8, 0, 1, (byte)'t', 0, 1, 1, 2, 3, 0x40, 2, 0, 5);
        Assert.IsTrue(board.Session.CanPublish);
    }

    [TestMethod]
    public void Nothing_to_do_asks_the_stream_once()
    {
        MqttBoard board = MqttBoard.Open();
        int before = board.Stream.Calls;
        board.Session.Step();
        Assert.AreEqual(before + 1, board.Stream.Calls);
    }

    private static void CheckAcknowledged(MqttBoard board, int expected)
    {
        Assert.IsTrue(board.Session.TryTakeAcknowledged(out int ticket));
        Assert.AreEqual(expected, ticket);
    }
}
