using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Ring: headers that rotted cost no frame, wherever they are.</summary>
[TestClass]
public class RingRotTests
{
    private const int Oldest = 0;
    private const int Middle = 1;
    private const int Head = 2;
    private const int Pairs = 2 * StorageBoard.PairsPerSector + 5;

    [TestMethod]
    [DataRow(Oldest)]
    [DataRow(Middle)]
    [DataRow(Head)]
    public void A_rotten_bit_of_a_header_loses_nothing_and_is_counted(int sector)
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(Pairs);
        byte[] image = board.Copy();
        for (int bit = 0; bit < SectorHeader.SizeBytes * 8; bit += 5)
        {
            Flip(board, sector, bit);
            RequireAll(board, 1, "bit " + bit);
            image.CopyTo(board.Chip.Image, 0);
        }
    }

    [TestMethod]
    [DataRow(Oldest, 0, 9, 63)]
    [DataRow(Oldest, 32, 33, 34)]
    [DataRow(Middle, 16, 40, 100)]
    [DataRow(Middle, 64, 65, 127)]
    [DataRow(Head, 7, 8, 32)]
    [DataRow(Head, 33, 47, 62)]
    public void Three_rotten_bits_of_a_header_lose_nothing_and_are_counted(
        int sector, int first, int second, int third)
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(Pairs);
        Flip(board, sector, first);
        Flip(board, sector, second);
        Flip(board, sector, third);
        RequireAll(board, 1, "three bits");

        // It is told until the sector is written anew.
        RequireAll(board, 1, "once more");
    }

    [TestMethod]
    [DataRow(Oldest)]
    [DataRow(Middle)]
    [DataRow(Head)]
    public void Three_rotten_bits_of_a_retired_unit_retire_nothing(int sector)
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(Pairs);
        Flip(board, sector, SectorHeader.SizeBytes * 8);
        Flip(board, sector, SectorHeader.SizeBytes * 8 + 60);
        Flip(board, sector, SectorHeader.SizeBytes * 8 + 127);
        RequireAll(board, 0, "retired unit");
    }

    [TestMethod]
    public void A_rotten_header_of_the_newest_ready_sector_costs_no_frame()
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(Pairs);
        Assert.AreEqual(4, board.Log.Ring.Newest);
        Flip(board, 4, 33);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        RequirePairs(board, "newest");
        board.MakeReady(5);
        RequirePairs(board, "newest");
    }

    [TestMethod]
    public void Rotten_headers_of_neighbours_cost_no_frame()
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(Pairs);
        Flip(board, Oldest, 33);
        Flip(board, Middle, 34);
        Flip(board, Head, 35);
        RequireAll(board, 3, "three sectors");
    }

    private static void Flip(StorageBoard board, int sector, int bit) =>
        board.Chip.Image[StorageBoard.Place(sector, 0) + bit / 8] ^= (byte)(1 << (bit % 8));

    private static void RequireAll(StorageBoard board, int lostHeaders, string what)
    {
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(lostHeaders, board.Log.Ring.LostHeaders, what);
        RequirePairs(board, what);
    }

    private static void RequirePairs(StorageBoard board, string what)
    {
        for (int slot = 0; slot < Pairs; slot += 8)
        {
            Assert.AreEqual(slot, board.SlotAt(board.FindSlot(slot), 2), what);
        }

        Assert.AreEqual(Pairs - 1, board.SlotAt(board.FindSlot(Pairs - 1), 2), what);
    }
}
