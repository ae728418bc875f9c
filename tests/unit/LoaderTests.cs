using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class LoaderTests
{
    private const int W25Q32 = 0xEF4016;
    private const int GD25Q32C = 0xC84016;

    // A sector holds 61 frames: an answer first, so that 30 codes fill the rest.
    private const int CodesPerSector = 30;

    [TestMethod]
    public void Loading_an_empty_flash_finds_nothing()
    {
        TestBook shelf = new();
        Assert.AreEqual(0, shelf.Book.Count);
        Assert.AreEqual(0, shelf.Loader.LostCodes);
        Assert.AreEqual(1u, shelf.Attempts.Window.Next);
    }

    [TestMethod]
    public void Loading_gives_the_same_codes_and_attempts()
    {
        TestBook shelf = TwoSectors();
        for (int i = 0; i < 2; i++)
        {
            shelf.Reload(40);
            Assert.AreEqual(CodesPerSector + 2, shelf.Book.Count);
            Assert.AreEqual(0, shelf.Loader.LostCodes);
            Assert.AreEqual((uint)CodesPerSector + 4, shelf.Attempts.Window.Next);
            for (int number = 1; number <= CodesPerSector + 3; number++)
            {
                Assert.IsTrue(shelf.IsAnswered(TestBook.Id(number)));
                Assert.AreEqual(number - 2, shelf.SlotOf(number));
            }
        }
    }

    [TestMethod]
    public void A_rotten_frame_loses_one_code_and_is_counted()
    {
        TestBook shelf = TwoSectors();
        int slot = shelf.SlotOf(5);
        shelf.Rot(shelf.Book.Slots.LocationOf(slot), Frame.EndsAt);
        shelf.Reload(40);
        Assert.AreEqual(CodesPerSector + 1, shelf.Book.Count);
        Assert.AreEqual(1, shelf.Loader.LostCodes);
        Assert.AreEqual(-1, shelf.SlotOf(5));
        Assert.AreEqual(slot + 1, shelf.SlotOf(6));

        // Its slot is free again.
        shelf.Add(TestBook.Code(5));
        Assert.AreEqual(slot, shelf.SlotOf(5));
    }

    [TestMethod]
    public void A_rotten_index_costs_nothing()
    {
        TestBook shelf = TwoSectors();
        int sector = shelf.Book.Slots.LocationOf(0) / SlotLog.FramesPerSector;
        shelf.Rot(sector * SlotLog.FramesPerSector + SectorIndex.LastFrame + 1, 8);
        shelf.Reload(40);
        Assert.AreEqual(CodesPerSector + 2, shelf.Book.Count);
        Assert.AreEqual(0, shelf.Loader.LostCodes);
    }

    [TestMethod]
    public void Codes_in_slots_that_the_lock_does_not_have_are_counted_as_lost()
    {
        TestBook shelf = new();
        for (int i = 1; i <= 5; i++)
        {
            shelf.Add(TestBook.Code(i));
        }

        shelf.Append(TestBook.Attempt(6));
        shelf.Reload(3);
        Assert.AreEqual(3, shelf.Book.Count);
        Assert.AreEqual(2, shelf.Loader.LostCodes);
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(5)));
    }

    [TestMethod]
    public void The_last_code_of_a_slot_counts()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        AccessCode code = TestBook.Code(2);
        shelf.Secret.ComputeTag(code, code.Bytes, AccessCode.TagOffset);
        shelf.Log.Append(code.Bytes, AccessCode.FrameCount, out _);
        shelf.Reload(20);
        Assert.AreEqual(1, shelf.Book.Count);
        Assert.AreEqual(-1, shelf.SlotOf(1));
        Assert.AreEqual(0, shelf.SlotOf(2));
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(1)));
    }

    // At a step every 10 ms a code of a lock with 1,024 sectors would not open for 20 s. Here are
    // 64, which fit the device's heap.
    [TestMethod]
    public void Sectors_that_hold_nothing_take_few_steps()
    {
        TestBook shelf = new(64);
        shelf.Add(TestBook.Code(1));
        shelf.Mount(20);
        int steps = 0;
        while (!shelf.Loader.IsDone)
        {
            shelf.Loader.Step();
            steps++;
        }

        Assert.AreEqual(1, shelf.Book.Count);
        Assert.IsTrue(steps < 16, "" + steps);
    }

    [TestMethod]
    public void Only_as_many_attempts_as_the_lock_is_made_for_are_remembered()
    {
        TestBook shelf = new();
        for (int i = 1; i <= Limits.RememberedMin + 3; i++)
        {
            shelf.Append(TestBook.Attempt(i));
            if (i % SectorIndex.LastFrame == 0)
            {
                shelf.MakeReady();
            }
        }

        shelf.Reload(20);
        Assert.AreEqual((uint)Limits.RememberedMin + 4, shelf.Attempts.Window.Next);
        Assert.IsFalse(shelf.IsAnswered(TestBook.Id(3)));
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(5)));
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(Limits.RememberedMin + 3)));
    }

    // The power goes when a sector was begun and none was erased for it yet, so the lock erases
    // soon after it starts. Nothing of that may disturb loading, whenever the erase ends.
    [TestMethod]
    [DataRow(W25Q32, 8)]
    [DataRow(W25Q32, 25)]
    [DataRow(W25Q32, 28)]
    [DataRow(GD25Q32C, 400)]
    public void Erasing_ahead_does_not_disturb_loading(int jedecId, int eraseMs)
    {
        TestLock door = TestLock.Running(40, jedecId);
        door.Board.Keypad.Press('5');
        for (int i = 1; i <= CodesPerSector + 2; i++)
        {
            door.Send(TestLock.Create(i, "" + (7000 + i)) + "}");
        }

        Assert.AreEqual(CodesPerSector + 2, door.Agent.Codes.Count);
        door.Board.Keypad.Release('5');
        door.Chip.EraseNanoseconds = eraseMs * 1000000;
        door.PowerCut();
        Assert.AreEqual(CodesPerSector + 2, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_step_reads_one_state_of_a_sector_and_a_few_frames()
    {
        TestBook shelf = TwoSectors();
        SaveStates(shelf, 25);
        shelf.Mount(40);
        long most = 0;
        while (!shelf.Loader.IsDone)
        {
            long before = shelf.Chip.Counters.Reads;
            shelf.Loader.Step();
            long reads = shelf.Chip.Counters.Reads - before;
            most = reads > most ? reads : most;
        }

        Assert.IsTrue(most <= Limits.SlotsPerStep + 1, "reads: " + most);
        Assert.AreEqual(125u, shelf.State.LatestUtc);
    }

    [TestMethod]
    public void A_state_that_rotted_leaves_the_one_before_it()
    {
        TestBook shelf = new();
        SaveStates(shelf, 3);
        shelf.Rot(shelf.State.Location, Frame.SizeBytes / 2);
        shelf.Append(TestBook.Attempt(1));
        shelf.Reload(20);
        Assert.AreEqual(102u, shelf.State.LatestUtc);
    }

    [TestMethod]
    public void A_state_is_read_again_when_the_chip_was_away()
    {
        TestBook shelf = new();
        SaveStates(shelf, 3);
        shelf.Mount(20);
        shelf.Spi.GoneFrom = shelf.Spi.Transactions;
        shelf.Spi.GoneFor = 20;
        for (int i = 0; i < 100; i++)
        {
            shelf.Loader.Step();
        }

        Assert.IsTrue(shelf.Loader.IsDone);
        Assert.AreEqual(103u, shelf.State.LatestUtc);
    }

    private static void SaveStates(TestBook shelf, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            shelf.State.LatestUtc = (uint)(100 + i);
            Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.State.Save());
        }
    }

    private static TestBook TwoSectors()
    {
        TestBook shelf = new();
        shelf.Reload(40);
        shelf.Append(TestBook.Attempt(1));
        for (int i = 0; i < CodesPerSector + 2; i++)
        {
            shelf.Add(TestBook.Code(i + 2));
        }

        return shelf;
    }
}
