using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class AppendTests
{
    [TestMethod]
    public void Append_is_one_page_program_of_the_group_alone()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        long programs = board.Chip.Counters.PagePrograms;
        long bytes = board.Chip.Counters.BytesProgrammed;
        board.Append(2, 0);
        Assert.AreEqual(programs + 1, board.Chip.Counters.PagePrograms);
        Assert.AreEqual(bytes + 2 * Frame.SizeBytes, board.Chip.Counters.BytesProgrammed);
    }

    [TestMethod]
    public void Whole_sector_takes_one_program_a_group()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        long programs = board.Chip.Counters.PagePrograms;
        board.AppendPairs(StorageBoard.PairsPerSector + 1);
        Assert.AreEqual(programs + StorageBoard.PairsPerSector + 1,
            board.Chip.Counters.PagePrograms);
        Assert.AreEqual(0, board.Chip.Counters.UnitReprograms);
        Assert.AreEqual(1, board.Log.End.Head);
        Assert.AreEqual(3, board.Log.End.NextFrame);
    }

    [TestMethod]
    public void Group_of_two_never_straddles_a_page()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        Assert.AreEqual(1, board.Append(2, 0));
        Assert.AreEqual(4, board.Append(2, 1));
        Assert.AreEqual(0xFF, (int)board.Chip.Image[StorageBoard.Place(0, 3)]);
        Assert.AreEqual(6, board.Append(2, 2));
        Assert.AreEqual(8, board.Append(1, 3));
        Assert.AreEqual(9, board.Append(2, 4));
        Assert.AreEqual(11, board.Append(1, 5), "one frame fits");
        Assert.AreEqual(12, board.Append(2, 6));
    }

    [TestMethod]
    public void Last_page_carries_the_index_in_the_same_program()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(StorageBoard.PairsPerSector);
        Assert.AreEqual(SlotLog.FramesPerSector, board.Log.End.NextFrame);
        SectorIndex index = StoredIndex(board);
        Assert.IsTrue(SectorIndex.IsSealed(
            new Checksum(), board.Log.Ring.SequenceOf(0), index.Bytes, 0));
        for (int frame = 1; frame <= SectorIndex.LastFrame; frame++)
        {
            bool isHole = frame == 3;
            bool isFirst = frame == 1 || (frame > 2 && frame % 2 == 0);
            StorageBoard.Check(isHole ? FrameType.None
                : isFirst ? FrameType.Code : FrameType.CodeDetail, index.TypeAt(frame));
        }

        Assert.AreEqual(29, index.SlotAt(60));
    }

    [TestMethod]
    public void Single_frame_in_the_last_page_closes_the_sector_too()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector - 1);
        Assert.AreEqual(60, board.Append(1, 77));
        Assert.AreEqual(SlotLog.FramesPerSector, board.Log.End.NextFrame);
        SectorIndex index = StoredIndex(board);
        Assert.IsTrue(SectorIndex.IsSealed(
            new Checksum(), board.Log.Ring.SequenceOf(0), index.Bytes, 0));
        StorageBoard.Check(FrameType.Attempt, index.TypeAt(60));
        StorageBoard.Check(FrameType.None, index.TypeAt(61));
        for (int i = 0; i < Frame.SizeBytes; i++)
        {
            Assert.AreEqual(0xFF, (int)board.Chip.Image[StorageBoard.Place(0, 61) + i]);
        }

        Assert.AreEqual(SlotLog.FramesPerSector + 1, board.Append(2, 78));
    }

    [TestMethod]
    public void Retry_goes_to_the_next_frames_and_the_failed_ones_are_burnt()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 0);
        board.Chip.Image[StorageBoard.Place(0, 5) + 20] = 0;
        long programs = board.Chip.Counters.PagePrograms;
        Assert.AreEqual(6, board.Append(2, 1));
        Assert.AreEqual(programs + 3, board.Chip.Counters.PagePrograms);
        for (int i = 0; i < 2 * Frame.SizeBytes; i++)
        {
            Assert.AreEqual(0, (int)board.Chip.Image[StorageBoard.Place(0, 4) + i]);
        }

        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(1, board.SlotAt(board.FindSlot(1), 2));
    }

    [TestMethod]
    public void Two_bad_places_fail_the_append_and_the_third_is_used_next()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 0);
        board.Chip.Image[StorageBoard.Place(0, 4) + 20] = 0;
        board.Chip.Image[StorageBoard.Place(0, 6) + 20] = 0;
        StorageStatus status = board.Log.Append(StorageBoard.Group(2, 1), 2, out int location);
        StorageBoard.Check(StorageStatus.WriteFailed, status);
        Assert.AreEqual(-1, location);
        Assert.AreEqual(-1, board.FindSlot(1), "it is not in RAM either");
        Assert.AreEqual(8, board.Append(2, 2));
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(-1, board.FindSlot(1));
        Assert.IsTrue(board.FindSlot(2) > 0);
    }

    [TestMethod]
    public void Last_page_that_fails_leaves_nothing_in_an_index()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector - 1);
        board.Chip.Image[StorageBoard.Place(0, 60) + 20] = 0;
        int location = board.Append(2, 500);
        Assert.AreEqual(SlotLog.FramesPerSector + 1, location, "the next sector takes it");
        StorageBoard.Check(StorageStatus.Ok, board.ReadIndex(0));
        StorageBoard.Check(FrameType.None, board.Log.Index.TypeAt(60));
    }

    [TestMethod]
    public void Last_page_that_the_chip_does_not_take_is_in_no_index()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(StorageBoard.PairsPerSector - 1);
        board.Chip.IsWriteProtected = true;
        byte[] group = StorageBoard.Group(2, 500);
        StorageBoard.Check(StorageStatus.WriteFailed, board.Log.Append(group, 2, out _));
        Assert.AreEqual(-1, board.FindSlot(500));
        StorageBoard.Check(FrameType.None, board.Log.End.Index.TypeAt(60));
        StorageBoard.Check(FrameType.None, board.Log.End.Index.TypeAt(61));
        board.Chip.IsWriteProtected = false;
        Assert.AreEqual(60, board.Append(1, 501));
        StorageBoard.Check(FrameType.None, StoredIndex(board).TypeAt(61));
    }

    [TestMethod]
    public void Burning_takes_its_frames_over_pages_and_no_other()
    {
        StorageBoard board = StorageBoard.WithReady(8, 1);
        Assert.IsTrue(board.Log.End.Burn(0, 2, 14));
        Assert.IsTrue(board.Log.End.Burn(0, 15, 15));
        for (int frame = 1; frame < 20; frame++)
        {
            int expected = frame >= 2 && frame < 14 ? 0 : 0xFF;
            for (int i = 0; i < Frame.SizeBytes; i++)
            {
                Assert.AreEqual(expected, (int)board.Chip.Image[StorageBoard.Place(0, frame) + i]);
            }
        }
    }

    [TestMethod]
    public void Single_frame_that_fails_costs_no_other_frame_of_its_page()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(2, 0);
        board.Append(2, 1);
        board.Chip.Image[StorageBoard.Place(0, 6) + 20] = 0;
        Assert.AreEqual(7, board.Append(1, 2));
        Assert.AreEqual(2, board.SlotAt(7, 1));
    }

    [TestMethod]
    public void Carrying_without_a_ready_sector_waits()
    {
        StorageBoard board = StorageBoard.WithReady(8, 1);
        byte[] group = StorageBoard.Group(2, 0);
        for (int i = 0; i < StorageBoard.PairsPerSector; i++)
        {
            StorageBoard.Check(StorageStatus.Ok, board.Log.Carry(group, 2, out _));
        }

        byte[] before = board.Copy();
        StorageBoard.Check(StorageStatus.NotReady, board.Log.Carry(group, 2, out int location));
        Assert.AreEqual(-1, location);
        CollectionAssert.AreEqual(before, board.Copy());
    }

    // A part that cannot suspend takes nothing while it erases; the place stays.
    [TestMethod]
    public void Append_during_an_erase_that_cannot_be_suspended_waits()
    {
        StorageBoard board = new(16, FlashBoard.Gd25Q32);
        board.MakeReady(3);
        int first = board.Append(2, 5);
        board.Log.Step(true);
        Assert.IsTrue(board.Log.Ring.IsErasing);
        Assert.IsFalse(board.Log.IsReady);
        byte[] group = StorageBoard.Group(2, 6);
        StorageBoard.Check(StorageStatus.NotReady, board.Log.Append(group, 2, out _));
        StorageBoard.Check(StorageStatus.NotReady, board.Log.Carry(group, 2, out _));
        StorageBoard.Check(StorageStatus.NotReady, board.Log.Read(first, group, 2));
        board.MakeReady(4);
        Assert.AreEqual(4, board.Append(2, 6));
        Assert.AreEqual(5, board.SlotAt(first, 2));
    }

    // Block protection: the chip hears a program and does nothing. No page that stays blank may
    // come to lie before data.
    [TestMethod]
    public void Append_that_the_chip_ignores_leaves_no_gap_before_the_next()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Chip.BlockProtectBits = 0x1C;
        byte[] group = StorageBoard.Group(2, 6);
        for (int i = 0; i < 4; i++)
        {
            StorageBoard.Check(StorageStatus.WriteFailed, board.Log.Append(group, 2, out _));
        }

        board.Chip.BlockProtectBits = 0;
        Assert.AreEqual(1, board.Append(2, 7));
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(7, board.SlotAt(board.FindSlot(7), 2));
        Assert.AreEqual(-1, board.FindSlot(6));
    }

    private static SectorIndex StoredIndex(StorageBoard board)
    {
        SectorIndex index = new();
        System.Array.Copy(board.Chip.Image, StorageBoard.Place(0, 62), index.Bytes, 0,
            SectorIndex.SizeBytes);
        return index;
    }
}
