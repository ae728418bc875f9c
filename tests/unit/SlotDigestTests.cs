using System;
using System.IO.Hashing;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SlotDigestTests
{
    private const CodeOptions AllOptions = (CodeOptions)0x7FFF;

    [TestMethod]
    public void Digest_of_no_codes_is_zero()
    {
        TestBook shelf = new();
        Assert.IsTrue(shelf.Book.Digest.IsDone);
        Assert.AreEqual(0u, shelf.Book.Digest.Value);
    }

    [TestMethod]
    public void Digest_is_a_sum_over_what_a_server_knows()
    {
        TestBook shelf = new();
        AccessCode code = TestBook.Code(1);
        code.StartsAt = 0x11223344;
        code.EndsAt = 0x55667788;
        code.Options = AllOptions & ~CodeOptions.Used;
        shelf.Add(code);
        uint first = Term(1, 0x11223344, 0x55667788, 0x00AE, false);
        Assert.AreEqual(first, shelf.Book.Digest.Value);
        code = TestBook.Code(2);
        code.StartsAt = 0;
        code.EndsAt = 0;
        code.Options = CodeOptions.OneTime;
        shelf.Add(code);
        uint second = Term(2, 0, 0, 2, false);
        Assert.AreEqual(unchecked(first + second), shelf.Book.Digest.Value);
        shelf.Book.MarkUsed(1, 0);
        second = Term(2, 0, 0, 2, true);
        Assert.AreEqual(unchecked(first + second), shelf.Book.Digest.Value);
        shelf.Remove(0, 9, 500);
        Assert.AreEqual(second, shelf.Book.Digest.Value);
    }

    [TestMethod]
    public void Example_of_the_contract()
    {
        TestBook shelf = new();
        AccessCode code = TestBook.Code(1);
        Uuid.TryRead("7d3a1f60-2b1c-4f0e-9a55-0c1d2e3f4a5b", code.Bytes, Frame.AccessCodeId);
        code.StartsAt = 1_795_514_400;
        code.EndsAt = 1_795_518_000;
        code.Options = CodeOptions.Deferred | CodeOptions.Waiting;
        shelf.Add(code);
        Assert.AreEqual("85050abf", shelf.Book.Digest.Value.ToString("x8"));
    }

    [TestMethod]
    public void Each_change_moves_it_to_what_a_reload_finds()
    {
        TestBook shelf = new();
        for (int i = 1; i <= 12; i++)
        {
            shelf.Add(TestBook.Code(i));
        }

        AccessCode code = TestBook.Code(20);
        code.Slot = 3;
        code.EndsAt = 77;
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Replace(code, out _));
        shelf.Remove(5, 21, 500);
        shelf.Book.MarkUsed(7, 9);
        shelf.Book.MarkUsed(8, 9);
        code = TestBook.Code(22);
        code.Slot = 8;
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Replace(code, out _));
        uint digest = shelf.Book.Digest.Value;
        Assert.IsTrue(shelf.Book.Digest.IsDone);
        shelf.Book.Digest.Restart();
        Run(shelf.Book.Digest);
        Assert.AreEqual(digest, shelf.Book.Digest.Value);
        shelf.Reload(20);
        Assert.IsTrue(shelf.Book.Digest.IsDone);
        Assert.AreEqual(digest, shelf.Book.Digest.Value);
    }

    [TestMethod]
    public void Digest_is_the_same_when_codes_were_carried_on()
    {
        TestBook shelf = new(8);
        shelf.Add(TestBook.Code(1));
        shelf.Add(TestBook.Code(2));
        shelf.Book.MarkUsed(1, 9);
        uint digest = shelf.Book.Digest.Value;
        shelf.FillUntilReclaim();
        Assert.AreEqual(2, shelf.CarryOldest(0));
        Assert.AreEqual(digest, shelf.Book.Digest.Value);
        shelf.Reload(20);
        Assert.AreEqual(digest, shelf.Book.Digest.Value);
    }

    [TestMethod]
    public void What_does_not_become_of_a_change_is_not_in_it()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        uint digest = shelf.Book.Digest.Value;
        shelf.Chip.IsWriteProtected = true;
        AccessCode code = TestBook.Code(2);
        code.Slot = 0;
        Assert.AreNotEqual((int)StorageStatus.Ok, (int)shelf.Book.Replace(code, out _));
        Assert.AreNotEqual((int)StorageStatus.Ok, (int)shelf.Book.MarkUsed(0, 9));
        Assert.AreEqual(digest, shelf.Book.Digest.Value);
    }

    [TestMethod]
    public void After_a_loss_all_codes_are_read_again_a_few_a_step()
    {
        TestBook shelf = new();
        for (int i = 0; i <= Limits.PassedPerStep + 1; i++)
        {
            shelf.Add(TestBook.Code(i + 1));
        }

        SlotDigest digest = shelf.Book.Digest;
        uint before = digest.Value;
        AccessCode lost = new();
        shelf.Book.Read(0, lost);
        uint term = digest.TermOf(0, lost);
        shelf.Book.Lose(0);
        long reads = shelf.Chip.Counters.Reads;
        digest.Step();
        Assert.AreEqual(reads + Limits.PassedPerStep, shelf.Chip.Counters.Reads);
        Assert.IsFalse(digest.IsDone);

        // One that is in the sum again, and one that is still to come.
        shelf.Remove(1, 40, 500);
        shelf.Remove(Limits.PassedPerStep + 1, 41, 500);
        Run(digest);
        uint after = digest.Value;
        Assert.AreNotEqual(unchecked(before - term), after);
        digest.Restart();
        Run(digest);
        Assert.AreEqual(after, digest.Value);
    }

    [TestMethod]
    public void Code_that_cannot_be_read_when_it_is_replaced_makes_it_read_all_again()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        int location = shelf.Add(TestBook.Code(2));
        AccessCode code = TestBook.Code(3);
        code.Slot = 1;
        shelf.Rot(location, Frame.AccessCodeId);
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Replace(code, out _));
        Assert.IsFalse(shelf.Book.Digest.IsDone);
        Run(shelf.Book.Digest);
        Assert.AreEqual(unchecked(Term(1, 0, 0, 0, false) + Term(3, 0, 0, 0, false)),
            shelf.Book.Digest.Value);
    }

    [TestMethod]
    public void Step_passes_a_bounded_number_of_free_slots()
    {
        TestBook shelf = new();
        shelf.Reload(3 * Limits.SlotsPerSlice);
        AccessCode code = TestBook.Code(1);
        code.Slot = 3 * Limits.SlotsPerSlice - 1;
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Replace(code, out _));
        SlotDigest digest = shelf.Book.Digest;
        uint before = digest.Value;
        digest.Restart();
        for (int i = 0; i < 3; i++)
        {
            Assert.IsFalse(digest.IsDone);
            digest.Step();
        }

        Assert.IsTrue(digest.IsDone);
        Assert.AreEqual(before, digest.Value);
    }

    private static uint Term(int number, uint startsAt, uint endsAt, int options, bool isUsed)
    {
        byte[] content = new byte[27];
        Array.Copy(TestBook.Id(number), 0, content, 0, Uuid.SizeBytes);
        Frame.PutUInt32(content, 16, startsAt);
        Frame.PutUInt32(content, 20, endsAt);
        Frame.PutUInt16(content, 24, options);
        content[26] = (byte)(isUsed ? 1 : 0);
        return Crc32.HashToUInt32(content);
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
