using Keyway.Boards.Virtual;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class OneTimeTests
{
    [TestMethod]
    public void The_second_entry_fails_and_counts()
    {
        TestLock door = WithCode();
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
        door.Rest();
        for (int i = 0; i < 5; i++)
        {
            door.Type("1111#");
            Assert.IsFalse(door.IsOpen);
        }

        Assert.AreEqual(5, door.CountOf("already_used"));
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.locked_out") > 0, door.LastEvent);
    }

    [TestMethod]
    public void A_power_cut_between_mark_and_strike_leaves_it_used()
    {
        TestLock door = WithCode();
        door.TypeUpToEnter("1111");
        door.PowerCut();
        door.Type("1111#");
        Assert.AreEqual(0, door.Board.Strike.Changes);
        Assert.IsTrue(door.LastEvent.IndexOf("already_used") > 0, door.LastEvent);
    }

    [TestMethod]
    [DataRow((int)PowerCut.Before)]
    [DataRow((int)PowerCut.Prefix)]
    [DataRow((int)PowerCut.After)]
    public void A_power_cut_in_the_mark_comes_before_the_strike(int cut)
    {
        TestLock door = WithCode();
        door.Chip.CutPowerAt(1, (PowerCut)cut, 1);
        Assert.ThrowsException(typeof(PowerCutException), () => door.TypeUpToEnter("1111"));
        Assert.AreEqual(0, door.Board.Strike.Changes);
        door.Board.Keypad.Release('#');
        door.PowerCut();
        door.Type("1111#");
        Assert.AreEqual(cut != (int)PowerCut.After, door.IsOpen);
    }

    [TestMethod]
    public void It_does_not_open_when_the_mark_is_not_kept()
    {
        TestLock door = WithCode();
        door.Chip.IsWriteProtected = true;
        door.Type("1111#");
        Assert.IsFalse(door.IsOpen);
        door.Chip.IsWriteProtected = false;
        door.Settle();
        Assert.IsTrue(door.HasPublished("storage_not_ready"));
        door.Rest();
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void Under_duress_the_door_opens_as_ever_and_an_event_tells()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + ",'keyway_duress':true}");
        door.Broker.ClearPublished();
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
        Assert.IsTrue(door.Board.Granted.IsActive);
        Assert.AreEqual(2, door.CountOn("/events"));
        Assert.IsTrue(door.HasPublished("lock.unlocked"));
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.duress") > 0, door.LastEvent);
        Assert.IsTrue(door.LastEvent.IndexOf(TestJson.Id(1)) > 0, door.LastEvent);
    }

    private static TestLock WithCode()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + ",'is_one_time_use':true}");
        Assert.AreEqual(1, door.Agent.Codes.Count);
        return door;
    }
}
