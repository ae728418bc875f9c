using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Loader: which frame counts, wherever in the ring it lies.</summary>
[TestClass]
public class LoaderOrderTests
{
    // The last that is no second one of a group: its page ends with the index.
    private const int LastSingle = SectorIndex.LastFrame - 1;

    [TestMethod]
    public void What_a_later_sector_says_of_a_slot_counts()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        shelf.Add(TestBook.Code(2));
        shelf.Add(TestBook.Code(3));
        FillSector(shelf);
        AccessCode code = TestBook.Code(4);
        code.Slot = 0;
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Replace(code, out _));
        shelf.Remove(1, 5, 500);
        shelf.Book.MarkUsed(2, 7);
        shelf.Reload(20);
        Assert.AreEqual(2, shelf.Book.Count);
        Assert.AreEqual(-1, shelf.SlotOf(1));
        Assert.AreEqual(-1, shelf.SlotOf(2));
        Assert.AreEqual(2, shelf.SlotOf(3));
        Assert.AreEqual(0, shelf.SlotOf(4));
        Assert.IsTrue(shelf.Book.Slots.IsUsed(2));
    }

    [TestMethod]
    [DataRow(SectorIndex.FirstFrame)]
    [DataRow(LastSingle)]
    public void What_the_first_and_the_last_frame_of_a_sector_say_counts(int frame)
    {
        TestBook deleted = new();
        deleted.Add(TestBook.Code(1));
        FillSector(deleted);
        FillUpTo(deleted, frame - 1);
        Assert.AreEqual(frame, FrameOf(deleted.Remove(0, 2, 500)));
        FillSector(deleted);
        deleted.Reload(20);
        Assert.AreEqual(0, deleted.Book.Count);
        Assert.IsTrue(deleted.Tombstones.Contains(TestBook.Id(1), 0));
        Assert.IsTrue(deleted.IsAnswered(TestBook.Id(2)));

        TestBook used = new();
        used.Add(TestBook.Code(1));
        FillSector(used);
        FillUpTo(used, frame - 1);
        used.Book.MarkUsed(0, 7);
        FillSector(used);
        used.Reload(20);
        Assert.IsTrue(used.Book.Slots.IsUsed(0));
    }

    [TestMethod]
    [DataRow(SectorIndex.FirstFrame)]
    [DataRow(SectorIndex.FirstFrame + 1)]
    [DataRow(LastSingle)]
    public void The_only_state_is_found_wherever_it_lies(int frame)
    {
        TestBook shelf = new();
        FillUpTo(shelf, frame - 1);
        shelf.State.WrongEntries = 3;
        shelf.State.Save();
        Assert.AreEqual(frame, FrameOf(shelf.State.Location));
        shelf.Reload(20);
        Assert.AreEqual(3u, shelf.State.WrongEntries);
    }

    [TestMethod]
    public void A_state_that_rotted_in_a_full_sector_leaves_the_one_before_it()
    {
        TestBook shelf = new();
        Save(shelf, 101);
        Save(shelf, 102);
        shelf.Append(TestBook.Attempt(1));
        Save(shelf, 103);
        int rotten = shelf.State.Location;
        FillSector(shelf);
        shelf.Rot(rotten, Frame.SizeBytes / 2);
        shelf.Reload(20);
        Assert.AreEqual(102u, shelf.State.LatestUtc);
    }

    [TestMethod]
    public void Where_the_only_state_rotted_nothing_else_is_taken_for_one()
    {
        TestBook shelf = new();
        byte[] attempt = TestBook.Attempt(1);
        for (int i = Frame.AttemptId; i < Frame.Serial; i++)
        {
            attempt[i] = 1;
        }

        shelf.Append(attempt);
        Save(shelf, 101);
        FillSector(shelf);
        shelf.Rot(shelf.State.Location, Frame.SizeBytes / 2);
        shelf.Reload(20);
        Assert.AreEqual(0u, shelf.State.LatestUtc);
    }

    [TestMethod]
    public void A_frame_that_rotted_with_the_index_of_its_sector_is_counted_once()
    {
        TestBook shelf = new();
        int rotten = shelf.Append(TestBook.Attempt(1));
        FillSector(shelf);
        shelf.Append(TestBook.Attempt(2));
        shelf.Rot(rotten, Frame.Detail);
        shelf.Rot(rotten - FrameOf(rotten) + SectorIndex.LastFrame + 1, 8);
        shelf.Reload(20);
        Assert.AreEqual(1, shelf.Loader.LostFrames);
        Assert.AreEqual(0, shelf.Loader.LostCodes);
    }

    [TestMethod]
    public void Marks_and_tombstones_of_slots_that_the_lock_does_not_have_are_passed_over()
    {
        TestBook shelf = new();
        for (int number = 1; number <= 4; number++)
        {
            shelf.Add(TestBook.Code(number));
        }

        shelf.Book.MarkUsed(2, 7);
        shelf.Remove(2, 5, 500);
        shelf.Remove(3, 6, 500);
        shelf.Reload(2);
        Assert.AreEqual(2, shelf.Book.Count);
        Assert.AreEqual(2, shelf.Tombstones.Count);
    }

    private static int FrameOf(int location) => location % SlotLog.FramesPerSector;

    private static void Save(TestBook shelf, uint latestUtc)
    {
        shelf.State.LatestUtc = latestUtc;
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.State.Save());
    }

    // Frames that count for nothing, up to one of the sector that is written or the next.
    private static void FillUpTo(TestBook shelf, int frame)
    {
        byte[] filler = TestBook.Attempt(0);
        int next = shelf.Log.End.NextFrame;
        int last = next < SlotLog.FramesPerSector ? next - 1 : 0;
        while (last < frame)
        {
            Assert.AreEqual(
                (int)StorageStatus.Ok, (int)shelf.Log.Append(filler, 1, out int location));
            last = FrameOf(location);
        }
    }

    // So that the next frame lies in another sector.
    private static void FillSector(TestBook shelf)
    {
        if (shelf.Log.End.NextFrame < SlotLog.FramesPerSector)
        {
            FillUpTo(shelf, LastSingle);
        }

        shelf.MakeReady();
    }
}
