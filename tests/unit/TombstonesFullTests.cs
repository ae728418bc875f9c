using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Tombstones where there are too many: which one goes.</summary>
[TestClass]
public class TombstonesFullTests
{
    // Where the first lies; each of the next lies one further on.
    private const int First = 1000;
    private const int Last = First + Limits.RememberedMin - 1;
    private static int _ids;

    [TestMethod]
    public void Ordinary_ones_go_in_turn_and_those_of_offline_codes_stay()
    {
        // Offline, offline, ordinary ...
        Tombstones tombstones = Filled(0, 2);
        tombstones.Add(Ordinary(), Last + 1);
        Check(tombstones, First, true);
        Check(tombstones, First + 1, true);
        Check(tombstones, First + 2, false);
        tombstones.Add(Offline(), Last + 2);
        Check(tombstones, First + 3, false);
        Check(tombstones, First + 4, true);
        Check(tombstones, Last + 1, true);
        Check(tombstones, Last + 2, true);
        Assert.AreEqual(Limits.RememberedMin, tombstones.Count);
    }

    [TestMethod]
    public void Behind_the_last_place_the_turn_begins_anew_and_those_of_offline_codes_stay()
    {
        // ... ordinary, offline, offline
        Tombstones tombstones = Filled(Limits.RememberedMin - 2, 2);
        for (int i = 1; i <= Limits.RememberedMin - 1; i++)
        {
            tombstones.Add(Ordinary(), Last + i);
        }

        Check(tombstones, Last, true);
        Check(tombstones, Last - 1, true);
        Check(tombstones, Last + 1, false);
        Check(tombstones, Last + 2, true);
        Check(tombstones, Last + Limits.RememberedMin - 1, true);
    }

    [TestMethod]
    public void Where_all_are_of_offline_codes_only_another_of_them_pushes_one_out()
    {
        Tombstones tombstones = Filled(0, Limits.RememberedMin);
        tombstones.Add(Ordinary(), Last + 1);
        Check(tombstones, Last + 1, false);
        Check(tombstones, First, true);
        tombstones.Add(Offline(), Last + 2);
        Check(tombstones, Last + 2, true);
        Check(tombstones, First, false);
        Check(tombstones, First + 1, true);
        tombstones.Add(Offline(), Last + 3);
        Check(tombstones, First + 1, false);
        Assert.AreEqual(Limits.RememberedMin, tombstones.Count);
    }

    [TestMethod]
    public void One_whose_time_is_over_makes_place_before_any_goes()
    {
        Tombstones tombstones = Filled(0, 1);
        byte[] ended = Ordinary();
        for (int place = First + 7; place >= First; place -= 7)
        {
            Assert.IsFalse(tombstones.IsLive(ended, place, 1));
            Assert.AreEqual(Limits.RememberedMin - 1, tombstones.Count);
            tombstones.Add(Ordinary(), Last + place);
            Assert.AreEqual(Limits.RememberedMin, tombstones.Count);
            Check(tombstones, Last + place, true);
        }

        for (int place = First + 1; place <= Last; place++)
        {
            Check(tombstones, place, place != First + 7);
        }
    }

    [TestMethod]
    public void While_loading_the_oldest_ordinary_one_makes_place_for_one_of_an_offline_code()
    {
        Tombstones tombstones = new(new TestBook().Log, Limits.RememberedMin);
        for (int place = First; place <= Last; place++)
        {
            tombstones.Learn(Ordinary(), place);
        }

        tombstones.Learn(Ordinary(), Last + 1);
        Check(tombstones, Last + 1, false);
        tombstones.Learn(Offline(), Last + 2);
        Check(tombstones, Last + 2, true);
        Check(tombstones, Last, false);
        Check(tombstones, Last - 1, true);
        tombstones.Learn(Offline(), Last + 3);
        Check(tombstones, Last + 3, true);
        Check(tombstones, Last - 1, false);
        Assert.AreEqual(Limits.RememberedMin, tombstones.Count);
    }

    [TestMethod]
    public void While_loading_none_of_an_offline_code_makes_place_for_an_older_one()
    {
        Tombstones tombstones = new(new TestBook().Log, Limits.RememberedMin);
        for (int place = First; place <= Last + 1; place++)
        {
            tombstones.Learn(Offline(), place);
        }

        Check(tombstones, First, true);
        Check(tombstones, Last, true);
        Check(tombstones, Last + 1, false);
    }

    private static Tombstones Filled(int offlineFrom, int offlineCount)
    {
        Tombstones tombstones = new(new TestBook().Log, Limits.RememberedMin);
        for (int i = 0; i < Limits.RememberedMin; i++)
        {
            bool isOffline = i >= offlineFrom && i < offlineFrom + offlineCount;
            tombstones.Add(isOffline ? Offline() : Ordinary(), First + i);
        }

        return tombstones;
    }

    private static byte[] Ordinary()
    {
        byte[] frame = new byte[Frame.SizeBytes];
        Frame.PutUInt32(frame, Frame.AccessCodeId, (uint)++_ids);
        return frame;
    }

    private static byte[] Offline()
    {
        byte[] frame = new byte[Frame.SizeBytes];
        OfflineCode.WriteId(false, ++_ids, 0, frame, Frame.AccessCodeId);
        return frame;
    }

    private static void Check(Tombstones tombstones, int location, bool isLive) =>
        Assert.AreEqual(isLive, tombstones.IsLive(new byte[Frame.SizeBytes], location, 0));
}
