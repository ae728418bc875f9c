using System.IO.Hashing;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SlotDigestTests
{
    [TestMethod]
    public void Digest_of_no_codes_is_that_of_nothing() =>
        Assert.AreEqual(0u, DigestOf(new TestBook()));

    [TestMethod]
    public void Digest_is_over_the_frames_in_slot_order_without_their_checksums()
    {
        TestBook shelf = new();
        Crc32 crc = new();
        for (int i = 1; i <= 12; i++)
        {
            AccessCode code = TestBook.Code(i);
            shelf.Add(code);
            code.Bytes[Frame.Group] = Frame.GroupByte(2, 0);
            crc.Append(code.Bytes);
        }

        Assert.AreEqual(crc.GetCurrentHashAsUInt32(), DigestOf(shelf));
    }

    [TestMethod]
    public void Digest_is_the_same_after_a_reload_that_moves_frames()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        int location = shelf.Add(TestBook.Code(2));
        uint digest = DigestOf(shelf);
        shelf.Reload(20);
        Assert.AreNotEqual(location, shelf.Book.Slots.LocationOf(1));
        Assert.AreEqual(digest, DigestOf(shelf));
    }

    [TestMethod]
    public void Digest_is_the_same_when_frames_were_carried_on()
    {
        TestBook shelf = new(8);
        shelf.Add(TestBook.Code(1));
        shelf.Add(TestBook.Code(2));
        uint digest = DigestOf(shelf);
        shelf.FillUntilReclaim();
        Assert.AreEqual(2, shelf.CarryOldest(0));
        Assert.AreEqual(digest, DigestOf(shelf));
    }

    [TestMethod]
    public void Restart_computes_anew_and_says_so()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        SlotDigest digest = new(shelf.Book);
        Run(digest);
        uint before = digest.Value;
        shelf.Add(TestBook.Code(2));
        digest.Restart();
        Assert.IsFalse(digest.IsDone);
        Run(digest);
        Assert.AreNotEqual(before, digest.Value);
        Assert.AreEqual(DigestOf(shelf), digest.Value);
    }

    [TestMethod]
    public void Step_reads_a_few_slots_only()
    {
        TestBook shelf = new();
        for (int i = 0; i <= Limits.SlotsPerStep; i++)
        {
            shelf.Add(TestBook.Code(i + 1));
        }

        SlotDigest digest = new(shelf.Book);
        long before = shelf.Chip.Counters.Reads;
        digest.Step();
        Assert.AreEqual(before + Limits.SlotsPerStep, shelf.Chip.Counters.Reads);
        Assert.IsFalse(digest.IsDone);
        digest.Step();
        Assert.IsTrue(digest.IsDone);
    }

    [TestMethod]
    public void Step_passes_a_bounded_number_of_free_slots()
    {
        TestBook shelf = new();
        shelf.Reload(3 * Limits.SlotsPerSlice);
        AccessCode code = TestBook.Code(1);
        code.Slot = 3 * Limits.SlotsPerSlice - 1;
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Replace(code, out _));
        SlotDigest digest = new(shelf.Book);
        for (int i = 0; i < 3; i++)
        {
            Assert.IsFalse(digest.IsDone);
            digest.Step();
        }

        Assert.IsTrue(digest.IsDone);
        Assert.AreNotEqual(0u, digest.Value);
    }

    private static uint DigestOf(TestBook shelf)
    {
        SlotDigest digest = new(shelf.Book);
        Run(digest);
        return digest.Value;
    }

    private static void Run(SlotDigest digest)
    {
        for (int i = 0; i < 20; i++)
        {
            digest.Step();
        }

        Assert.IsTrue(digest.IsDone);
    }
}
