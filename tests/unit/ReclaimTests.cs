using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class ReclaimTests
{
    // The smallest ring: its oldest sector must go soon.
    private const int Small = Limits.SectorsMin;

    [TestMethod]
    public void A_code_is_carried_on_with_its_attempt()
    {
        TestBook shelf = new(Small);
        shelf.Add(TestBook.Code(1));
        shelf.FillUntilReclaim();
        Assert.AreEqual(1, shelf.CarryOldest(0));
        for (int i = 0; i < 2; i++)
        {
            Assert.IsTrue(shelf.Book.Slots.LocationOf(0) >= SlotLog.FramesPerSector);
            Assert.AreEqual(0, shelf.SlotOf(1));
            Assert.IsTrue(shelf.IsAnswered(TestBook.Id(1)));
            Assert.AreEqual(0, shelf.Reclaim.LostFrames);
            shelf.Reload(20);
        }
    }

    [TestMethod]
    public void A_code_is_carried_on_when_its_attempt_is_long_forgotten()
    {
        TestBook shelf = new(Small);
        shelf.Add(TestBook.Code(1));
        shelf.Attempts.Window.RaiseFloor(1);
        shelf.FillUntilReclaim();
        Assert.AreEqual(1, shelf.CarryOldest(0));
        Assert.AreEqual(0, shelf.SlotOf(1));
        Assert.IsFalse(shelf.IsAnswered(TestBook.Id(1)));
    }

    [TestMethod]
    public void What_does_not_count_any_more_stays_behind()
    {
        TestBook shelf = new(Small);
        shelf.Add(TestBook.Code(1));
        shelf.Remove(0, 2, 500);
        shelf.Append(TestBook.Attempt(3));
        shelf.AppendEvent();
        shelf.State.Save();
        shelf.Attempts.Window.RaiseFloor(3);
        shelf.Events.RaiseFloor(1);
        shelf.FillUntilReclaim();
        shelf.State.Save();
        Assert.AreEqual(0, shelf.CarryOldest(500));
        Assert.AreEqual(0, shelf.Book.Count);
        Assert.AreEqual(0, shelf.Tombstones.Count);
        Assert.AreEqual(0, shelf.Reclaim.LostFrames);
    }

    [TestMethod]
    public void An_attempt_an_event_and_the_state_are_carried_on_while_they_count()
    {
        TestBook shelf = new(Small);
        byte[] attempt = TestBook.Attempt(1);
        attempt[Frame.Error] = (byte)Refusal.NoSpace;
        shelf.Append(attempt);
        shelf.AppendEvent();
        shelf.State.WrongEntries = 3;
        shelf.State.Save();
        shelf.FillUntilReclaim();
        Assert.AreEqual(3, shelf.CarryOldest(0));
        for (int i = 0; i < 2; i++)
        {
            AccessCode answer = new();
            shelf.Attempts.Find(TestBook.Id(1), answer, out bool isFound);
            Assert.IsTrue(isFound);
            Assert.AreEqual((int)Refusal.NoSpace, (int)answer.Bytes[Frame.Error]);
            Assert.IsTrue(shelf.Events.LocationOf(1) >= SlotLog.FramesPerSector);
            Assert.AreEqual(3u, shelf.State.WrongEntries);
            Assert.IsTrue(shelf.State.Location >= SlotLog.FramesPerSector);
            Assert.AreEqual(2u, shelf.Attempts.Window.Next);
            Assert.AreEqual(2u, shelf.Events.Next);
            shelf.Reload(20);
        }
    }

    [TestMethod]
    public void The_attempt_of_a_code_that_is_gone_gives_the_same_answer()
    {
        TestBook shelf = new(Small);
        AccessCode code = TestBook.Code(1);
        code.StartsAt = 100;
        code.EndsAt = 200;
        code.CreatedAt = 50;
        shelf.Add(code);
        string answer = AnswerOf(shelf, 1);
        shelf.Remove(0, 2, 0);
        shelf.FillUntilReclaim();
        Assert.AreEqual(2, shelf.CarryOldest(500));
        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(answer, AnswerOf(shelf, 1));
            Assert.IsTrue(shelf.IsAnswered(TestBook.Id(2)), "and so does the one that deleted it");
            Assert.AreEqual(0, shelf.Book.Count);
            Assert.AreEqual(-1, shelf.SlotOf(1));
            shelf.Reload(20);
        }
    }

    [TestMethod]
    public void A_replaced_code_leaves_its_attempt_and_the_new_one_stays()
    {
        TestBook shelf = new(Small);
        shelf.Add(TestBook.Code(1));
        string answer = AnswerOf(shelf, 1);
        shelf.FillUntilReclaim();
        AccessCode code = TestBook.Code(2);
        TestBook.Id(1).CopyTo(code.Bytes, Frame.AccessCodeId);
        shelf.Book.Replace(code, out int location);
        shelf.Attempts.Add(code.Bytes, location);
        Assert.AreEqual(1, shelf.CarryOldest(0));
        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(answer, AnswerOf(shelf, 1));
            Assert.IsTrue(shelf.IsAnswered(TestBook.Id(2)));
            Assert.AreEqual(1, shelf.Book.Count);
            AccessCode read = new();
            Assert.AreEqual(0, shelf.SlotOf(TestBook.Id(1), 0, read));
            Assert.AreEqual(2u, read.Serial);
            shelf.Reload(20);
        }
    }

    [TestMethod]
    public void A_used_code_is_still_used_when_it_and_its_mark_were_left_behind()
    {
        TestBook shelf = new(Small);
        shelf.Add(TestBook.Code(1));
        shelf.Add(TestBook.Code(2));
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.MarkUsed(0, 77));
        shelf.Lap();
        shelf.Lap();
        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(IsUsed(shelf, 1));
            Assert.IsFalse(IsUsed(shelf, 2));
            shelf.Reload(20);
        }

        // It says so itself by now, and is still the lock's own.
        shelf.Lap();
        Assert.AreEqual(0, shelf.Reclaim.LostFrames);
        Assert.IsTrue(IsUsed(shelf, 1));
        Assert.IsFalse(IsUsed(shelf, 2));
    }

    [TestMethod]
    public void A_carried_tombstone_does_not_delete_a_newer_code_of_its_slot()
    {
        TestBook shelf = new(Small);
        shelf.Add(TestBook.Code(1));
        shelf.Remove(0, 2, 500);
        shelf.FillUntilReclaim();
        shelf.Add(TestBook.Code(3));
        Assert.AreEqual(0, shelf.SlotOf(3));
        Assert.AreEqual(2, shelf.CarryOldest(499));
        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(0, shelf.SlotOf(3));
            Assert.AreEqual(1, shelf.Book.Count);
            Assert.IsTrue(shelf.Tombstones.Contains(TestBook.Id(1), 0));
            shelf.Reload(20);
        }
    }

    [TestMethod]
    public void A_sector_is_retired_only_when_all_of_it_is_behind()
    {
        TestBook shelf = new(Small);
        for (int i = 1; i <= 10; i++)
        {
            shelf.Add(TestBook.Code(i));
        }

        shelf.FillUntilReclaim();
        for (int i = 0; i < 10; i++)
        {
            shelf.Reclaim.Step(0);
            Assert.IsTrue(shelf.Log.Ring.HoldsFrames(0), "after " + i);
            Assert.AreEqual(0xFF, (int)shelf.Chip.Image[SectorHeader.SizeBytes]);
        }

        shelf.Reclaim.Step(0);
        Assert.IsFalse(shelf.Log.Ring.HoldsFrames(0));
        Assert.AreEqual(0, (int)shelf.Chip.Image[SectorHeader.SizeBytes]);
        for (int slot = 0; slot < 10; slot++)
        {
            Assert.IsTrue(shelf.Book.Slots.LocationOf(slot) >= SlotLog.FramesPerSector);
        }
    }

    [TestMethod]
    public void Power_that_goes_while_carrying_loses_and_doubles_nothing()
    {
        for (int steps = 1; steps < 12; steps += 2)
        {
            TestBook shelf = new(Small);
            for (int i = 1; i <= 8; i++)
            {
                shelf.Add(TestBook.Code(i));
            }

            shelf.Remove(7, 9, 500);
            shelf.FillUntilReclaim();
            for (int i = 0; i < steps; i++)
            {
                shelf.Reclaim.Step(0);
            }

            shelf.Reload(20);
            Assert.AreEqual(7, shelf.Book.Count);
            Assert.AreEqual(1, shelf.Tombstones.Count);
            Assert.AreEqual(9, shelf.Attempts.Window.Count);
            for (int i = 1; i <= 9; i++)
            {
                Assert.IsTrue(shelf.IsAnswered(TestBook.Id(i)));
                Assert.AreEqual(i < 8 ? i - 1 : -1, shelf.SlotOf(i));
            }
        }
    }

    private static bool IsUsed(TestBook shelf, int number)
    {
        AccessCode code = new();
        Assert.AreEqual(number - 1, shelf.SlotOf(TestBook.Id(number), 0, code));
        Assert.IsTrue(shelf.Secret.HasTag(code));
        return shelf.Book.IsUsed(code);
    }

    private static string AnswerOf(TestBook shelf, int number)
    {
        AccessCode answer = new();
        shelf.Attempts.Find(TestBook.Id(number), answer, out bool isFound);
        Assert.IsTrue(isFound);
        shelf.Answers.FromStored(answer);
        return shelf.Written;
    }
}
