using System;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class RingTests
{
    [TestMethod]
    public void Blank_flash_has_nothing_ready_and_is_not_full()
    {
        Ring ring = new StorageBoard(4).Log.Ring;
        for (int i = 0; i < 4; i++)
        {
            StorageBoard.Check(SectorState.Raw, ring.StateOf(i));
        }

        Assert.AreEqual(0, ring.ReadyCount);
        Assert.AreEqual(-1, ring.FirstReady());
        Assert.IsFalse(ring.IsFull);
    }

    [TestMethod]
    public void Region_of_a_wrong_shape_is_refused()
    {
        StorageBoard board = new(4);
        Assert.ThrowsException(typeof(ArgumentException), () => new Ring(board.Flash, 0, 3));
        Assert.ThrowsException(typeof(ArgumentException), () => new Ring(board.Flash, 256, 4));
        Assert.ThrowsException(typeof(ArgumentException), () => new Ring(board.Flash, 0, 1025));
    }

    [TestMethod]
    public void Sectors_become_ready_in_order()
    {
        StorageBoard board = StorageBoard.WithReady(4, 3);
        Ring ring = board.Log.Ring;
        Assert.AreEqual(2, ring.Newest);
        Assert.AreEqual(0, ring.FirstReady());
        Assert.AreEqual(1u, ring.SequenceOf(0));
        Assert.AreEqual(3u, ring.SequenceOf(2));
        StorageBoard.Check(SectorState.Raw, ring.StateOf(3));
        Assert.AreEqual(1, ring.ErasesOf(0));
        Assert.AreEqual(0, ring.ErasesOf(3));
    }

    [TestMethod]
    public void No_erase_begins_while_somebody_is_at_the_keypad()
    {
        StorageBoard board = new(4);
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
        StorageBoard board = new(4);
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
        StorageBoard board = StorageBoard.WithReady(10, Limits.ReadySectors);
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
        StorageBoard board = StorageBoard.WithReady(5, 4);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Ring ring = board.Log.Ring;
        Assert.AreEqual(3, ring.Newest);
        Assert.AreEqual(4u, ring.SequenceOf(3));
        Assert.AreEqual(1, ring.ErasesOf(3));
        Assert.AreEqual(4L, board.Chip.Counters.Erases, "erases");

        // The first page may have been touched by a cut program: it is burnt.
        Assert.AreEqual(3, ring.ReadyCount);
        Assert.AreEqual(0, board.Log.End.Head);
        Assert.AreEqual(4, board.Log.End.NextFrame);
    }

    [TestMethod]
    public void Cut_erase_is_done_again_with_the_same_sequence()
    {
        StorageBoard board = StorageBoard.WithReady(4, 1);
        board.Log.Step(true);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(0, board.Log.Ring.Newest);
        StorageBoard.Check(SectorState.Raw, board.Log.Ring.StateOf(1));
        board.MakeReady(1);
        Assert.AreEqual(1, board.Log.Ring.Newest);
        Assert.AreEqual(2u, board.Log.Ring.SequenceOf(1));
    }

    [TestMethod]
    public void Sector_that_takes_no_header_is_bad_and_the_next_one_is_used()
    {
        StorageBoard board = new(4);
        board.Log.Step(true);
        board.Clock.Advance(4);
        board.Chip.Image[StorageBoard.Place(0, 0)] = 0;
        board.Log.Step(true);
        StorageBoard.Check(SectorState.Bad, board.Log.Ring.StateOf(0));
        board.MakeReady(1);
        Assert.AreEqual(1, board.Log.Ring.FirstReady());
        Assert.AreEqual(2u, board.Log.Ring.SequenceOf(1));
    }

    [TestMethod]
    public void Ring_is_full_when_every_sector_holds_data()
    {
        StorageBoard board = StorageBoard.WithReady(4, 4);
        board.AppendPairs(4 * StorageBoard.PairsPerSector);
        Assert.IsTrue(board.Log.Ring.IsFull);
        Assert.IsTrue(board.Log.IsReady, "a command gets its answer");
        StorageStatus status = board.Log.Append(StorageBoard.Group(1, 0), 1, out int location);
        StorageBoard.Check(StorageStatus.Full, status);
        Assert.AreEqual(-1, location);
    }

    [TestMethod]
    public void Neighbours_wrap_around()
    {
        Ring ring = new StorageBoard(4).Log.Ring;
        Assert.AreEqual(0, ring.After(3));
        Assert.AreEqual(3, ring.Before(0));
        Assert.AreEqual(StorageBoard.Place(3, 5), ring.AddressOf(3, 5));
    }
}
