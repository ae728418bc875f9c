using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class LinkTests
{
    private const int W25Q32 = 0xEF4016;

    // The jitter may double it, and a step sees the loss.
    private const int LongestFirstWaitMs = 2 * Limits.ReconnectMinMs + 100;

    private const string Prefix = "keyway/v1/" + TestLock.DeviceId + "/";

    [TestMethod]
    public void Connecting_subscribes_and_publishes_a_retained_birth()
    {
        TestLock door = TestLock.Running();
        Assert.AreEqual(1, door.Broker.ConnectAttempts);
        Assert.AreEqual(9, door.Broker.Subscriptions.Length);
        Assert.AreEqual(Prefix + "access_codes/create", door.Broker.Subscriptions[0]);
        door.Broker.DropConnection();
        door.Pass(LongestFirstWaitMs);
        int last = door.Broker.PublishedCount - 1;
        Assert.AreEqual(2, last);
        Assert.AreEqual("{'online':false}", TestJson.Text(door.Broker.Published(0).Payload));
        Assert.IsTrue(TestJson.Text(door.Broker.Published(1).Payload)
            .StartsWith("{'online':true,"));
        for (int i = 0; i <= last; i++)
        {
            Assert.AreEqual(Prefix + (i == last ? "locks/state" : "status"),
                door.Broker.Published(i).Topic);
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
    public void A_repeated_command_has_one_effect_also_with_a_power_cut_before_its_answer()
    {
        TestLock door = TestLock.Running();
        door.Broker.AutoAcknowledge = false;
        door.Send(TestLock.Create(1, "1234") + "}");
        string answer = door.LastAnswer;
        door.CutPower();
        door.Broker.AutoAcknowledge = true;
        door.PowerUp();
        door.Settle();
        Assert.AreEqual(answer, door.LastAnswer);
        door.Send(TestLock.Create(1, "1234") + "}");
        Assert.AreEqual(answer, door.LastAnswer);
        Assert.AreEqual(1, door.Agent.Codes.Count);
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
        door.Pass(LongestFirstWaitMs);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
        Assert.AreEqual(Prefix + "access_codes/create", door.Broker.Subscriptions[0]);
        Assert.AreEqual(2, door.AnswerCount);
        Assert.IsFalse(door.Agent.IsSettled);
    }

    [TestMethod]
    public void What_was_acknowledged_just_before_a_drop_is_not_sent_again()
    {
        TestLock door = TestLock.Running();
        door.Broker.AutoAcknowledge = false;
        door.Send(TestLock.Create(1, "1234") + "}");
        while (door.Broker.UnacknowledgedCount > 0)
        {
            door.Broker.Acknowledge(door.Broker.Unacknowledged(0));
        }

        door.Broker.DropConnection();
        door.Broker.AutoAcknowledge = true;
        door.Pass(LongestFirstWaitMs);
        Assert.AreEqual(2, door.Broker.ConnectAttempts);
        Assert.AreEqual(1, door.AnswerCount);
        Assert.AreEqual(1, door.CountOn(TestJson.Id(1)));
    }

    [TestMethod]
    public void A_state_of_the_door_that_the_session_does_not_take_is_published_later()
    {
        TestLock door = TestLock.Running();
        door.Broker.AutoAcknowledge = false;
        for (int i = 0; i < LoopbackSession.InflightDepth; i++)
        {
            door.Broker.Publish("other", new byte[0], false);
        }

        door.Board.DoorContact.IsActive = true;
        door.Step(Limits.ContactDebounceMs + 20);
        Assert.AreEqual(0, door.CountOn("/locks/state"));
        door.Broker.Acknowledge(door.Broker.Unacknowledged(0));
        door.Step(1);
        Assert.AreEqual(1, door.CountOn("/locks/state"));
        Assert.IsTrue(door.LastOn("/locks/state").IndexOf("'door_open':true") > 0);
    }

    [TestMethod]
    public void What_the_broker_kept_while_the_lock_was_away_is_carried_out()
    {
        TestLock door = TestLock.Running();
        door.Broker.DropConnection();
        door.Deliver(TestJson.Bytes(TestLock.Create(1, "1234") + "}"), false);
        door.Step(100);
        Assert.AreEqual(0, door.AnswerCount);
        door.Pass(LongestFirstWaitMs);
        Assert.AreEqual(1, door.AnswerCount);
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_message_on_the_topic_of_another_lock_changes_nothing()
    {
        TestLock door = TestLock.Running();
        byte[] payload = TestJson.Bytes(TestLock.Create(1, "1234") + "}");
        string other = "keyway/v1/d0c0ffee-0000-4000-8000-000000000008/access_codes/create";
        Assert.IsTrue(door.Broker.Deliver(other, payload, false));
        door.Settle();
        Assert.AreEqual(0, door.Broker.PublishedCount);
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }
}
