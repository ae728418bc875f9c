using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class MountTests
{
    [TestMethod]
    public void What_is_appended_again_are_the_bytes_that_were_found_valid()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(2);
        board.Chip.IsWriteProtected = true;
        StorageBoard.Check(StorageStatus.WriteFailed, board.Restart());

        // The weak cells of the last group read otherwise from now on.
        board.Chip.Image[StorageBoard.Place(0, 4) + 9] ^= 1;
        board.Chip.IsWriteProtected = false;
        board.Append(2, 7);
        Assert.AreEqual(1, board.SlotAt(board.FindSlot(1), 2));
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(1, board.SlotAt(board.FindSlot(1), 2));
        Assert.AreEqual(7, board.SlotAt(board.FindSlot(7), 2));
    }

    [TestMethod]
    public void Nothing_is_appended_while_burning_fails()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(2);
        board.Chip.IsWriteProtected = true;
        StorageBoard.Check(StorageStatus.WriteFailed, board.Restart());
        byte[] before = board.Copy();
        byte[] group = StorageBoard.Group(2, 7);
        StorageBoard.Check(StorageStatus.WriteFailed, board.Log.Append(group, 2, out _));
        StorageBoard.Check(StorageStatus.WriteFailed, board.Log.Carry(group, 2, out _));
        CollectionAssert.AreEqual(before, board.Copy());
        board.Chip.IsWriteProtected = false;
        int location = board.Append(2, 8);

        // No page between the old groups and the new one is blank.
        for (int frame = 4; frame < location; frame += SlotLog.FramesPerPage)
        {
            Assert.AreNotEqual(0xFF, (int)board.Chip.Image[StorageBoard.Place(0, frame) + 2]);
        }

        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(8, board.SlotAt(board.FindSlot(8), 2));
    }

    [TestMethod]
    public void A_mount_in_slices_reads_some_headers_each_and_is_over_when_all_is_firm()
    {
        StorageBoard board = StorageBoard.WithReady(40, 5);
        board.AppendPairs(StorageBoard.PairsPerSector + 2);
        board.Attach(board.Chip);
        long programs = board.Chip.Counters.PagePrograms;
        int slices = 0;
        long most = 0;
        StorageStatus status;
        bool isOver;
        do
        {
            Assert.IsFalse(board.Log.IsMounted);
            long before = board.Chip.Counters.Reads;
            isOver = board.Log.StepMount(out status);
            long reads = board.Chip.Counters.Reads - before;
            most = reads > most ? reads : most;
            slices++;
        }
        while (!isOver);

        StorageBoard.Check(StorageStatus.Ok, status);
        Assert.IsTrue(board.Log.IsSound);
        Assert.AreEqual(programs + 3, board.Chip.Counters.PagePrograms);
        Assert.IsTrue(most <= Limits.WorkPerStep / 8, "" + most);
        Assert.IsTrue(slices > board.Sectors / (Limits.WorkPerStep / 8), "" + slices);
        Assert.AreEqual(1, board.SlotAt(board.FindSlot(1), 2));
    }

    // Every read of a mount may be the one at which the plug lets go.
    [TestMethod]
    public void A_chip_that_goes_away_during_mount_is_not_mounted_and_loses_nothing()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(3);
        for (int readings = 1; readings < 200; readings++)
        {
            FadingSpi spi = new(board.Chip);
            SpiNorFlash flash = new(spi, board.Clock);
            FlashBoard.Check(FlashStatus.Ok, flash.Open(FlashBoard.W25Q64));
            SlotLog log = new(flash, StorageBoard.Address, board.Sectors);
            byte[] before = board.Copy();
            int programs = board.Chip.DeviceSteps;
            spi.GoneFrom = spi.Transactions + readings;
            spi.GoneFor = int.MaxValue;
            StorageStatus status = log.Mount();
            spi.GoneFor = 0;
            if (log.IsMounted)
            {
                // It went away before something could be burnt: that is done later.
                Assert.IsTrue(readings > board.Sectors, "after " + readings);
                StorageBoard.Check(StorageStatus.WriteFailed, status);
                log.Append(StorageBoard.Group(2, 3), 2, out _);
                StorageBoard.Check(StorageStatus.Ok, board.Restart());
                Assert.AreEqual(2, board.SlotAt(board.FindSlot(2), 2));
                Assert.AreEqual(3, board.SlotAt(board.FindSlot(3), 2));
                return;
            }

            StorageBoard.Check(StorageStatus.ChipFailed, status);
            for (int i = 0; i < 3; i++)
            {
                log.Step(true);
                board.Clock.Advance(5);
            }

            CollectionAssert.AreEqual(before, board.Copy());
            Assert.AreEqual(programs, board.Chip.DeviceSteps, "after " + readings);
        }

        Assert.IsTrue(false, "it was never mounted");
    }

    [TestMethod]
    public void Without_a_ready_sector_the_last_group_is_written_over_itself()
    {
        StorageBoard board = StorageBoard.WithReady(8, 1);
        byte[] group = StorageBoard.Group(2, 0);
        for (int i = 0; i < StorageBoard.PairsPerSector; i++)
        {
            StorageBoard.Check(StorageStatus.Ok, board.Log.Carry(group, 2, out _));
        }

        byte[] before = board.Copy();
        int steps = board.Chip.DeviceSteps;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.IsTrue(board.Chip.DeviceSteps > steps);
        CollectionAssert.AreEqual(before, board.Copy());
        board.MakeReady(3);
        Assert.AreEqual(SlotLog.FramesPerSector + 1, board.Append(1, 5));
    }

    // The sector behind which it is found may hold nothing valid at all.
    [TestMethod]
    public void A_last_group_in_the_sector_before_the_head_is_appended_behind_it()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        board.Chip.Image[StorageBoard.Place(1, 1) + 9] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(1, board.Log.End.Head);
        int last = StorageBoard.PairsPerSector - 1;
        Assert.IsTrue(board.FindSlot(last) >= SlotLog.FramesPerSector);
        Assert.AreEqual(last, board.SlotAt(board.FindSlot(last), 2));
        Assert.AreEqual(0, (int)board.Chip.Image[StorageBoard.Place(1, 2)]);
    }
}
