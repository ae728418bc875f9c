using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Mount: what is burnt, and where the last group goes.</summary>
[TestClass]
public class MountPlaceTests
{
    private const int Last = StorageBoard.PairsPerSector - 1;
    private const int LastPage = SlotLog.FramesPerSector - SlotLog.FramesPerPage;

    [TestMethod]
    public void A_sector_whose_only_group_is_torn_keeps_its_header()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 0);
        board.Chip.Image[StorageBoard.Place(0, 1) + 9] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        StorageBoard.Check(SectorState.Used, board.Log.Ring.StateOf(0));
        RequireBurnt(board, 0, 1, 4);
        board.Append(2, 1);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(0, board.Log.Ring.LostHeaders);
        Assert.AreEqual(1, board.SlotAt(board.FindSlot(1), 2));
    }

    [TestMethod]
    public void The_index_of_a_last_page_that_is_whole_stays()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        RequireSealed(board, true);
    }

    [TestMethod]
    public void The_index_before_a_head_with_nothing_valid_stays()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        board.Chip.Image[StorageBoard.Place(1, 1) + 9] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        RequireSealed(board, true);
    }

    [TestMethod]
    public void A_last_page_whose_group_does_not_validate_is_burnt()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector);
        board.Chip.Image[StorageBoard.Place(0, LastPage) + 9] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        RequireBurnt(board, 0, LastPage, SlotLog.FramesPerSector);
        Assert.AreEqual(Last - 1, board.SlotAt(board.FindSlot(Last - 1), 2));
    }

    [TestMethod]
    public void An_index_that_does_not_validate_is_burnt()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector);
        board.Chip.Image[StorageBoard.Place(0, SlotLog.FramesPerSector) - 1] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        RequireBurnt(board, 0, SectorIndex.LastFrame + 1, SlotLog.FramesPerSector);
        Assert.AreEqual(Last, board.SlotAt(board.FindSlot(Last), 2));
    }

    [TestMethod]
    public void What_follows_the_last_group_is_burnt_up_to_the_head()
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        board.Log.End.Resume(1, SlotLog.FramesPerSector);
        board.Append(2, 90);
        Assert.AreEqual(2, board.Log.End.Head);
        board.Chip.Image[StorageBoard.Place(1, 1) + 9] ^= 1;
        board.Chip.Image[StorageBoard.Place(2, 1) + 9] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        RequireSealed(board, true);
        RequireBurnt(board, 1, 1, SlotLog.FramesPerSector);
        RequireBurnt(board, 2, 1, 4);
        Assert.AreEqual(Last, board.SlotAt(board.FindSlot(Last), 2));
    }

    [TestMethod]
    public void The_last_group_is_found_before_a_head_at_the_start_of_the_region()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        for (int i = 3; i < 8; i++)
        {
            board.AppendPairs(StorageBoard.PairsPerSector);
            board.MakeReady(3);
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(board.Log.Ring.Retire(i));
            board.MakeReady(3);
            board.AppendPairs(StorageBoard.PairsPerSector);
        }

        board.Log.End.Resume(7, SlotLog.FramesPerSector);
        Assert.IsTrue(board.Log.Ring.Retire(3));
        board.MakeReady(3);
        Assert.AreEqual(0, board.Log.Ring.FirstReady());
        board.Append(2, 90);
        board.Chip.Image[StorageBoard.Place(0, 1) + 9] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(0, board.Log.End.Head);
        Assert.AreEqual(Last, board.SlotAt(board.FindSlot(Last), 2));
    }

    // Its first page may be touched; burning that at each start would use the sector up.
    [TestMethod]
    public void Sectors_kept_for_carrying_are_erased_again_behind_a_closed_head()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(StorageBoard.PairsPerSector);
        Assert.AreEqual(2, board.Log.Ring.ReadyCount);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(0, board.Log.Ring.ReadyCount);
        Assert.AreEqual(0, board.Log.Ring.Newest);
        Assert.AreEqual(0, board.Log.End.Head);
        board.MakeReady(3);
        Assert.AreEqual(1, board.Log.Ring.FirstReady());
        Assert.AreEqual(2u, board.Log.Ring.SequenceOf(1));
        Assert.AreEqual(SlotLog.FramesPerSector + 1, board.Append(2, 99));
        Assert.AreEqual(Last, board.SlotAt(board.FindSlot(Last), 2));
    }

    // It was opened for carrying on, so that it may be given up: the last group stays where it is.
    [TestMethod]
    public void No_last_group_goes_where_only_copies_are()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(StorageBoard.PairsPerSector);
        StorageBoard.Check(StorageStatus.Ok,
            board.Log.Carry(StorageBoard.Group(2, 0), 2, out _));
        board.Chip.Image[StorageBoard.Place(1, 1) + 9] ^= 1;
        board.Chip.Image[StorageBoard.Place(0, 4) + 9] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(1, board.Log.End.Head);
        Assert.AreEqual(LastPage, board.FindSlot(Last));
        Assert.AreEqual(Last, board.SlotAt(LastPage, 2));
        RequireSealed(board, true);
    }

    [TestMethod]
    public void A_last_group_that_cannot_be_appended_twice_is_tried_again_before_the_next()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(2);
        board.Chip.Image[StorageBoard.Place(0, 12) + 20] = 0;
        board.Chip.Image[StorageBoard.Place(0, 14) + 20] = 0;
        StorageBoard.Check(StorageStatus.WriteFailed, board.Restart());
        Assert.IsTrue(board.Log.IsMounted);
        Assert.IsFalse(board.Log.IsSound);
        Assert.AreEqual(16, board.Log.End.NextFrame);
        board.Append(2, 7);
        Assert.IsTrue(board.Log.IsSound);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(1, board.SlotAt(board.FindSlot(1), 2));
        Assert.AreEqual(7, board.SlotAt(board.FindSlot(7), 2));
    }

    [TestMethod]
    public void A_chip_that_takes_nothing_uses_no_place_up()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 0);
        board.Append(1, 1);
        board.Chip.IsWriteProtected = true;
        StorageBoard.Check(StorageStatus.WriteFailed, board.Restart());
        byte[] group = StorageBoard.Group(2, 7);
        for (int i = 0; i < SlotLog.FramesPerSector; i++)
        {
            StorageBoard.Check(StorageStatus.WriteFailed,
                board.Log.Append(group, 2, out int location));
            Assert.AreEqual(-1, location);
        }

        Assert.AreEqual(4, board.Log.End.NextFrame);
        board.Chip.IsWriteProtected = false;
        Assert.IsTrue(board.Append(2, 7) < SlotLog.FramesPerSector);
    }

    // A program that the chip does not hear is the one thing that nothing tells of.
    [TestMethod]
    public void A_start_does_not_say_ok_while_something_torn_is_not_burnt()
    {
        int missed = 0;
        for (int gone = 0; gone < 60; gone++)
        {
            StorageBoard board = StorageBoard.WithReady(8, 3);
            board.AppendPairs(3);
            board.Chip.Image[StorageBoard.Place(0, 6) + 9] ^= 1;
            StorageStatus status = MountWithoutOne(board, gone);
            missed += status == StorageStatus.Ok
                && board.Chip.Image[StorageBoard.Place(0, 6)] != 0 ? 1 : 0;
        }

        Assert.IsTrue(missed <= 1, "" + missed);
    }

    // What reads as FF because the plug let go is neither a blank page nor a sector of nobody.
    [TestMethod]
    public void A_plug_that_lets_go_for_one_read_of_a_start_loses_no_group()
    {
        int mounted = 0;
        for (int gone = 0; gone < 60; gone++)
        {
            StorageBoard board = StorageBoard.WithReady(8, 3);
            board.AppendPairs(4);
            MountWithoutOne(board, gone);
            mounted += board.Log.IsMounted ? 1 : 0;
            if (board.Log.IsMounted)
            {
                RequireFour(board, gone);
            }

            StorageBoard.Check(StorageStatus.Ok, board.Restart());
            RequireFour(board, gone);
        }

        Assert.IsTrue(mounted > 40);
    }

    private static StorageStatus MountWithoutOne(StorageBoard board, int gone)
    {
        FadingSpi spi = new(board.Chip);
        board.Attach(spi);
        spi.GoneFrom = spi.Transactions + gone;
        spi.GoneFor = 1;
        StorageStatus status = board.Log.Mount();
        spi.GoneFor = 0;
        return status;
    }

    private static void RequireFour(StorageBoard board, int gone)
    {
        for (int slot = 0; slot < 4; slot++)
        {
            Assert.AreEqual(slot, board.SlotAt(board.FindSlot(slot), 2), "after " + gone);
        }
    }

    private static void RequireBurnt(StorageBoard board, int sector, int from, int to)
    {
        for (int i = StorageBoard.Place(sector, from); i < StorageBoard.Place(sector, to); i++)
        {
            Assert.AreEqual(0, (int)board.Chip.Image[i]);
        }
    }

    private static void RequireSealed(StorageBoard board, bool isSealed)
    {
        SectorIndex index = new();
        System.Array.Copy(board.Chip.Image, StorageBoard.Place(0, SectorIndex.LastFrame + 1),
            index.Bytes, 0, SectorIndex.SizeBytes);
        Assert.AreEqual(isSealed, SectorIndex.IsSealed(new Checksum(), 1, index.Bytes, 0));
    }
}
