using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class LinkConnectTests
{
    private const int W25Q32 = 0xEF4016;

    // The jitter may double it, and a step sees the loss.
    private const int LongestFirstWaitMs = 2 * Limits.ReconnectMinMs + 100;

    [TestMethod]
    public void Connecting_again_waits_longer_each_time_up_to_5_minutes()
    {
        TestLock door = TestLock.Running();
        door.Broker.RefuseConnections = true;
        door.Broker.DropConnection();
        door.Step(1);
        int shortestMs = Limits.ReconnectMinMs;
        for (int attempt = 2; attempt < 13; attempt++)
        {
            int waitedMs = WaitForConnect(door);
            Assert.AreEqual(attempt, door.Broker.ConnectAttempts);
            Assert.IsTrue(waitedMs >= shortestMs);
            Assert.IsTrue(waitedMs <= 2 * shortestMs + 1);
            shortestMs = 2 * shortestMs < Limits.ReconnectMaxMs / 2
                ? 2 * shortestMs : Limits.ReconnectMaxMs / 2;
        }

        Assert.AreEqual(Limits.ReconnectMaxMs / 2, shortestMs);
    }

    [TestMethod]
    public void A_connection_that_proved_itself_makes_the_wait_short_again()
    {
        TestLock door = TestLock.Running();
        door.Broker.RefuseConnections = true;
        door.Broker.DropConnection();
        door.Pass(60_000);
        door.Broker.RefuseConnections = false;
        door.Pass(60_000);
        Assert.IsTrue(door.Agent.IsSettled);
        door.Broker.DropConnection();
        door.Step(1);
        Assert.IsTrue(WaitForConnect(door) <= 2 * Limits.ReconnectMinMs);
    }

    [TestMethod]
    public void A_connection_whose_birth_is_not_acknowledged_lets_the_wait_grow()
    {
        TestLock door = TestLock.Running();
        door.Broker.AutoAcknowledge = false;
        int waitedMs = 0;
        for (int i = 0; i < 5; i++)
        {
            door.Broker.DropConnection();
            door.Step(1);
            waitedMs = WaitForConnect(door);
            Assert.AreEqual((int)MqttSessionState.Connected, (int)door.Broker.State);
            door.Step(5);
        }

        Assert.IsTrue(waitedMs >= 16 * Limits.ReconnectMinMs);
    }

    [TestMethod]
    public void With_TLS_no_connect_begins_before_the_time_is_known()
    {
        TestLock door = new(20, W25Q32);
        door.Settings.NeedsClockToConnect = true;
        door.Clock.ForgetUtc();
        door.PowerUp();
        door.Pass(60_000);
        Assert.AreEqual(0, door.Broker.ConnectAttempts);
        door.Clock.SetUtc(TestLock.Utc);
        door.Step(1);
        Assert.AreEqual(1, door.Broker.ConnectAttempts);
    }

    [TestMethod]
    public void Without_TLS_the_time_need_not_be_known()
    {
        TestLock door = new(20, W25Q32);
        door.Clock.ForgetUtc();
        door.PowerUp();
        door.Step(1);
        Assert.AreEqual(1, door.Broker.ConnectAttempts);
    }

    [TestMethod]
    public void A_connect_that_does_not_end_is_dropped_after_a_minute()
    {
        TestLock door = new(20, W25Q32);
        door.Broker.PollsToConnect = int.MaxValue;
        door.PowerUp();
        door.Step(1);
        door.Pass(Limits.ConnectMs);
        Assert.AreEqual(1, door.Broker.ConnectAttempts);
        door.Pass(LongestFirstWaitMs);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
    }

    [TestMethod]
    public void A_connect_has_its_minute_also_long_after_the_start()
    {
        TestLock door = TestLock.Running();
        door.Pass(2 * Limits.ConnectMs);
        door.Broker.PollsToConnect = int.MaxValue;
        door.Broker.DropConnection();
        door.Step(1);
        WaitForConnect(door);
        door.Pass(Limits.ConnectMs - 1000);
        Assert.AreEqual((int)MqttSessionState.Connecting, (int)door.Broker.State);
    }

    [TestMethod]
    public void No_connect_begins_near_a_key_or_while_the_strike_is_energized()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1234") + "}");
        door.Broker.DropConnection();
        int attempts = door.Broker.ConnectAttempts;
        door.Type("1234#");
        Assert.IsTrue(door.IsOpen);
        door.Pass(Limits.KeypadAwakeMs - Limits.FeedbackDelayMs - 200);
        Assert.AreEqual(attempts, door.Broker.ConnectAttempts);
        door.Pass(400);
        Assert.AreEqual(attempts + 1, door.Broker.ConnectAttempts);
        door.Settle();
        Assert.IsTrue(door.LastEvent.IndexOf("lock.unlocked") > 0);
    }

    [TestMethod]
    public void No_connect_begins_under_a_long_pulse_of_the_strike()
    {
        TestLock door = new(20, W25Q32);
        door.Settings.StrikeMs = Limits.KeypadAwakeMs + 5000;
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1234") + "}");
        door.Type("1234#");
        door.Broker.DropConnection();
        door.Pass(Limits.KeypadAwakeMs + 4000);
        Assert.IsTrue(door.IsOpen);
        Assert.AreEqual(1, door.Broker.ConnectAttempts);
        door.Pass(1200);
        Assert.IsFalse(door.IsOpen);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
    }

    /// <summary>Steps each ms until a connect begins.</summary>
    /// <returns>How long that was.</returns>
    private static int WaitForConnect(TestLock door)
    {
        int attempts = door.Broker.ConnectAttempts;
        int waitedMs = 0;
        while (door.Broker.ConnectAttempts == attempts)
        {
            door.Step(1);
            waitedMs++;
        }

        return waitedMs;
    }
}
