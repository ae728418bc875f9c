using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class TombstonesTests
{
    [TestMethod]
    public void The_id_of_a_deleted_code_is_known_also_after_a_reload()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        Assert.IsFalse(Contains(shelf, 1));
        shelf.Remove(0, 2, 500);
        for (int i = 0; i < 2; i++)
        {
            Assert.IsTrue(Contains(shelf, 1));
            Assert.IsFalse(Contains(shelf, 2), "the attempt's id is not the code's");
            Assert.AreEqual(1, shelf.Tombstones.Count);
            shelf.Reload(20);
        }
    }

    [TestMethod]
    public void Ids_with_one_fingerprint_are_told_apart()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        shelf.Remove(0, 2, 500);
        byte[] twin = TestBook.Twin(TestBook.Id(1));
        Assert.IsFalse(shelf.Tombstones.Contains(twin, 0));
    }

    [TestMethod]
    public void A_tombstone_lasts_until_its_time_and_always_while_the_time_is_not_known()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        int location = shelf.Remove(0, 2, 500);
        byte[] frame = new byte[Frame.SizeBytes];
        shelf.Log.Read(location, frame, 1);
        Tombstones tombstones = shelf.Tombstones;
        Assert.IsFalse(tombstones.IsLive(frame, location + 1, 0), "it is not that one");
        Assert.IsTrue(tombstones.IsLive(frame, location, 0));
        Assert.IsTrue(tombstones.IsLive(frame, location, 499));
        Assert.IsFalse(tombstones.IsLive(frame, location, 500));
        Assert.AreEqual(0, tombstones.Count);
        Assert.IsFalse(Contains(shelf, 1), "it is forgotten");
        Assert.IsFalse(tombstones.IsLive(frame, location, 0));
    }

    [TestMethod]
    public void Move_follows_a_tombstone_that_was_carried_on()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        int from = shelf.Remove(0, 2, 500);
        byte[] frame = new byte[Frame.SizeBytes];
        shelf.Log.Read(from, frame, 1);
        shelf.Log.Carry(frame, 1, out int to);
        shelf.Tombstones.Move(from, to);
        Assert.IsFalse(shelf.Tombstones.IsLive(frame, from, 0));
        Assert.IsTrue(shelf.Tombstones.IsLive(frame, to, 0));
        shelf.Rot(from, Frame.Detail);
        Assert.IsTrue(Contains(shelf, 1));
    }

    [TestMethod]
    public void One_more_than_are_remembered_pushes_the_oldest_out()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        shelf.Add(TestBook.Code(2));
        shelf.Remove(0, 3, 500);
        int location = shelf.Remove(1, 4, 500);
        byte[] other = Tombstone(0);
        for (int i = 2; i < Limits.RememberedMin; i++)
        {
            Frame.PutUInt32(other, Frame.AccessCodeId, (uint)i);
            shelf.Tombstones.Add(other, location);
        }

        Assert.AreEqual(Limits.RememberedMin, shelf.Tombstones.Count);
        Assert.IsTrue(Contains(shelf, 1));
        shelf.Tombstones.Add(other, location);
        Assert.AreEqual(Limits.RememberedMin, shelf.Tombstones.Count);
        Assert.IsFalse(Contains(shelf, 1));
        Assert.IsTrue(Contains(shelf, 2));
    }

    [TestMethod]
    public void Learned_from_the_newest_on_the_oldest_is_the_first_to_go()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        shelf.Add(TestBook.Code(2));
        shelf.Remove(0, 3, 500);
        int location = shelf.Remove(1, 4, 500);
        shelf.Reload(20);
        Assert.AreEqual(2, shelf.Tombstones.Count);
        byte[] other = Tombstone(0);
        for (int i = 2; i < Limits.RememberedMin; i++)
        {
            Frame.PutUInt32(other, Frame.AccessCodeId, (uint)i);
            shelf.Tombstones.Add(other, location);
        }

        Assert.IsTrue(Contains(shelf, 1));
        shelf.Tombstones.Add(other, location);
        Assert.IsFalse(Contains(shelf, 1));
        Assert.IsTrue(Contains(shelf, 2));
    }

    [TestMethod]
    public void Learn_counts_a_carried_tombstone_once_and_no_more_than_fit()
    {
        TestBook shelf = new();
        Tombstones tombstones = new(shelf.Log, Limits.RememberedMin);
        byte[] newer = Tombstone(1);
        shelf.Log.Append(newer, 1, out int newerLocation);
        tombstones.Learn(newer, newerLocation);
        tombstones.Learn(newer, 7);
        Assert.AreEqual(1, tombstones.Count);
        Assert.IsTrue(tombstones.IsLive(newer, newerLocation, 0));
        byte[] other = Tombstone(1);
        for (int i = 1; i < Limits.RememberedMin + 3; i++)
        {
            Frame.PutUInt32(other, Frame.AccessCodeId, (uint)i);
            tombstones.Learn(other, newerLocation);
        }

        Assert.AreEqual(Limits.RememberedMin, tombstones.Count);
        Assert.IsTrue(tombstones.Contains(newer, Frame.AccessCodeId), "the newest stays");
    }

    [TestMethod]
    public void None_that_counts_is_pushed_out_by_a_revocation_or_by_what_has_ended()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        shelf.Add(TestBook.Code(2));
        int location = shelf.Remove(0, 3, 500);
        byte[] other = Tombstone(0);
        for (int i = 1; i < Limits.RememberedMin; i++)
        {
            Frame.PutUInt32(other, Frame.AccessCodeId, (uint)i);
            shelf.Tombstones.Add(other, location);
        }

        shelf.State.LatestUtc = 400;
        byte[] late = Tombstone(9);
        Frame.PutUInt32(late, Frame.Detail, 600);
        Assert.AreEqual((int)StorageStatus.Full,
            (int)shelf.Book.Tombstones.Append(late, out int place));
        Assert.AreEqual(-1, place);
        Frame.PutUInt32(late, Frame.Detail, 400);
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Remove(1, late, out _));
        Assert.AreEqual(0, shelf.Book.Count);
        Assert.AreEqual(Limits.RememberedMin, shelf.Tombstones.Count);
        Assert.IsTrue(Contains(shelf, 1));
    }

    private static byte[] Tombstone(int number)
    {
        byte[] frame = TestBook.Attempt(number);
        frame[Frame.Type] = (byte)FrameType.Tombstone;
        TestBook.Id(number).CopyTo(frame, Frame.AccessCodeId);
        return frame;
    }

    private static bool Contains(TestBook shelf, int number) =>
        shelf.Tombstones.Contains(TestBook.Id(number), 0);
}
