using System;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class RingTests
{
    [TestMethod]
    public void Blank_flash_has_nothing_ready()
    {
        Ring ring = new StorageBoard(8).Log.Ring;
        for (int i = 0; i < 8; i++)
        {
            StorageBoard.Check(SectorState.Raw, ring.StateOf(i));
        }

        Assert.AreEqual(0, ring.ReadyCount);
        Assert.AreEqual(-1, ring.FirstReady());
    }

    [TestMethod]
    public void Region_of_a_wrong_shape_is_refused()
    {
        StorageBoard board = new(8);
        Assert.ThrowsException(typeof(ArgumentException), () => new Ring(board.Flash, 0, 7));
        Assert.ThrowsException(typeof(ArgumentException), () => new Ring(board.Flash, 256, 8));
        Assert.ThrowsException(typeof(ArgumentException), () => new Ring(board.Flash, 0, 1025));
    }

    [TestMethod]
    public void Largest_region_is_taken() =>
        Assert.AreEqual(1024, new Ring(new StorageBoard(8).Flash, 0, 1024).Count);

    [TestMethod]
    public void Oldest_is_the_first_behind_the_newest_that_holds_frames()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        Assert.AreEqual(board.Log.Ring.Newest, board.Log.Ring.Oldest, "none holds frames");
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        Assert.AreEqual(0, board.Log.Ring.Oldest);
        Assert.IsTrue(board.Log.Ring.Retire(0));
        Assert.AreEqual(1, board.Log.Ring.Oldest);
    }

    [TestMethod]
    public void Retired_sector_holds_nothing_after_a_restart()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        Assert.IsTrue(board.Log.Ring.Retire(0));
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        StorageBoard.Check(SectorState.Stale, board.Log.Ring.StateOf(0));
        Assert.AreEqual(1, board.Log.Ring.Oldest);
        Assert.AreEqual(0, board.Log.Ring.LostHeaders);
    }

    [TestMethod]
    public void Sector_that_cannot_be_retired_still_counts()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        board.Chip.IsWriteProtected = true;
        Assert.IsFalse(board.Log.Ring.Retire(0));
        StorageBoard.Check(SectorState.Used, board.Log.Ring.StateOf(0));
        Assert.AreEqual(0, board.Log.Ring.Oldest);
    }

    [TestMethod]
    public void Sectors_become_ready_in_order()
    {
        StorageBoard board = StorageBoard.WithReady(12, 3);
        Ring ring = board.Log.Ring;
        Assert.AreEqual(2, ring.Newest);
        Assert.AreEqual(0, ring.FirstReady());
        Assert.AreEqual(1u, ring.SequenceOf(0));
        Assert.AreEqual(3u, ring.SequenceOf(2));
        StorageBoard.Check(SectorState.Raw, ring.StateOf(3));
        Assert.AreEqual(1, board.ErasesOf(0));
        Assert.AreEqual(0, board.ErasesOf(3));
    }

    [TestMethod]
    public void No_erase_begins_while_somebody_is_at_the_keypad()
    {
        StorageBoard board = new(8);
        for (int i = 0; i < 20; i++)
        {
            board.Log.Step(false);
            board.Clock.Advance(1);
        }

        Assert.AreEqual(0L, board.Chip.Counters.Erases);
    }

    [TestMethod]
    public void Erase_that_runs_ends_while_somebody_is_at_the_keypad()
    {
        StorageBoard board = new(8);
        board.Log.Step(true);
        Assert.IsTrue(board.Log.Ring.IsErasing);
        board.Clock.Advance(4);
        board.Log.Step(false);
        Assert.IsFalse(board.Log.Ring.IsErasing);
        Assert.AreEqual(1, board.Log.Ring.ReadyCount);
    }

    [TestMethod]
    public void Only_so_many_sectors_are_kept_ready()
    {
        StorageBoard board = StorageBoard.WithReady(40, Limits.ReadySectors);
        for (int i = 0; i < 20; i++)
        {
            board.Log.Step(true);
            board.Clock.Advance(1);
        }

        Assert.AreEqual(Limits.ReadySectors, board.Log.Ring.ReadyCount);
        Assert.AreEqual((long)Limits.ReadySectors, board.Chip.Counters.Erases);
    }

    [TestMethod]
    public void Ready_sectors_stay_ready_over_a_restart()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Ring ring = board.Log.Ring;
        Assert.AreEqual(3, ring.Newest);
        Assert.AreEqual(4u, ring.SequenceOf(3));
        Assert.AreEqual(1, board.ErasesOf(3));
        Assert.AreEqual(4L, board.Chip.Counters.Erases, "erases");

        // The first page may have been touched by a cut program: it is burnt.
        Assert.AreEqual(3, ring.ReadyCount);
        Assert.AreEqual(0, board.Log.End.Head);
        Assert.AreEqual(4, board.Log.End.NextFrame);
    }

    [TestMethod]
    public void Cut_erase_is_done_again_with_the_same_sequence()
    {
        StorageBoard board = StorageBoard.WithReady(8, 1);
        board.Log.Step(true);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(0, board.Log.Ring.Newest);
        StorageBoard.Check(SectorState.Raw, board.Log.Ring.StateOf(1));
        board.MakeReady(2);
        Assert.AreEqual(1, board.Log.Ring.Newest);
        Assert.AreEqual(2u, board.Log.Ring.SequenceOf(1));
    }

    [TestMethod]
    public void Failed_erase_is_tried_again_while_too_few_are_ready()
    {
        StorageBoard board = new(8);
        FailErase(board, 0);
        StorageBoard.Check(SectorState.Stale, board.Log.Ring.StateOf(0));
        Assert.AreEqual(1, board.Log.Ring.BadSectors);
        Assert.AreEqual(1, board.Log.Ring.LostSectors);
        board.MakeReady(1);
        Assert.AreEqual(0, board.Log.Ring.FirstReady());
        Assert.AreEqual(1u, board.Log.Ring.SequenceOf(0));
    }

    [TestMethod]
    public void Sector_that_takes_no_header_is_bad_and_the_next_one_is_used()
    {
        StorageBoard board = new(8);
        for (int i = 0; i < Limits.EraseTries; i++)
        {
            FailErase(board, 0);
        }

        StorageBoard.Check(SectorState.Bad, board.Log.Ring.StateOf(0));
        board.MakeReady(1);
        Assert.AreEqual(1, board.Log.Ring.FirstReady());
        Assert.AreEqual(2u, board.Log.Ring.SequenceOf(1));
        board.MakeReady(2);
        FailErase(board, 3);
        StorageBoard.Check(SectorState.Bad, board.Log.Ring.StateOf(3));
    }

    [TestMethod]
    public void The_oldest_sector_must_be_carried_on_when_too_few_are_ready()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        for (int i = 3; i < 8; i++)
        {
            Assert.IsFalse(board.Log.Ring.NeedsReclaim);
            board.AppendPairs(StorageBoard.PairsPerSector);
            board.MakeReady(3);
        }

        board.AppendPairs(1);
        Assert.IsTrue(board.Log.Ring.NeedsReclaim);
        Assert.IsFalse(board.Log.Ring.IsSettled);
        board.Log.Step(true);
        Assert.IsFalse(board.Log.Ring.IsErasing, "nothing is erased before it is retired");
        Assert.IsTrue(board.Log.Ring.Retire(0));
        Assert.IsFalse(board.Log.Ring.NeedsReclaim);
        board.MakeReady(3);
        Assert.AreEqual(0, board.Log.Ring.Newest);
        Assert.AreEqual(9u, board.Log.Ring.SequenceOf(0));
        Assert.AreEqual(2, board.ErasesOf(0));
    }

    [TestMethod]
    public void Neighbours_wrap_around()
    {
        Ring ring = new StorageBoard(8).Log.Ring;
        Assert.AreEqual(0, ring.After(7));
        Assert.AreEqual(7, ring.Before(0));
        Assert.AreEqual(StorageBoard.Place(3, 5), ring.AddressOf(3, 5));
    }

    private static void FailErase(StorageBoard board, int sector)
    {
        while (!board.Log.Ring.IsErasing)
        {
            board.Log.Step(true);
        }

        board.Clock.Advance(4);
        board.Chip.Image[StorageBoard.Place(sector, 0)] = 0;
        board.Log.Step(true);
    }
}
