using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Ring: headers of sectors that become ready, and of those found at a start.</summary>
[TestClass]
public class RingHeaderTests
{
    private const int StuckBytes = 4;

    // Nothing but the retired unit is wrong: the header itself can be read.
    [TestMethod]
    public void Sector_whose_retired_unit_does_not_erase_is_not_ready()
    {
        StorageBoard board = new(8);
        board.Log.Step(true);
        board.Clock.Advance(4);
        for (int i = 0; i < StuckBytes; i++)
        {
            board.Chip.Image[StorageBoard.Place(0, 0) + SectorHeader.SizeBytes + i] = 0;
        }

        board.Log.Step(true);
        Assert.AreEqual(0, board.Log.Ring.ReadyCount);
        Assert.AreEqual(1, board.Log.Ring.BadSectors);
        StorageBoard.Check(SectorState.Stale, board.Log.Ring.StateOf(0));
    }

    [TestMethod]
    public void Chip_of_which_no_sector_takes_a_header_is_not_erased_for_ever()
    {
        StorageBoard board = new(8);
        for (int i = 0; i < 200; i++)
        {
            board.Log.Step(true);
            board.Clock.Advance(1);
            for (int sector = 0; sector < 8; sector++)
            {
                board.Chip.Image[StorageBoard.Place(sector, 0)] = 0;
            }
        }

        Assert.AreEqual(8L, board.Chip.Counters.Erases);
        Assert.AreEqual(8, board.Log.Ring.BadSectors);
        Assert.IsTrue(board.Log.Ring.IsSettled);
    }

    // A cut may have left it weak: it is programmed again, once, before the sector holds anything.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Header_of_the_newest_ready_sector_is_programmed_again_after_a_start(bool idles)
    {
        StorageBoard board = StorageBoard.WithReady(8, 1);
        StorageBoard.Check(StorageStatus.Ok,
            board.Log.Carry(StorageBoard.Group(2, 0), 2, out _));
        Assert.AreEqual(0, board.Log.Ring.ReadyCount);
        board.MakeReady(1);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(1, board.Log.Ring.ReadyCount);
        long programs = board.Chip.Counters.PagePrograms;
        int again = board.Chip.Counters.UnitReprograms;
        if (idles)
        {
            board.Log.Step(false);
            board.Log.Step(false);
            Assert.AreEqual(programs + 1, board.Chip.Counters.PagePrograms);
        }
        else
        {
            board.Log.Ring.MarkUsed(1);
        }

        Assert.AreEqual(again + 1, board.Chip.Counters.UnitReprograms);
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        StorageBoard.Check(SectorState.Used, board.Log.Ring.StateOf(0));
    }

    [TestMethod]
    public void Newest_ready_sector_without_a_header_is_erased_again()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(1);
        board.Chip.Image[StorageBoard.Place(3, 0) + 5] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Ring ring = board.Log.Ring;
        Assert.AreEqual(2, ring.Newest);
        Assert.AreEqual(3u, ring.SequenceOf(2));
        Assert.AreEqual(2, ring.ReadyCount);
        StorageBoard.Check(SectorState.Raw, ring.StateOf(3));
        board.MakeReady(3);
        StorageBoard.Check(SectorState.Ready, ring.StateOf(3));
        Assert.AreEqual(4u, ring.SequenceOf(3));
    }

    [TestMethod]
    public void Other_ready_sector_without_a_header_takes_no_frames()
    {
        StorageBoard board = StorageBoard.WithReady(16, 4);
        board.AppendPairs(1);
        board.Chip.Image[StorageBoard.Place(2, 0) + 5] ^= 1;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Ring ring = board.Log.Ring;
        Assert.AreEqual(3, ring.Newest);
        Assert.AreEqual(2, ring.ReadyCount);
        Assert.AreEqual(1, ring.FirstReady());
        StorageBoard.Check(SectorState.Bad, ring.StateOf(2));
        Assert.AreEqual(1, ring.LostHeaders);
        StorageBoard.Check(SectorState.Ready, ring.StateOf(3));
    }

    [TestMethod]
    public void Rotten_header_of_the_newest_sector_costs_none_of_its_frames()
    {
        StorageBoard board = StorageBoard.WithReady(8, 2);
        for (int i = 0; i <= StorageBoard.PairsPerSector; i++)
        {
            byte[] group = StorageBoard.Group(2, i);
            StorageBoard.Check(StorageStatus.Ok, board.Log.Carry(group, 2, out _));
        }

        Assert.AreEqual(1, board.Log.End.Head);
        Assert.AreEqual(0, board.Log.Ring.ReadyCount);
        board.Chip.Image[StorageBoard.Place(1, 0) + 5] ^= 7;
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        Assert.AreEqual(1, board.Log.Ring.Newest);
        Assert.AreEqual(2u, board.Log.Ring.SequenceOf(1));
        Assert.AreEqual(1, board.Log.Ring.LostHeaders);
        StorageBoard.Check(SectorState.Headless, board.Log.Ring.StateOf(1));
        int last = StorageBoard.PairsPerSector;
        Assert.AreEqual(last, board.SlotAt(board.FindSlot(last), 2));
    }

    // An erase that failed may leave the header of an earlier round among those of this one.
    [TestMethod]
    public void Header_of_another_round_is_none()
    {
        StorageBoard board = StorageBoard.WithReady(20, 5);
        board.AppendPairs(3 * StorageBoard.PairsPerSector);
        byte[] header = new byte[SectorHeader.SizeBytes];
        SectorHeader.Write(new Checksum(), header, 0, 20, 1, 1);
        header.CopyTo(board.Chip.Image, StorageBoard.Place(1, 0));
        StorageBoard.Check(StorageStatus.Ok, board.Restart());
        StorageBoard.Check(SectorState.Used, board.Log.Ring.StateOf(0));
        StorageBoard.Check(SectorState.Headless, board.Log.Ring.StateOf(1));
        StorageBoard.Check(SectorState.Used, board.Log.Ring.StateOf(2));
        Assert.AreEqual(1, board.Log.Ring.LostHeaders);
        int slot = StorageBoard.PairsPerSector - 1;
        Assert.AreEqual(slot, board.SlotAt(board.FindSlot(slot), 2));
    }

    // A mark that a cut left half is made whole before the erase; a whole one is left alone.
    [TestMethod]
    [DataRow(16, 0)]
    [DataRow(8, 1)]
    [DataRow(2, 1)]
    [DataRow(0, 1)]
    public void Sector_is_retired_on_flash_before_it_is_erased(int marked, int programs)
    {
        StorageBoard board = StorageBoard.WithReady(8, 1);
        Assert.IsTrue(board.Log.Ring.Retire(0));
        int place = StorageBoard.Place(0, 0) + SectorHeader.SizeBytes;
        for (int i = marked; i < SectorHeader.SizeBytes; i++)
        {
            board.Chip.Image[place + i] = 0xFF;
        }

        board.Log.Ring.GiveUpFrom(0);
        long before = board.Chip.Counters.PagePrograms;
        board.Log.Step(true);
        Assert.IsTrue(board.Log.Ring.IsErasing);
        Assert.AreEqual(before + programs, board.Chip.Counters.PagePrograms);
        for (int i = 0; i < SectorHeader.SizeBytes; i++)
        {
            Assert.AreEqual(0, (int)board.Chip.Image[place + i]);
        }
    }

    [TestMethod]
    public void Retired_sector_behind_it_is_left_alone()
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        for (int i = 3; i < 8; i++)
        {
            board.AppendPairs(StorageBoard.PairsPerSector);
            board.MakeReady(3);
        }

        board.AppendPairs(1);
        Assert.IsTrue(board.Log.Ring.Retire(0));
        Assert.IsTrue(board.Log.Ring.Retire(1));
        long before = board.Chip.Counters.PagePrograms;
        board.Log.Step(true);
        Assert.IsTrue(board.Log.Ring.IsErasing);
        Assert.AreEqual(before, board.Chip.Counters.PagePrograms);
    }

    // A plug that let go while the headers were read: what they say shows when it holds again.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Sector_that_was_not_seen_is_erased_only_if_it_holds_no_frames(bool holdsFrames)
    {
        StorageBoard board = StorageBoard.WithReady(8, 3);
        if (holdsFrames)
        {
            board.AppendPairs(1);
        }

        byte[] image = board.Copy();
        long erases = board.Chip.Counters.Erases;
        Ring ring = new(board.Flash, StorageBoard.Address, board.Sectors);
        board.Chip.IsGone = true;
        ReadHeaders(ring);
        board.Chip.IsGone = false;
        ring.Step(true);
        Assert.AreEqual(holdsFrames, ring.WasBlind);
        Assert.AreEqual(!holdsFrames, ring.IsErasing);
        Assert.AreEqual(holdsFrames ? erases : erases + 1, board.Chip.Counters.Erases);
        if (holdsFrames)
        {
            CollectionAssert.AreEqual(image, board.Copy());
            ReadHeaders(ring);
            Assert.IsFalse(ring.WasBlind);
        }
    }

    private static void ReadHeaders(Ring ring)
    {
        RingOrder order = new(ring.Headers);
        StorageStatus status;
        while (!order.Step(out status))
        {
        }

        StorageBoard.Check(StorageStatus.Ok, status);
        ring.Begin(order);
    }
}
