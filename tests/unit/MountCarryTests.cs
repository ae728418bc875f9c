using System;
using System.IO.Hashing;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>A start in the middle of carrying on.</summary>
[TestClass]
public class MountCarryTests
{
    private const int UnitPlace = 48;

    [TestMethod]
    public void Copies_are_given_up_and_the_carrying_begins_anew()
    {
        StorageBoard board = Carrying(StorageBoard.PairsPerSector + 1);
        Assert.AreEqual(2, board.Log.End.Head);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Ring ring = board.Log.Ring;
        Assert.AreEqual(0, ring.Newest);
        Assert.AreEqual(0, board.Log.End.Head);
        Assert.AreEqual(0, ring.ReadyCount);
        StorageBoard.Check(SectorState.Used, ring.StateOf(0));
        StorageBoard.Check(SectorState.Stale, ring.StateOf(1));
        StorageBoard.Check(SectorState.Stale, ring.StateOf(2));
        board.MakeReady(2);
        Assert.IsTrue(board.Log.IsMounted, "what was given up is known");
        Assert.AreEqual(2, board.ErasesOf(1));
        Assert.AreEqual(2u, ring.SequenceOf(1));
        RequireSource(board);
    }

    // One left behind with its header would be the newest if power went while the other is erased.
    [TestMethod]
    public void Sectors_given_up_together_are_all_retired_before_the_first_is_erased()
    {
        StorageBoard board = Carrying(StorageBoard.PairsPerSector + 1);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        while (!board.Log.Ring.IsErasing)
        {
            board.Log.Step(true);
        }

        for (int i = SectorHeader.SizeBytes; i < SectorHeader.ReadBytes; i++)
        {
            Assert.AreEqual(0, (int)board.Chip.Image[StorageBoard.Place(1, 0) + i]);
            Assert.AreEqual(0, (int)board.Chip.Image[StorageBoard.Place(2, 0) + i]);
        }

        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(0, board.Log.Ring.Newest);
        board.MakeReady(3);
        RequireSource(board);
    }

    // Power goes when the copies are known to be all, and before the source is retired.
    [TestMethod]
    public void Copies_that_are_all_are_kept()
    {
        StorageBoard board = Carrying(2);
        board.Chip.CutPowerAt(2, PowerCut.Before, 1);
        bool isCut = false;
        try
        {
            board.Log.Retire(0);
        }
        catch (PowerCutException)
        {
            isCut = true;
        }

        Assert.IsTrue(isCut);
        for (int i = 0; i < SectorHeader.SizeBytes; i++)
        {
            Assert.AreEqual(0, (int)board.Chip.Image[StorageBoard.Place(1, 0) + UnitPlace + i]);
        }

        board.Chip.RestorePower();
        StorageBoard.Check(StorageStatus.Ok, board.Reset());
        RequireKept(board);
        StorageBoard.Check(SectorState.Used, board.Log.Ring.StateOf(0));
    }

    [TestMethod]
    [DataRow(3, true)]
    [DataRow(4, false)]
    public void Few_rotten_bytes_do_not_make_copies_all(int bytes, bool isGivenUp)
    {
        StorageBoard board = Carrying(2);
        for (int i = 0; i < bytes; i++)
        {
            board.Chip.Image[StorageBoard.Place(1, 0) + UnitPlace + 5 * i] ^= 1;
        }

        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(isGivenUp ? 0 : 1, board.Log.End.Head);
        RequireSource(board);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(6)]
    public void Mark_that_rotted_leaves_the_copies(int place)
    {
        StorageBoard board = Carrying(2);
        board.Chip.Image[StorageBoard.Place(1, 0) + SectorHeader.ReadBytes + place] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        RequireKept(board);
    }

    // What rotted in the source may be whole in a copy.
    [TestMethod]
    public void Source_with_a_rotten_frame_leaves_the_copies()
    {
        StorageBoard board = Carrying(2);
        board.Chip.Image[StorageBoard.Place(0, 4) + Frame.Name] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        RequireKept(board);
    }

    [TestMethod]
    public void Source_whose_header_rotted_leaves_the_copies()
    {
        StorageBoard board = Carrying(2);
        board.Chip.Image[StorageBoard.Place(0, 0) + 5] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        StorageBoard.Check(SectorState.Headless, board.Log.Ring.StateOf(0));
        RequireKept(board);
    }

    // Then the carrying has all the room it needs.
    [TestMethod]
    public void Copies_before_a_whole_reserve_are_kept()
    {
        StorageBoard board = Carrying(2);
        board.MakeReady(Limits.ReclaimReserve);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        RequireKept(board);
    }

    [TestMethod]
    public void Mark_is_the_sequence_of_the_source_and_its_checksum()
    {
        StorageBoard board = Carrying(1);
        byte[] source = new byte[4];
        int place = StorageBoard.Place(1, 0) + SectorHeader.ReadBytes;
        Array.Copy(board.Chip.Image, place, source, 0, source.Length);
        Assert.AreEqual(1u, Frame.GetUInt32(source, 0));
        Assert.AreEqual(Crc32.HashToUInt32(source), Frame.GetUInt32(board.Chip.Image, place + 4));
    }

    [TestMethod]
    public void Sector_that_was_opened_for_new_frames_is_no_copy()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        Assert.AreEqual(2, board.Log.Ring.ReadyCount);
        for (int i = SectorHeader.ReadBytes; i < Frame.SizeBytes; i++)
        {
            Assert.AreEqual(0xFF, (int)board.Chip.Image[StorageBoard.Place(1, 0) + i]);
        }
    }

    [TestMethod]
    public void Copies_of_a_sector_that_has_been_retired_count()
    {
        StorageBoard board = Carrying(2);
        Assert.IsTrue(board.Log.Retire(0));
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        StorageBoard.Check(SectorState.Stale, board.Log.Ring.StateOf(0));
        RequireKept(board);
    }

    // Sector 0 is full, and pairs of it have been carried on into sectors kept for that.
    private static StorageBoard Carrying(int pairs)
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(StorageBoard.PairsPerSector);
        for (int i = 0; i < pairs; i++)
        {
            byte[] group = StorageBoard.Group(2, i % StorageBoard.PairsPerSector);
            StorageBoard.Check(StorageStatus.Ok, board.Log.Carry(group, 2, out _));
        }

        return board;
    }

    private static void RequireKept(StorageBoard board)
    {
        Assert.AreEqual(1, board.Log.End.Head);
        StorageBoard.Check(SectorState.Used, board.Log.Ring.StateOf(1));
        Assert.AreEqual(0, board.SlotAt(SlotLog.FramesPerSector + 1, 2));
    }

    private static void RequireSource(StorageBoard board)
    {
        for (int slot = 0; slot < StorageBoard.PairsPerSector; slot++)
        {
            Assert.AreEqual(slot, board.SlotAt(board.FindSlot(slot), 2), "slot " + slot);
        }
    }
}
