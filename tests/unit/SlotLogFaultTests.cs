using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SlotLogFaultTests
{
    [TestMethod]
    public void Torn_group_is_ignored_and_the_one_before_it_stays()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(2);
        Cut(board, 9, PowerCut.RandomBits);
        StorageBoard.Check(StorageStatus.Ok, board.Reset());
        Assert.AreEqual(-1, board.FindSlot(9));
        Assert.AreEqual(0, board.SlotAt(board.FindSlot(0), 2));
        Assert.AreEqual(1, board.SlotAt(board.FindSlot(1), 2));
        board.Append(2, 3);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(3, board.SlotAt(board.FindSlot(3), 2));
    }

    [TestMethod]
    public void Group_that_was_done_when_the_power_went_stays()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(2);
        Cut(board, 9, PowerCut.After);
        StorageBoard.Check(StorageStatus.Ok, board.Reset());
        Assert.AreEqual(9, board.SlotAt(board.FindSlot(9), 2));
    }

    [TestMethod]
    public void Protected_chip_fails_an_append_and_leaves_its_place()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 0);
        board.Chip.IsWriteProtected = true;
        byte[] before = board.Copy();
        StorageBoard.Check(StorageStatus.WriteFailed,
            board.Log.Append(StorageBoard.Group(2, 1), 2, out int location));
        Assert.AreEqual(-1, location);
        CollectionAssert.AreEqual(before, board.Copy());
        Assert.AreEqual(-1, board.FindSlot(1));
        board.Chip.IsWriteProtected = false;
        Assert.AreEqual(4, board.Append(2, 2));
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(-1, board.FindSlot(1));
        Assert.AreEqual(2, board.SlotAt(board.FindSlot(2), 2));
    }

    [TestMethod]
    public void Log_on_a_protected_chip_can_be_read()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 6);
        board.Chip.IsWriteProtected = true;
        StorageBoard.Check(StorageStatus.WriteFailed, board.Restart());
        Assert.IsTrue(board.Log.IsMounted);
        Assert.AreEqual(6, board.SlotAt(board.FindSlot(6), 2));
    }

    [TestMethod]
    public void What_is_appended_after_a_mount_that_could_not_burn_is_found_again()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 6);
        board.Chip.IsWriteProtected = true;
        board.Restart();
        board.Chip.IsWriteProtected = false;
        board.Append(2, 7);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(6, board.SlotAt(board.FindSlot(6), 2));
        Assert.IsTrue(board.FindSlot(7) > 0, "the second group is lost");
        Assert.AreEqual(7, board.SlotAt(board.FindSlot(7), 2));
    }

    [TestMethod]
    public void Chip_that_is_stuck_busy_fails_and_works_again_later()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        int location = board.Append(2, 0);
        board.Chip.IsStuckBusy = true;
        StorageBoard.Check(StorageStatus.WriteFailed,
            board.Log.Append(StorageBoard.Group(2, 1), 2, out _));
        byte[] buffer = new byte[2 * Frame.SizeBytes];
        StorageBoard.Check(StorageStatus.ChipFailed, board.Log.Read(location, buffer, 2));
        board.Chip.IsStuckBusy = false;
        Assert.AreEqual(0, board.SlotAt(location, 2));
        board.Append(2, 2);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(-1, board.FindSlot(1));
        Assert.AreEqual(2, board.SlotAt(board.FindSlot(2), 2));
    }

    [TestMethod]
    public void Chip_that_is_gone_is_not_mounted()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 0);
        board.Chip.IsGone = true;
        StorageBoard.Check(StorageStatus.ChipFailed, board.Restart());
        Assert.IsFalse(board.Log.IsMounted);
        Assert.IsFalse(board.Log.IsReady);
        board.Log.Step(true);
        board.Chip.IsGone = false;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(0, board.SlotAt(board.FindSlot(0), 2));
    }

    [TestMethod]
    public void Chip_that_goes_away_fails_an_append()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 0);
        board.Chip.IsGone = true;
        StorageBoard.Check(StorageStatus.WriteFailed,
            board.Log.Append(StorageBoard.Group(2, 1), 2, out int location));
        Assert.AreEqual(-1, location);
        board.Chip.IsGone = false;
        Assert.AreEqual(4, board.Append(2, 2));
    }

    [TestMethod]
    public void Chip_that_is_away_during_mount_is_not_erased_when_it_comes_back()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(3);
        board.Chip.IsGone = true;
        SlotLog log = new(board.Flash, StorageBoard.Address, board.Sectors);
        log.Mount();
        board.Chip.IsGone = false;
        for (int i = 0; i < 20; i++)
        {
            log.Step(true);
            board.Clock.Advance(1);
        }

        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(0, board.SlotAt(board.FindSlot(0), 2));
        Assert.AreEqual(2, board.SlotAt(board.FindSlot(2), 2));
    }

    private static void Cut(StorageBoard board, int slot, PowerCut model)
    {
        board.Chip.CutPowerAt(1, model, 1);
        bool isCut = false;
        try
        {
            board.Log.Append(StorageBoard.Group(2, slot), 2, out _);
        }
        catch (PowerCutException)
        {
            isCut = true;
        }

        Assert.IsTrue(isCut);
        board.Chip.RestorePower();
    }
}
