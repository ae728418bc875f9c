using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class LinkMuteTests
{
    private const int W25Q32 = 0xEF4016;

    // The jitter may double it, and a step sees the loss.
    private const int LongestFirstWaitMs = 2 * Limits.ReconnectMinMs + 100;

    [TestMethod]
    public void A_broker_that_accepts_and_acknowledges_nothing_is_left()
    {
        TestLock door = new(20, W25Q32);
        door.Broker.AutoAcknowledge = false;
        door.PowerUp();
        while (door.CountOn("/status") == 0)
        {
            door.Step(1);
        }

        door.Pass(Limits.MuteMs - 100);
        Assert.AreEqual((int)MqttSessionState.Connected, (int)door.Broker.State);
        Assert.AreEqual(1, door.CountOn("/status"));
        door.Pass(LongestFirstWaitMs + 1000);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
        Assert.AreEqual("{'online':false}", TestJson.Text(door.Broker.Published(2).Payload));
    }

    [TestMethod]
    public void A_broker_that_turns_mute_is_left_and_nothing_is_lost()
    {
        TestLock door = TestLock.Running();
        door.Broker.AutoAcknowledge = false;
        door.Send(TestLock.Create(1, "1234") + "}");
        Assert.AreEqual(1, door.AnswerCount);
        door.Broker.AutoAcknowledge = true;
        door.Pass(Limits.MuteMs - 100);
        Assert.AreEqual(1, door.Broker.ConnectAttempts);
        door.Pass(LongestFirstWaitMs + 1000);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
        Assert.AreEqual(2, door.AnswerCount);
        door.Settle();
    }

    [TestMethod]
    public void An_event_that_is_not_acknowledged_shows_a_mute_broker_too()
    {
        TestLock door = TestLock.Running();
        door.Broker.AutoAcknowledge = false;
        door.EnterWrong(1);
        Assert.AreEqual(1, door.CountOn("/events"));
        Assert.AreEqual(0, door.CountOn("/status"));
        door.Pass(Limits.MuteMs + LongestFirstWaitMs);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
    }

    [TestMethod]
    public void A_broker_that_was_long_away_has_its_whole_time_again()
    {
        TestLock door = TestLock.Running();
        door.Broker.AutoAcknowledge = false;
        door.EnterWrong(1);
        door.Broker.RefuseConnections = true;
        door.Broker.DropConnection();
        door.Pass(2 * Limits.MuteMs);
        door.Broker.RefuseConnections = false;
        while (door.Broker.State != MqttSessionState.Connected)
        {
            door.Pass(50);
        }

        door.Pass(Limits.MuteMs - 1000);
        Assert.AreEqual((int)MqttSessionState.Connected, (int)door.Broker.State);
    }

    [TestMethod]
    public void A_slow_broker_is_not_mute()
    {
        TestLock door = TestLock.Running();
        door.Broker.AutoAcknowledge = false;
        for (int i = 1; i <= 5; i++)
        {
            door.Send(TestLock.Create(i, "123" + i) + "}");
        }

        while (door.Broker.UnacknowledgedCount > 0)
        {
            door.Pass(Limits.MuteMs - 1000);
            door.Broker.Acknowledge(door.Broker.Unacknowledged(0));
        }

        Assert.AreEqual(1, door.Broker.ConnectAttempts);
        Assert.AreEqual(5, door.AnswerCount);
    }

    [TestMethod]
    public void A_status_every_10_minutes_shows_whether_the_broker_is_there()
    {
        TestLock door = TestLock.Running();
        door.Pass(Limits.StatusMs - 30_000);
        Assert.AreEqual(0, door.CountOn("/status"));
        door.Pass(30_000);
        Assert.AreEqual(1, door.CountOn("/status"));
        door.Broker.AutoAcknowledge = false;
        door.Pass(Limits.StatusMs + Limits.MuteMs + LongestFirstWaitMs);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
    }

    [TestMethod]
    public void What_begins_to_wait_after_a_long_pause_has_its_whole_time()
    {
        TestLock door = TestLock.Running();
        door.Agent.Step();
        door.Clock.Advance(Limits.StatusMs + Limits.MuteMs);
        door.Step(20);
        Assert.AreEqual(1, door.CountOn("/status"));
        Assert.AreEqual(1, door.Broker.ConnectAttempts);
        Assert.AreEqual((int)MqttSessionState.Connected, (int)door.Broker.State);
    }
}
