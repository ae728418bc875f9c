using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class LinkTests
{
    private const int W25Q32 = 0xEF4016;
    private const string Prefix = "keyway/v1/" + TestLock.DeviceId + "/";

    [TestMethod]
    public void Connecting_subscribes_and_publishes_a_retained_birth()
    {
        TestLock door = TestLock.Running();
        Assert.AreEqual(1, door.Broker.ConnectAttempts);
        Assert.AreEqual(8, door.Broker.Subscriptions.Length);
        Assert.AreEqual(Prefix + "access_codes/create", door.Broker.Subscriptions[0]);
        door.Broker.DropConnection();
        door.Pass(Limits.ReconnectMinMs + 100);
        int last = door.Broker.PublishedCount - 1;
        Assert.AreEqual(1, last);
        Assert.AreEqual("{'online':false}", TestJson.Text(door.Broker.Published(0).Payload));
        Assert.IsTrue(TestJson.Text(door.Broker.Published(1).Payload)
            .StartsWith("{'online':true,"));
        for (int i = 0; i <= last; i++)
        {
            Assert.AreEqual(Prefix + "status", door.Broker.Published(i).Topic);
            Assert.IsTrue(door.Broker.Published(i).Retained);
        }
    }

    [TestMethod]
    public void Birth_waits_until_the_codes_are_loaded()
    {
        TestLock door = new(20, W25Q32);
        door.PowerUp();
        while (!door.Agent.IsLoaded)
        {
            Assert.AreEqual(0, door.Broker.PublishedCount);
            door.Step(1);
        }

        door.Settle();
        Assert.AreEqual(1, door.CountOn("/status"));
    }

    [TestMethod]
    public void Birth_is_published_again_when_the_codes_have_changed()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1234") + "}");
        Assert.AreEqual(1, door.CountOn("/status"));
        Assert.IsTrue(door.LastOn("/status").IndexOf("'free_slots':19") > 0);
        door.Send(TestLock.Create(1, "1234") + "}");
        Assert.AreEqual(1, door.CountOn("/status"));
    }

    [TestMethod]
    public void Connecting_again_waits_twice_as_long_each_time_up_to_5_minutes()
    {
        TestLock door = TestLock.Running();
        door.Broker.RefuseConnections = true;
        door.Broker.DropConnection();
        int waitMs = Limits.ReconnectMinMs;
        for (int attempt = 2; attempt < 13; attempt++)
        {
            // The step that sees the loss; the last one that waits; the one that connects.
            door.Step(1);
            door.Clock.Advance(waitMs - 2);
            door.Step(1);
            Assert.AreEqual(attempt - 1, door.Broker.ConnectAttempts);
            door.Step(1);
            Assert.AreEqual(attempt, door.Broker.ConnectAttempts);
            waitMs = 2 * waitMs < Limits.ReconnectMaxMs ? 2 * waitMs : Limits.ReconnectMaxMs;
        }

        Assert.AreEqual(Limits.ReconnectMaxMs, waitMs);
    }

    [TestMethod]
    public void A_connection_that_worked_makes_the_wait_short_again()
    {
        TestLock door = TestLock.Running();
        door.Broker.RefuseConnections = true;
        door.Broker.DropConnection();
        door.Pass(20000);
        door.Broker.RefuseConnections = false;
        door.Pass(20000);
        int attempts = door.Broker.ConnectAttempts;
        door.Broker.DropConnection();
        door.Step(Limits.ReconnectMinMs - 1);
        Assert.AreEqual(attempts, door.Broker.ConnectAttempts);
        door.Step(3);
        Assert.AreEqual(attempts + 1, door.Broker.ConnectAttempts);
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
        door.Pass(Limits.ReconnectMinMs + 100);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
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

    [TestMethod]
    public void After_a_drop_it_subscribes_and_sends_unacknowledged_answers_again()
    {
        TestLock door = TestLock.Running();
        door.Broker.AutoAcknowledge = false;
        door.Send(TestLock.Create(1, "1234") + "}");
        Assert.AreEqual(1, door.AnswerCount);
        Assert.AreEqual(1, door.CountOn(TestJson.Id(1)));
        door.Broker.Acknowledge(door.Broker.Unacknowledged(1));
        door.Step(1);
        door.Broker.DropConnection();
        door.Broker.Subscribe(null);
        door.Pass(Limits.ReconnectMinMs + 200);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
        Assert.AreEqual(Prefix + "access_codes/create", door.Broker.Subscriptions[0]);
        Assert.AreEqual(2, door.AnswerCount);
        Assert.IsFalse(door.Agent.IsSettled);
    }

    [TestMethod]
    public void What_the_broker_kept_while_the_lock_was_away_is_carried_out()
    {
        TestLock door = TestLock.Running();
        door.Broker.DropConnection();
        door.Deliver(TestJson.Bytes(TestLock.Create(1, "1234") + "}"), false);
        door.Step(100);
        Assert.AreEqual(0, door.AnswerCount);
        door.Pass(Limits.ReconnectMinMs + 100);
        Assert.AreEqual(1, door.AnswerCount);
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }
}
