using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SlotLogTests
{
    [TestMethod]
    public void Log_without_a_mount_takes_nothing()
    {
        StorageBoard board = new(8);
        SlotLog log = new(board.Flash, StorageBoard.Address, 8);
        Assert.IsFalse(log.IsReady);
        StorageBoard.Check(StorageStatus.ChipFailed,
            log.Append(StorageBoard.Group(1, 0), 1, out int location));
        Assert.AreEqual(-1, location);
    }

    [TestMethod]
    public void New_flash_is_not_ready_until_a_sector_is_erased()
    {
        StorageBoard board = new(8);
        Assert.IsFalse(board.Log.IsReady);
        StorageBoard.Check(StorageStatus.NotReady,
            board.Log.Append(StorageBoard.Group(1, 0), 1, out int location));
        Assert.AreEqual(-1, location);
        Assert.AreEqual(0, board.Chip.DeviceSteps);
        board.MakeReady(3);
        Assert.IsTrue(board.Log.IsReady);
        board.Append(1, 0);
    }

    [TestMethod]
    public void Two_ready_sectors_are_kept_for_carrying()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(StorageBoard.PairsPerSector);
        Assert.IsFalse(board.Log.IsReady);
        byte[] group = StorageBoard.Group(2, 90);
        StorageBoard.Check(StorageStatus.NotReady, board.Log.Append(group, 2, out _));
        StorageBoard.Check(StorageStatus.Ok, board.Log.Carry(group, 2, out int location));
        Assert.AreEqual(SlotLog.FramesPerSector + 1, location);

        // What is left of it is for carrying too.
        Assert.IsFalse(board.Log.IsReady);
        group = StorageBoard.Group(2, 91);
        StorageBoard.Check(StorageStatus.NotReady, board.Log.Append(group, 2, out _));
        StorageBoard.Check(StorageStatus.Ok, board.Log.Carry(group, 2, out _));
        board.MakeReady(2);
        Assert.IsTrue(board.Log.IsReady);
    }

    [TestMethod]
    public void Mount_of_a_blank_chip_programs_and_erases_nothing()
    {
        Assert.AreEqual(0, new StorageBoard(16).Chip.DeviceSteps);
    }

    [TestMethod]
    public void What_was_appended_is_read_back_after_a_restart()
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(70);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        for (int slot = 0; slot < 70; slot++)
        {
            Assert.AreEqual(slot, board.SlotAt(board.FindSlot(slot), 2));
        }
    }

    [TestMethod]
    public void Mount_finds_the_head_and_burns_and_appends_the_last_group_again()
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(StorageBoard.PairsPerSector + 2);
        long programs = board.Chip.Counters.PagePrograms;
        long erases = board.Chip.Counters.Erases;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(1, board.Log.End.Head);

        // Pairs lay at 1 and 4: 6 to 11 are burnt, 12 is the copy. The newest header is confirmed.
        int place = StorageBoard.Place(1, 6);
        for (int i = 0; i < 6 * Frame.SizeBytes; i++)
        {
            Assert.AreEqual(0, (int)board.Chip.Image[place + i]);
        }

        Assert.AreEqual(14, board.Log.End.NextFrame);
        Assert.AreEqual(SlotLog.FramesPerSector + 12, board.FindSlot(31));
        Assert.AreEqual(31, board.SlotAt(SlotLog.FramesPerSector + 12, 2));
        Assert.IsTrue(board.Chip.Counters.PagePrograms - programs <= 4);
        Assert.AreEqual(erases, board.Chip.Counters.Erases);
    }

    [TestMethod]
    public void Mount_burns_the_next_page_too_where_a_pair_would_not_have_fitted()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 0);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(0, (int)board.Chip.Image[StorageBoard.Place(0, 3)]);
        Assert.AreEqual(0, (int)board.Chip.Image[StorageBoard.Place(0, 4)]);
        Assert.AreEqual(0, (int)board.Chip.Image[StorageBoard.Place(0, 8) - 1]);
        Assert.AreEqual(8, board.FindSlot(0));
        Assert.AreEqual(10, board.Log.End.NextFrame);
    }

    [TestMethod]
    public void Mount_after_mount_loses_nothing()
    {
        StorageBoard board = StorageBoard.WithReady(32, 8);
        board.AppendPairs(StorageBoard.PairsPerSector - 2);
        for (int i = 0; i < 20; i++)
        {
            StorageBoard.Check(StorageStatus.Ok, board.Restart());
            board.Append(1, 100 + i);
        }

        for (int slot = 0; slot < StorageBoard.PairsPerSector - 2; slot++)
        {
            Assert.AreEqual(slot, board.SlotAt(board.FindSlot(slot), 2));
        }

        for (int i = 0; i < 20; i++)
        {
            Assert.AreEqual(100 + i, board.SlotAt(board.FindSlot(100 + i), 1));
        }
    }

    [TestMethod]
    public void Reset_of_the_controller_during_an_erase_loses_nothing()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(3);
        board.Log.Step(true);
        Assert.IsTrue(board.Log.Ring.IsErasing);
        StorageBoard.Check(StorageStatus.Ok, board.Reset());
        Assert.AreEqual(2, board.SlotAt(board.FindSlot(2), 2));
        board.MakeReady(3);
    }

    [TestMethod]
    public void Log_can_be_mounted_again()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(2);
        StorageBoard.Check(StorageStatus.Ok, board.Log.Mount());
        Assert.AreEqual(0, board.Log.End.Head);
        Assert.AreEqual(3, board.Log.Ring.ReadyCount);
        Assert.AreEqual(1, board.SlotAt(board.FindSlot(1), 2));
        board.Append(2, 2);
        Assert.AreEqual(2, board.SlotAt(board.FindSlot(2), 2));
    }

    // Carrying on asks for the indexes of old sectors while the chip erases.
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void An_erase_goes_on_after_what_suspended_it(int what)
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        board.Log.Step(true);
        Assert.IsTrue(board.Log.Ring.IsErasing);
        if (what == 0)
        {
            board.Append(2, 1);
        }
        else if (what == 1)
        {
            Assert.AreEqual(0, board.SlotAt(1, 2));
        }
        else
        {
            StorageBoard.Check(StorageStatus.Ok, board.ReadIndex(0));
        }

        board.Clock.Advance(4);
        board.Log.Step(false);
        Assert.IsFalse(board.Log.Ring.IsErasing);
    }

    [TestMethod]
    public void Index_that_is_missing_is_read_in_slices_between_which_others_may_work()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        board.Chip.Image[StorageBoard.Place(0, SectorIndex.LastFrame + 1)] ^= 1;
        int slices = 0;
        while (!board.Log.HasIndexOf(0))
        {
            StorageBoard.Check(StorageStatus.NotReady, board.Log.ReadIndex(0));
            Assert.AreEqual(500 + slices, board.SlotAt(board.Append(2, 500 + slices), 2));
            slices++;
        }

        int pages = SlotLog.FramesPerSector / SlotLog.FramesPerPage;
        int perSlice = Limits.WorkPerStep / Limits.WorkPerRead;
        Assert.AreEqual((pages + perSlice - 1) / perSlice, slices);
        Assert.AreEqual(0, board.Log.Index.SlotAt(1));
        Assert.AreEqual(StorageBoard.PairsPerSector - 1, board.Log.Index.SlotAt(60));
        StorageBoard.Check(StorageStatus.Ok, board.ReadIndex(1));
        Assert.AreEqual(500, board.Log.Index.SlotAt(4));
    }

    [TestMethod]
    public void Index_that_a_chip_cannot_give_is_no_empty_one()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        board.Chip.IsGone = true;
        StorageBoard.Check(StorageStatus.ChipFailed, board.ReadIndex(0));
    }

    [TestMethod]
    public void Frames_may_fill_what_is_neither_ready_nor_written_nor_carried_on() =>
        Assert.AreEqual(3 * (SectorIndex.LastFrame - 3), new StorageBoard(8).Log.LiveFramesMax);

    [TestMethod]
    public void Group_that_is_carried_on_twice_is_still_marked_as_carried()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        byte[] group = StorageBoard.Group(2, 4);
        for (int i = 0; i < 2; i++)
        {
            StorageBoard.Check(StorageStatus.Ok, board.Log.Carry(group, 2, out int location));
            StorageBoard.Check(StorageStatus.Ok, board.Log.Read(location, group, 2));
            Assert.AreEqual((int)Frame.Carried, group[Frame.Group] & Frame.Carried);
            Assert.AreEqual((int)Frame.Carried,
                group[Frame.SizeBytes + Frame.Group] & Frame.Carried);
        }
    }

    [TestMethod]
    public void Read_of_a_place_without_a_group_is_damaged()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        int location = board.Append(2, 0);
        byte[] buffer = new byte[2 * Frame.SizeBytes];
        StorageBoard.Check(StorageStatus.Damaged, board.Log.Read(location + 1, buffer, 1));
        StorageBoard.Check(StorageStatus.Damaged, board.Log.Read(location + 3, buffer, 2));
        StorageBoard.Check(StorageStatus.Ok, board.Log.Read(location, buffer, 1));
    }

    [TestMethod]
    public void Append_during_an_erase_suspends_it()
    {
        StorageBoard board = StorageBoard.WithReady(16, 3);
        board.Log.Step(true);
        Assert.IsTrue(board.Log.Ring.IsErasing);
        int location = board.Append(2, 5);
        Assert.AreEqual(5, board.SlotAt(location, 2));
        StorageBoard.Check(StorageStatus.Ok, board.ReadIndex(0));
        Assert.IsTrue(board.Log.Ring.IsErasing, "the erase goes on");
        board.MakeReady(3);
        Assert.AreEqual(3, board.Log.Ring.Newest);
    }
}
