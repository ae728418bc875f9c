using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Reclaim: what cannot be read or written, and where the frames lie.</summary>
[TestClass]
public class ReclaimFaultTests
{
    private const int Small = Limits.SectorsMin;

    // The last frame that is no second one of a group: its page ends with the index.
    private const int LastSingle = SectorIndex.LastFrame - 1;

    [TestMethod]
    public void A_code_that_rotted_is_counted_and_leaves_its_slot_free()
    {
        TestBook shelf = new(Small);
        int location = shelf.Add(TestBook.Code(1));
        shelf.Add(TestBook.Code(2));
        shelf.FillUntilReclaim();
        shelf.Rot(location, Frame.EndsAt);
        Assert.AreEqual(1, shelf.CarryOldest(0));
        Assert.AreEqual(1, shelf.Reclaim.LostFrames);
        Assert.AreEqual(1, shelf.Book.Count);
        Assert.AreEqual(0, shelf.Book.Slots.LocationOf(0));
        Assert.AreEqual(1, shelf.SlotOf(2));
        shelf.Reload(20);
        Assert.AreEqual(1, shelf.Book.Count);
    }

    [TestMethod]
    public void Where_older_copies_and_answers_rotted_no_code_is_lost()
    {
        TestBook shelf = new(Small);
        int older = shelf.Add(TestBook.Code(1));
        int answer = shelf.Append(TestBook.Attempt(2));
        AccessCode code = TestBook.Code(3);
        code.Slot = 0;
        shelf.FillUntilReclaim();
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Replace(code, out _));
        shelf.Rot(older, Frame.EndsAt);
        shelf.Rot(answer, Frame.Detail);
        Assert.AreEqual(0, shelf.CarryOldest(0));
        Assert.AreEqual(0, shelf.Reclaim.LostFrames);
        Assert.AreEqual(0, shelf.SlotOf(3));
    }

    [TestMethod]
    public void What_the_chip_does_not_keep_stays_where_it_is_until_it_does()
    {
        TestBook shelf = new(Small);
        shelf.Add(TestBook.Code(1));
        shelf.Add(TestBook.Code(2));
        shelf.Append(TestBook.Attempt(3));
        shelf.Remove(1, 4, 500);
        shelf.FillUntilReclaim();
        shelf.Chip.IsWriteProtected = true;
        for (int i = 0; i < 20; i++)
        {
            shelf.Reclaim.Step(0);
        }

        Assert.IsTrue(shelf.Log.Ring.HoldsFrames(0));
        shelf.Chip.IsWriteProtected = false;
        shelf.CarryOldest(0);
        Assert.AreEqual(0, shelf.Reclaim.LostFrames);
        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(0, shelf.SlotOf(1));
            Assert.AreEqual(1, shelf.Book.Count);
            Assert.IsTrue(shelf.IsAnswered(TestBook.Id(2)));
            Assert.IsTrue(shelf.IsAnswered(TestBook.Id(3)));
            Assert.IsTrue(shelf.Tombstones.Contains(TestBook.Id(2), 0));
            shelf.Reload(20);
        }
    }

    [TestMethod]
    public void A_frame_at_the_end_of_its_sector_is_carried_on_too()
    {
        TestBook shelf = new(Small);
        byte[] filler = TestBook.Attempt(0);
        for (int frame = SectorIndex.FirstFrame; frame < LastSingle; frame++)
        {
            Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Log.Append(filler, 1, out _));
        }

        int location = shelf.Append(TestBook.Attempt(1));
        Assert.AreEqual(LastSingle, location % SlotLog.FramesPerSector);
        shelf.FillUntilReclaim();
        Assert.AreEqual(1, shelf.CarryOldest(0));
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(1)));
    }

    [TestMethod]
    public void A_deleted_id_is_remembered_however_often_it_is_carried_on()
    {
        TestBook shelf = new(Small);
        shelf.Add(TestBook.Code(1));
        shelf.Remove(0, 2, 500);
        shelf.Attempts.Window.RaiseFloor(2);
        shelf.Lap();
        shelf.Lap();
        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(1, shelf.Tombstones.Count);
            Assert.IsTrue(shelf.Tombstones.Contains(TestBook.Id(1), 0));
            shelf.Reload(20);
        }
    }
}
