using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SectorScanTests
{
    [TestMethod]
    public void Ready_sector_is_blank_from_its_first_page()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        SectorScan scan = Scan(board, out SectorIndex index);
        Assert.AreEqual(0, scan.BlankFrom);
        Assert.AreEqual(0, scan.LastGroupCount);
        StorageBoard.Check(FrameType.None, index.TypeAt(1));
    }

    [TestMethod]
    public void Hole_at_the_end_of_a_page_is_not_the_end()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(2);
        SectorScan scan = Scan(board, out SectorIndex index);
        Assert.AreEqual(4, scan.LastGroup);
        Assert.AreEqual(2, scan.LastGroupCount);
        Assert.AreEqual(8, scan.BlankFrom);
        StorageBoard.Check(FrameType.Code, index.TypeAt(1));
        StorageBoard.Check(FrameType.CodeDetail, index.TypeAt(2));
        StorageBoard.Check(FrameType.None, index.TypeAt(3));
        StorageBoard.Check(FrameType.Code, index.TypeAt(4));
        Assert.AreEqual(1, index.SlotAt(4));
        Assert.AreEqual(0, scan.RottenFrames, "a hole has not rotted");
    }

    [TestMethod]
    public void Torn_group_is_none_and_what_follows_counts()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(3);
        board.Chip.Image[StorageBoard.Place(0, 5) + Frame.Name] ^= 1;
        SectorScan scan = Scan(board, out SectorIndex index);
        Assert.AreEqual(6, scan.LastGroup);
        StorageBoard.Check(FrameType.None, index.TypeAt(4));
        StorageBoard.Check(FrameType.None, index.TypeAt(5));
        StorageBoard.Check(FrameType.Code, index.TypeAt(6));
        Assert.AreEqual(2, scan.RottenFrames);
    }

    [TestMethod]
    public void What_was_burnt_or_lies_behind_the_last_group_has_not_rotted()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(1);
        Assert.IsTrue(board.Log.End.Burn(0, 3, 8));
        board.Log.End.Resume(0, 8);
        board.Append(2, 1);
        board.Chip.Image[StorageBoard.Place(0, 11)] = 0;
        SectorScan scan = Scan(board, out SectorIndex index);
        Assert.AreEqual(8, scan.LastGroup);
        Assert.AreEqual(12, scan.BlankFrom);
        StorageBoard.Check(FrameType.None, index.TypeAt(4));
        Assert.AreEqual(0, scan.RottenFrames);
    }

    [TestMethod]
    public void Hole_behind_frames_of_its_page_has_not_rotted()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(2);
        board.Append(1, 2);
        Assert.AreEqual(8, board.Append(2, 3));
        Assert.AreEqual(0, Scan(board, out _).RottenFrames);
    }

    // The writer never makes one; what is read from flash is not trusted.
    [TestMethod]
    public void Group_that_says_to_go_on_in_the_next_page_is_none()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(3);
        byte[] group = StorageBoard.Group(2, 9);
        new Checksum().Seal(board.Log.Ring.SequenceOf(0), group, 0, 2);
        System.Array.Copy(group, 0, board.Chip.Image, StorageBoard.Place(0, 3), Frame.SizeBytes);
        SectorScan scan = Scan(board, out SectorIndex index);
        StorageBoard.Check(FrameType.None, index.TypeAt(3));
        Assert.AreEqual(6, scan.LastGroup);
    }

    [TestMethod]
    public void Page_that_reads_otherwise_the_first_time_has_lost_nothing()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(3);
        FadingSpi spi = new(board.Chip) { IsNoise = true };
        SpiNorFlash flash = new(spi, board.Clock);
        FlashBoard.Check(FlashStatus.Ok, flash.Open(FlashBoard.W25Q64));
        SectorScan scan = new(flash, board.Log.Ring, new SectorIndex());
        int first = spi.Transactions;
        FlashBoard.Check(FlashStatus.Ok, Run(scan));
        int last = spi.Transactions;
        for (int i = 0; i < last - first; i++)
        {
            spi.GoneFrom = spi.Transactions + i;
            spi.GoneFor = 1;
            FlashBoard.Check(FlashStatus.Ok, Run(scan));
            Assert.AreEqual(6, scan.LastGroup, "transaction " + i);
            Assert.AreEqual(2, scan.LastGroupCount);
            Assert.IsTrue(scan.BlankFrom >= 8);
            Assert.AreEqual(1, scan.Index.SlotAt(4));
            Assert.AreEqual(0, scan.RottenFrames);
        }
    }

    [TestMethod]
    public void Single_frames_are_groups_of_one()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Append(1, 9);
        board.Append(2, 4);
        SectorScan scan = Scan(board, out SectorIndex index);
        Assert.AreEqual(2, scan.LastGroup);
        Assert.AreEqual(4, scan.BlankFrom);
        StorageBoard.Check(FrameType.Attempt, index.TypeAt(1));
        Assert.AreEqual(9, index.SlotAt(1));
        StorageBoard.Check(FrameType.Code, index.TypeAt(2));
    }

    [TestMethod]
    public void Closed_sector_has_no_blank_page_and_its_index_is_no_data()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.AppendPairs(StorageBoard.PairsPerSector);
        SectorScan scan = Scan(board, out SectorIndex index);
        Assert.AreEqual(60, scan.LastGroup);
        Assert.AreEqual(SlotLog.FramesPerSector, scan.BlankFrom);
        Assert.AreEqual(29, index.SlotAt(61));
    }

    [TestMethod]
    public void Chip_that_does_not_answer_is_reported()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        board.Chip.IsStuckBusy = true;
        board.Log.Append(StorageBoard.Group(1, 0), 1, out _);
        SectorScan scan = new(board.Flash, board.Log.Ring, new SectorIndex());
        FlashBoard.Check(FlashStatus.Timeout, Run(scan));
    }

    private static SectorScan Scan(StorageBoard board, out SectorIndex index)
    {
        SectorScan scan = new(board.Flash, board.Log.Ring, new SectorIndex());
        index = scan.Index;
        FlashBoard.Check(FlashStatus.Ok, Run(scan));
        return scan;
    }

    private static FlashStatus Run(SectorScan scan)
    {
        FlashStatus status = FlashStatus.Ok;
        scan.Begin(0, null);
        while (scan.Sector == 0)
        {
            status = scan.Step();
        }

        return status;
    }
}
