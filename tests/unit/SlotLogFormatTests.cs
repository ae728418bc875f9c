using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SlotLogFormatTests
{
    [TestMethod]
    public void Unknown_version_is_reported_and_left_untouched()
    {
        StorageBoard board = ThreeSectors();
        SectorHeaderTests.SetVersion(board.Chip.Image, StorageBoard.Place(1, 0), 2);
        byte[] before = board.Copy();
        StorageBoard.Check(StorageStatus.UnknownFormat, board.Restart());
        RequireUntouched(board, before);
    }

    [TestMethod]
    public void Another_geometry_is_reported_and_left_untouched()
    {
        StorageBoard board = ThreeSectors();
        byte[] before = board.Copy();
        SlotLog smaller = new(board.Flash, StorageBoard.Address, 8);
        StorageBoard.Check(StorageStatus.UnknownFormat, smaller.Mount());
        Assert.IsFalse(smaller.IsMounted);
        smaller.Step(true);
        CollectionAssert.AreEqual(before, board.Copy());
    }

    [TestMethod]
    public void Rotten_header_in_mid_chain_costs_no_group()
    {
        StorageBoard board = ThreeSectors();
        board.Chip.Image[StorageBoard.Place(1, 0) + 4] ^= 1;
        RequireAllPairs(board);
        Assert.AreEqual(2u, board.Log.Ring.SequenceOf(1));
    }

    [TestMethod]
    public void Rotten_header_of_the_oldest_sector_costs_no_group()
    {
        StorageBoard board = ThreeSectors();
        board.Chip.Image[StorageBoard.Place(0, 0) + 4] ^= 1;
        RequireAllPairs(board);
    }

    [TestMethod]
    public void Rotten_retired_unit_of_a_sector_in_use_costs_no_group()
    {
        StorageBoard board = ThreeSectors();
        board.Chip.Image[StorageBoard.Place(1, 0) + SectorHeader.SizeBytes] ^= 1;
        RequireAllPairs(board);
    }

    [TestMethod]
    public void Rotten_index_falls_back_to_the_frames()
    {
        StorageBoard board = ThreeSectors();
        board.Chip.Image[StorageBoard.Place(0, 62)] ^= 1;
        RequireAllPairs(board);
    }

    [TestMethod]
    public void Rotten_group_costs_only_itself()
    {
        StorageBoard board = ThreeSectors();
        board.Chip.Image[StorageBoard.Place(0, 4) + 9] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(-1, board.SlotAt(board.FindSlot(1), 2));
        Assert.AreEqual(0, board.SlotAt(board.FindSlot(0), 2));
        Assert.AreEqual(2, board.SlotAt(board.FindSlot(2), 2));
    }

    private static StorageBoard ThreeSectors()
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(2 * StorageBoard.PairsPerSector + 5);
        return board;
    }

    private static void RequireAllPairs(StorageBoard board)
    {
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        for (int slot = 0; slot < 2 * StorageBoard.PairsPerSector + 5; slot++)
        {
            int location = board.FindSlot(slot);
            Assert.IsTrue(location > 0, "slot " + slot + " is lost");
            Assert.AreEqual(slot, board.SlotAt(location, 2));
        }
    }

    private static void RequireUntouched(StorageBoard board, byte[] before)
    {
        Assert.IsFalse(board.Log.IsMounted);
        Assert.IsFalse(board.Log.IsReady);
        board.Log.Step(true);
        board.Clock.Advance(5);
        board.Log.Step(true);
        StorageBoard.Check(StorageStatus.ChipFailed,
            board.Log.Append(StorageBoard.Group(1, 0), 1, out _));
        CollectionAssert.AreEqual(before, board.Copy());
    }
}
