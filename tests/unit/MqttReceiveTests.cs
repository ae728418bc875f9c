using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What arrives: messages, one held at a time, and what is no MQTT.</summary>
[TestClass]
public class MqttReceiveTests
{
    private const int KeepAliveMs = 25_000;
    private const int SilenceMs = 35_000;

    [TestMethod]
    public void Message_is_acknowledged_when_it_is_done()
    {
        MqttBoard board = MqttBoard.Open();
        board.ReceiveMessage(5, 3);
        board.ReceiveMessage(6, 1);
        Assert.IsTrue(board.Session.TryTakeMessage(out MqttMessage message));
        CheckPayload(3, message);
        Assert.IsFalse(message.Retained);
        Assert.IsFalse(board.Session.TryTakeMessage(out MqttMessage none));
        Assert.IsNull(none);
        board.Session.Step();
        Assert.AreEqual(0, board.Stream.SentCount);
        Assert.IsFalse(board.Stream.IsRead);

        board.Session.MessageDone();
        board.CheckSent(0x40, 2, 0, 5);
        Assert.IsFalse(board.Session.TryTakeMessage(out none));
        board.Session.Step();
        Assert.IsTrue(board.Session.TryTakeMessage(out message));
        CheckPayload(1, message);
    }

    [TestMethod]
    public void Done_without_a_message_changes_nothing()
    {
        MqttBoard board = MqttBoard.Open();
        board.Session.MessageDone();
        board.Receive(0x32, 6, 0);
        board.Session.MessageDone();
        board.Receive(1, (byte)'t', 0, 7, 9);
        board.Session.MessageDone();
        Assert.AreEqual(0, board.Stream.SentCount);
        Assert.IsTrue(board.Session.TryTakeMessage(out MqttMessage message));
        Assert.AreEqual((byte)9, message.Payload[message.Offset]);
    }

    [TestMethod]
    public void Message_at_QoS_0_is_not_acknowledged()
    {
        MqttBoard board = MqttBoard.Open();
        board.Receive(0x31, 4, 0, 1, (byte)'t', 0);
        Assert.IsTrue(board.Session.TryTakeMessage(out MqttMessage message));
        CheckPayload(1, message);
        Assert.IsTrue(message.Retained);
        board.Session.MessageDone();
        Assert.AreEqual(0, board.Stream.SentCount);
        board.ReceiveMessage(6, 0);
        Assert.IsTrue(board.Session.TryTakeMessage(out message));
        CheckPayload(0, message);
    }

    [TestMethod]
    public void Packets_may_come_byte_by_byte()
    {
        MqttBoard board = MqttBoard.Open();
        board.Stream.Slice = 1;
        board.Publish();
        board.Stream.Arrive(0x40, 2, 0, 1, 0xD0, 0);
        board.ReceiveMessage(5, MqttBoard.PayloadMax);
        for (int i = 0; i < 2 * MqttBoard.PayloadMax; i++)
        {
            board.Session.Step();
        }

        Assert.IsTrue(board.Session.TryTakeAcknowledged(out int ticket));
        Assert.IsTrue(board.Session.TryTakeMessage(out MqttMessage message));
        CheckPayload(MqttBoard.PayloadMax, message);
    }

    [TestMethod]
    public void Longer_payload_is_cut_behind_one_byte_more()
    {
        MqttBoard board = MqttBoard.Open();
        for (int longer = 1; longer < 400; longer += 57)
        {
            board.ReceiveMessage(5, MqttBoard.PayloadMax + longer);
            for (int i = 0; i < 10; i++)
            {
                board.Session.Step();
            }

            Assert.IsTrue(board.Session.TryTakeMessage(out MqttMessage message));
            Assert.AreEqual(MqttBoard.PayloadMax + 1, message.Count);
            Assert.AreEqual((byte)63, message.Payload[message.Offset + 63]);
            Assert.IsTrue(message.Offset + message.Count <= message.Payload.Length);
            board.Session.MessageDone();
            board.CheckSent(0x40, 2, 0, 5);
        }

        board.ReceiveMessage(6, 2);
        Assert.IsTrue(board.Session.TryTakeMessage(out MqttMessage next));
        CheckPayload(2, next);
    }

    [TestMethod]
    public void Longest_packet_is_passed_over_a_few_reads_a_step()
    {
        MqttBoard board = MqttBoard.Open();
        board.Receive(0x32, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, (byte)'t', 0, 9);
        for (int i = 0; i < 100; i++)
        {
            int before = board.Stream.Calls;
            board.Receive(new byte[64]);
            Assert.IsTrue(board.Stream.Calls - before < 40);
        }

        board.CheckState(MqttSessionState.Connected);
        Assert.IsFalse(board.Session.TryTakeMessage(out MqttMessage none));
    }

    [TestMethod]
    public void Message_of_a_lost_connection_is_not_acknowledged()
    {
        MqttBoard board = MqttBoard.Open();
        board.ReceiveMessage(5, 3);
        board.Session.TryTakeMessage(out MqttMessage message);
        board.Session.Close();
        CheckPayload(3, message);

        board.Session.BeginConnect("another", new byte[9]);
        board.CheckState(MqttSessionState.Connecting);
        board.Session.MessageDone();
        Assert.AreEqual(0, board.Stream.SentCount);
    }

    [TestMethod]
    public void Message_that_was_not_taken_is_gone_with_the_connection()
    {
        MqttBoard board = MqttBoard.Open();
        board.ReceiveMessage(5, 3);
        board.Session.Close();
        Assert.IsFalse(board.Session.TryTakeMessage(out MqttMessage none));
        board.Session.BeginConnect("w", new byte[1]);
        board.CheckState(MqttSessionState.Connecting);
    }

    [TestMethod]
    public void End_of_the_stream_closes_behind_what_came_before()
    {
        MqttBoard board = MqttBoard.Open();
        board.Publish();
        board.Stream.HasEnded = true;
        board.Receive(0x40, 2, 0, 1);
        board.CheckState(MqttSessionState.Closed);
        Assert.IsTrue(board.Session.TryTakeAcknowledged(out int ticket));
    }

    [TestMethod]
    public void Ping_keeps_alive_and_silence_closes()
    {
        MqttBoard board = MqttBoard.Open();
        board.Clock.Advance(KeepAliveMs - 1);
        board.Session.Step();
        Assert.AreEqual(0, board.Stream.SentCount);
        board.Clock.Advance(1);
        board.Session.Step();
        board.CheckSent(0xC0, 0);
        board.Receive(0xD0, 0);

        board.Clock.Advance(SilenceMs);
        board.Session.Step();
        board.CheckState(MqttSessionState.Connected);
        board.Clock.Advance(1);
        board.Session.Step();
        board.CheckState(MqttSessionState.Closed);
        Assert.AreEqual("the broker is silent", board.Stream.Reason);
    }

    [TestMethod]
    public void Held_message_is_no_silence()
    {
        MqttBoard board = MqttBoard.Open();
        board.ReceiveMessage(5, 3);
        board.Clock.Advance(2 * SilenceMs);
        board.Session.Step();
        board.CheckSent(0xC0, 0);
        Assert.IsTrue(board.Session.TryTakeMessage(out MqttMessage message));
        CheckPayload(3, message);
        board.Session.MessageDone();
        board.CheckSent(0x40, 2, 0, 5);
        board.Session.Step();
        board.CheckState(MqttSessionState.Connected);
    }

    [TestMethod]
    public void Malformed_packets_close()
    {
        // A length of five bytes; kinds that no broker sends; flags; lengths; a second CONNACK.
        CheckMalformed(0x32, 0x80, 0x80, 0x80, 0x80);
        CheckMalformed(0x00, 0);
        CheckMalformed(0x10, 0);
        CheckMalformed(0x50, 2, 0, 1);
        CheckMalformed(0x62, 2, 0, 1);
        CheckMalformed(0x82, 5, 0, 1, 0, 0, 1);
        CheckMalformed(0xB0, 2, 0, 1);
        CheckMalformed(0xE0, 0);
        CheckMalformed(0xF0, 0);
        CheckMalformed(0x41, 2, 0, 1);
        CheckMalformed(0x40, 1, 0);
        CheckMalformed(0x40, 3, 0, 1, 0);
        CheckMalformed(0xD0, 1, 0);
        CheckMalformed(0x90, 2, 0, 1);
        CheckMalformed(0x20, 2, 0, 0);

        // Messages: QoS 2 and 3, no topic, a topic longer than the packet, no identifier.
        CheckMalformed(0x34, 5, 0, 1, (byte)'t', 0, 1);
        CheckMalformed(0x36, 5, 0, 1, (byte)'t', 0, 1);
        CheckMalformed(0x32, 0);
        CheckMalformed(0x32, 4, 0, 0, 0, 1);
        CheckMalformed(0x32, 5, 0, 4, (byte)'t', 0, 1);
        CheckMalformed(0x32, 4, 0, 1, (byte)'t', 0);
        CheckMalformed(0x30, 1, 0);
    }

    [TestMethod]
    public void Only_a_payload_may_be_longer_than_the_buffer()
    {
        MqttBoard board = MqttBoard.Open();
        board.Receive(0x90, 0xFF, 0x7F);
        board.Receive(new byte[500]);
        board.CheckState(MqttSessionState.Closed);

        board = MqttBoard.Open();
        board.Receive(0x32, 0xFF, 0x7F, 0, MqttMessage.TopicBytesMax + 1);
        board.Receive(new byte[500]);
        board.CheckState(MqttSessionState.Closed);

        // No string is made that is longer than a topic of the lock's.
        board = MqttBoard.Open();
        board.Receive(0x30, MqttMessage.TopicBytesMax + 3, 0, MqttMessage.TopicBytesMax + 1);
        board.Receive(new byte[MqttMessage.TopicBytesMax + 1]);
        board.CheckState(MqttSessionState.Closed);
    }

    private static void CheckMalformed(params byte[] packet)
    {
        MqttBoard board = MqttBoard.Open();
        board.Receive(packet);
        board.CheckState(MqttSessionState.Closed);
        Assert.IsNotNull(board.Stream.Reason);
    }

    private static void CheckPayload(int count, MqttMessage message)
    {
        Assert.AreEqual(count, message.Count);
        for (int i = 0; i < count; i++)
        {
            Assert.AreEqual((byte)i, message.Payload[message.Offset + i]);
        }
    }
}
