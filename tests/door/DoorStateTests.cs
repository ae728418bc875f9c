using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class DoorStateTests
{
    private const int W25Q32 = 0xEF4016;
    private const int DebounceMs = Limits.ContactDebounceMs + 20;
    private const string Word = "locks/command";
    private const string Soon =
        ",'issued_at':'2026-11-24T09:59:50Z','expires_at':'2026-11-24T10:00:50Z'";

    [TestMethod]
    public void The_state_of_the_door_is_published_at_each_change()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1234") + "}");
        door.Type("1234#");
        Assert.AreEqual(State(false, false, false), door.LastOn("/locks/state"));
        door.Pass(door.Settings.StrikeMs);
        Assert.AreEqual(State(true, false, false), door.LastOn("/locks/state"));
        door.Board.DoorContact.IsActive = true;
        door.Step(DebounceMs);
        Assert.AreEqual(State(true, true, false), door.LastOn("/locks/state"));
        door.Board.Tamper.IsActive = true;
        door.Step(DebounceMs);
        Assert.AreEqual(State(true, true, true), door.LastOn("/locks/state"));
        Assert.AreEqual(4, door.CountOn("/locks/state"));
    }

    [TestMethod]
    public void The_state_is_published_again_on_a_new_connection()
    {
        TestLock door = TestLock.Running();
        int before = door.CountOn("/locks/state");
        door.Broker.DropConnection();
        door.Pass(2 * Limits.ReconnectMinMs + 100);
        Assert.AreEqual(before + 1, door.CountOn("/locks/state"));
    }

    [TestMethod]
    public void One_topic_unlocks_and_locks()
    {
        TestLock door = TestLock.Running();
        door.Order(Word, 1, 0, ",'action_type':'UNLOCK_DOOR'" + Soon);
        Assert.IsTrue(door.IsOpen);
        Assert.IsTrue(door.LastAnswer.IndexOf("'UNLOCK_DOOR','status':'success'") > 0);
        door.Order(Word, 2, 0, ",'action_type':'LOCK_DOOR'" + Soon);
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.LastAnswer.IndexOf("'LOCK_DOOR','status':'success'") > 0);
    }

    [TestMethod]
    public void A_command_that_does_not_say_which_way_moves_nothing()
    {
        TestLock door = TestLock.Running();
        door.Order(Word, 1, 0, ",'action_type':'OPEN'" + Soon);
        Assert.IsTrue(door.LastAnswer.IndexOf("'status':'error'") > 0, door.LastAnswer);
        door.Order(Word, 2, 0, Soon);
        Assert.IsTrue(door.LastAnswer.IndexOf("'status':'error'") > 0, door.LastAnswer);
        Assert.IsFalse(door.IsOpen);
    }

    [TestMethod]
    public void Without_being_asked_the_lock_is_not_announced()
    {
        TestLock door = TestLock.Running();
        Assert.AreEqual(0, door.CountOn("/config"));
    }

    [TestMethod]
    public void Home_assistant_is_told_at_each_connection()
    {
        TestLock door = new(20, W25Q32);
        door.Settings.DiscoveryPrefix = HomeAssistant.DefaultPrefix;
        door.PowerUp();
        door.Settle();
        Assert.AreEqual(1, door.CountOn("/config"));
        for (int i = 0; i < door.Broker.PublishedCount; i++)
        {
            Assert.IsTrue(door.Broker.Published(i).Retained, door.Broker.Published(i).Topic);
        }

        Assert.IsTrue(door.LastOn("/config").IndexOf("'platform':'lock'") > 0);
        Assert.IsTrue(door.LastOn("/config").IndexOf("value_json.door_open") > 0);
        door.Broker.DropConnection();
        door.Pass(2 * Limits.ReconnectMinMs + 100);
        Assert.AreEqual(2, door.CountOn("/config"));
    }

    private static string State(bool isLocked, bool isOpen, bool isTampered) => "{'locked':"
        + Json(isLocked) + ",'door_open':" + Json(isOpen) + ",'is_tampered':"
        + Json(isTampered) + ",'is_locked_out':false}";

    private static string Json(bool value) => value ? "true" : "false";
}
