using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Reclaim: round and round the ring.</summary>
[TestClass]
public class ReclaimLapTests
{
    private const int Sectors = 16;

    [TestMethod]
    public void Everything_that_counts_outlives_laps_of_the_ring()
    {
        TestBook shelf = new(Sectors);
        for (int i = 1; i <= 20; i++)
        {
            shelf.Add(TestBook.Code(i));
        }

        for (int i = 0; i < 5; i++)
        {
            shelf.Remove(i, 21 + i, 500);
            shelf.AppendEvent();
        }

        shelf.Book.MarkUsed(7, 0);
        shelf.State.WrongEntries = 4;
        shelf.State.Save();
        for (int lap = 0; lap < 3; lap++)
        {
            shelf.Lap();
            shelf.Reload(20);
            Check(shelf);
        }

        CheckWear(shelf);
    }

    [TestMethod]
    public void A_sector_that_did_not_erase_does_not_stop_the_ring()
    {
        TestBook shelf = new(8);
        shelf.Add(TestBook.Code(1));
        shelf.FillUntilReclaim();
        while (!shelf.Log.Ring.IsErasing)
        {
            shelf.Reclaim.Step(0);
            shelf.Log.Step(true);
        }

        // Its header does not take.
        int bad = shelf.Log.Ring.After(shelf.Log.Ring.Newest);
        shelf.Clock.Advance(2);
        shelf.Chip.Image[bad * 4096] = 0;
        shelf.Log.Step(true);
        Assert.AreEqual(1, shelf.Log.Ring.BadSectors);
        StorageBoard.Check(SectorState.Bad, shelf.Log.Ring.StateOf(bad));
        shelf.Lap();
        shelf.Lap();
        Assert.AreEqual(0, shelf.SlotOf(1));
        shelf.Reload(20);
        Assert.AreEqual(0, shelf.SlotOf(1));
        Assert.AreEqual(1, shelf.Book.Count);
    }

    // A burst has used every ready sector but the one for carrying; then somebody is at the keypad
    // and the lock is asked more, as soon as it can take it.
    [TestMethod]
    public void Appends_that_come_while_carrying_do_not_stop_it()
    {
        TestBook shelf = Full();
        int appended = 0;
        for (int ms = 0; ms < 2000 && appended < 200; ms++)
        {
            shelf.Clock.Advance(1);
            for (int i = 0; i < 3 && shelf.Log.IsReady; i++)
            {
                shelf.State.Save();
                appended++;
            }

            shelf.Reclaim.Step(0);
            shelf.Log.Step(true);
        }

        Assert.IsTrue(appended >= 200, "" + appended);
        Assert.AreEqual(20, shelf.Book.Count);
    }

    // Power that comes and goes while nobody lets the lock rest.
    [TestMethod]
    public void Starts_without_rest_do_not_use_up_what_carrying_needs()
    {
        TestBook shelf = Full();
        for (int i = 0; i < 60; i++)
        {
            shelf.Mount(20);
        }

        shelf.Reload(20);
        for (int ms = 0; ms < 300; ms++)
        {
            shelf.Clock.Advance(1);
            shelf.Reclaim.Step(0);
            shelf.Log.Step(true);
        }

        Assert.IsTrue(shelf.Log.IsReady);
        Assert.AreEqual(20, shelf.Book.Count);
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(1)));
    }

    // Twenty codes and twenty answers in the oldest sector, and as few ready sectors as can be.
    private static TestBook Full()
    {
        TestBook shelf = new(8);
        for (int i = 1; i <= 40; i++)
        {
            if (i <= 20)
            {
                shelf.Add(TestBook.Code(i));
            }
            else
            {
                shelf.Append(TestBook.Attempt(i));
                shelf.MakeReady();
            }
        }

        shelf.FillUntilReclaim();
        while (shelf.Log.IsReady)
        {
            shelf.State.Save();
        }

        return shelf;
    }

    private static void Check(TestBook shelf)
    {
        Assert.AreEqual(15, shelf.Book.Count);
        Assert.AreEqual(5, shelf.Tombstones.Count);
        Assert.AreEqual(5, shelf.Events.Count);
        Assert.AreEqual(25, shelf.Attempts.Window.Count);
        Assert.AreEqual(4u, shelf.State.WrongEntries);
        AccessCode code = new();
        for (int i = 1; i <= 25; i++)
        {
            Assert.IsTrue(shelf.IsAnswered(TestBook.Id(i)));
            Assert.AreEqual(i > 5 && i <= 20 ? i - 1 : -1,
                shelf.SlotOf(TestBook.Id(i), 0, code));
            Assert.AreEqual(i <= 5, shelf.Tombstones.Contains(TestBook.Id(i), 0));
        }

        Assert.AreEqual(7, shelf.SlotOf(TestBook.Id(8), 0, code));
        Assert.IsTrue(shelf.Book.IsUsed(code));
        for (uint i = 1; i <= 5; i++)
        {
            Assert.IsTrue(shelf.Events.LocationOf(i) != 0);
        }
    }

    private static void CheckWear(TestBook shelf)
    {
        int least = int.MaxValue;
        int most = 0;
        for (int sector = 0; sector < Sectors; sector++)
        {
            int erases = SectorHeader.ErasesOf(
                shelf.Chip.Image, shelf.Log.Ring.AddressOf(sector, 0));
            Assert.AreEqual(shelf.Chip.Counters.SectorErases[sector], erases);
            least = erases < least ? erases : least;
            most = erases > most ? erases : most;
        }

        Assert.IsTrue(least >= 3 && most - least <= 1, "" + least + " to " + most);
    }
}
