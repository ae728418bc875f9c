using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class LockStateTests
{
    [TestMethod]
    public void A_new_lock_has_zeros_and_nothing_to_save()
    {
        TestBook shelf = new();
        LockState state = shelf.State;
        Check(state, 0, 0, 0, 0, 0);
        Assert.AreEqual(0u, state.ToldUtc);
        Assert.IsTrue(state.IsSaved);
        Assert.AreEqual(0, state.Location);
        state.WrongEntries = 0;
        Assert.IsTrue(state.IsSaved, "the same value is no change");
    }

    [TestMethod]
    public void What_was_saved_is_there_after_a_reload_and_the_newest_counts()
    {
        TestBook shelf = new();
        shelf.State.WrongEntries = 9;
        Save(shelf);
        Set(shelf.State);
        Assert.IsFalse(shelf.State.IsSaved);
        Save(shelf);
        Assert.IsTrue(shelf.State.IsSaved);
        for (int i = 0; i < 2; i++)
        {
            shelf.Reload(20);
            Check(shelf.State, 0x81020304u, 2, 3, 4, 5);
            Assert.AreEqual(0x81020306u, shelf.State.ToldUtc);
            Assert.IsTrue(shelf.State.IsSaved);
            Assert.AreEqual(4u, shelf.Events.Floor);
        }
    }

    [TestMethod]
    public void What_was_not_saved_is_gone()
    {
        TestBook shelf = new();
        shelf.State.WrongEntries = 1;
        Save(shelf);
        shelf.State.WrongEntries = 2;
        shelf.Reload(20);
        Assert.AreEqual(1u, shelf.State.WrongEntries);
    }

    [TestMethod]
    public void Step_saves_a_while_after_the_first_change()
    {
        TestBook shelf = new();
        int before = shelf.Chip.DeviceSteps;
        shelf.State.WrongEntries = 1;
        shelf.Clock.Advance(Limits.StateDelayMs / 2);
        shelf.State.WrongEntries = 2;
        shelf.State.Step();
        shelf.Clock.Advance(Limits.StateDelayMs / 2 - 1);
        shelf.State.Step();
        Assert.AreEqual(before, shelf.Chip.DeviceSteps);
        shelf.Clock.Advance(1);
        shelf.State.Step();
        Assert.AreEqual(before + 1, shelf.Chip.DeviceSteps);
        Assert.IsTrue(shelf.State.IsSaved);
        shelf.Clock.Advance(Limits.StateDelayMs);
        shelf.State.Step();
        Assert.AreEqual(before + 1, shelf.Chip.DeviceSteps);
    }

    [TestMethod]
    public void Step_saves_at_once_after_many_changes()
    {
        TestBook shelf = new();
        int before = shelf.Chip.DeviceSteps;
        for (uint i = 1; i <= Limits.StateChanges; i++)
        {
            Assert.AreEqual(before, shelf.Chip.DeviceSteps);
            shelf.State.AcknowledgedAnswers = i;
            shelf.State.Step();
        }

        Assert.AreEqual(before + 1, shelf.Chip.DeviceSteps);
    }

    [TestMethod]
    public void A_save_that_failed_is_tried_again_a_while_later()
    {
        TestBook shelf = new();
        shelf.State.WrongEntries = 1;
        shelf.Clock.Advance(Limits.StateDelayMs);
        shelf.Chip.IsWriteProtected = true;
        shelf.State.Step();
        Assert.IsFalse(shelf.State.IsSaved);
        Assert.AreEqual(0, shelf.State.Location);
        shelf.Chip.IsWriteProtected = false;
        shelf.State.Step();
        Assert.IsFalse(shelf.State.IsSaved);
        shelf.Clock.Advance(Limits.StateDelayMs);
        shelf.State.Step();
        Assert.IsTrue(shelf.State.IsSaved);
        shelf.Reload(20);
        Assert.AreEqual(1u, shelf.State.WrongEntries);
    }

    [TestMethod]
    public void A_rotten_state_leaves_the_one_before_it()
    {
        TestBook shelf = new();
        shelf.State.WrongEntries = 1;
        Save(shelf);
        shelf.State.WrongEntries = 2;
        Save(shelf);
        int rotten = shelf.State.Location;
        shelf.Append(TestBook.Attempt(1));
        shelf.Rot(rotten, 40);
        shelf.Reload(20);
        Assert.AreEqual(1u, shelf.State.WrongEntries);
    }

    private static void Save(TestBook shelf) =>
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.State.Save());

    private static void Set(LockState state)
    {
        state.LatestUtc = 0x81020304u;
        state.WrongEntries = 2;
        state.AcknowledgedAnswers = 3;
        state.AcknowledgedEvents = 4;
        state.DroppedEvents = 5;
        state.ToldUtc = 0x81020306u;
    }

    private static void Check(LockState state, uint latestUtc, uint wrongEntries, uint answers,
        uint events, uint dropped)
    {
        Assert.AreEqual(latestUtc, state.LatestUtc);
        Assert.AreEqual(wrongEntries, state.WrongEntries);
        Assert.AreEqual(answers, state.AcknowledgedAnswers);
        Assert.AreEqual(events, state.AcknowledgedEvents);
        Assert.AreEqual(dropped, state.DroppedEvents);
    }
}
