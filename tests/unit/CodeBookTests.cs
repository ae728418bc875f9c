using System;
using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CodeBookTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(Limits.Slots + 1)]
    public void Capacity_is_bounded(int capacity) =>
        Assert.ThrowsException(typeof(ArgumentOutOfRangeException),
            () => new CodeBook(null, null, null, capacity, CodeConstraint.None, null, null,
                null, null));

    [TestMethod]
    public void Match_opens_for_the_digits_and_for_no_others()
    {
        TestBook shelf = new();
        shelf.Add(WithDigits(shelf, "1234", 0, 0));
        Check(CodeMatch.Opens, shelf.Match("1234", 0));
        Check(CodeMatch.Opens, shelf.Match("1234", -1));
        Check(CodeMatch.Unknown, shelf.Match("123", 0));
        Check(CodeMatch.Unknown, shelf.Match("12345", 0));
        Check(CodeMatch.Unknown, shelf.Match("4321", 0));
    }

    [TestMethod]
    public void Match_opens_from_the_start_up_to_the_end()
    {
        TestBook shelf = new();
        shelf.Add(WithDigits(shelf, "1234", 100, 200));
        Check(CodeMatch.NotYet, shelf.Match("1234", 99));
        Check(CodeMatch.Opens, shelf.Match("1234", 100));
        Check(CodeMatch.Opens, shelf.Match("1234", 199));
        Check(CodeMatch.Ended, shelf.Match("1234", 200));
        Check(CodeMatch.ClockNotKnown, shelf.Match("1234", -1));
    }

    [TestMethod]
    public void Match_opens_nothing_that_was_changed_on_flash_from_outside()
    {
        TestBook shelf = new();
        AccessCode code = WithDigits(shelf, "1234", 100, 200);
        int location = shelf.Add(code);

        // Whoever can write to the flash can compute its checksums, but not the tag.
        code.EndsAt = Iso8601.Maximum;
        int sector = location / SlotLog.FramesPerSector;
        new Checksum().Seal(
            shelf.Log.Ring.SequenceOf(sector), code.Bytes, 0, AccessCode.FrameCount);
        code.Bytes.CopyTo(shelf.Chip.Image, location * Frame.SizeBytes);
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Read(0, new AccessCode()));
        Check(CodeMatch.Damaged, shelf.Match("1234", 150));
    }

    [TestMethod]
    public void Match_opens_nothing_where_a_bit_has_rotted()
    {
        TestBook shelf = new();
        int location = shelf.Add(WithDigits(shelf, "1234", 0, 0));
        shelf.Rot(location + 1, Frame.Name);
        Check(CodeMatch.Damaged, shelf.Match("1234", 0));
        Assert.AreEqual(1, shelf.Book.LostCodes);
        Assert.AreEqual(0, shelf.Book.Count);

        // It is dropped: a cell that reads this way and that opens nothing either.
        shelf.Rot(location + 1, Frame.Name);
        Check(CodeMatch.Unknown, shelf.Match("1234", 0));
        Assert.AreEqual(1, shelf.Book.LostCodes);
    }

    [TestMethod]
    public void A_glitch_of_one_read_is_no_rot()
    {
        TestBook shelf = new();
        shelf.Add(WithDigits(shelf, "1234", 0, 0));
        shelf.Spi.GoneFrom = shelf.Spi.Transactions;
        shelf.Spi.GoneFor = 1;
        Check(CodeMatch.Opens, shelf.Match("1234", 0));
        Assert.AreEqual(0, shelf.Book.LostCodes);
    }

    [TestMethod]
    public void A_rotten_code_leaves_its_slot_its_digits_and_its_id_free()
    {
        TestBook shelf = new();
        int location = shelf.Add(WithDigits(shelf, "1234", 0, 0));
        shelf.Rot(location + 1, Frame.Name);
        byte[] mac = WithDigits(shelf, "1234", 0, 0).Bytes;
        StorageStatus status = shelf.Book.FindByMac(
            mac, Frame.DigitsMac, new AccessCode(), out int slot);
        Assert.AreEqual((int)StorageStatus.Damaged, (int)status);
        Assert.AreEqual(-1, slot);
        Assert.AreEqual(-1, shelf.SlotOf(1));
        Assert.AreEqual(1, shelf.Book.LostCodes);
        shelf.Add(WithDigits(shelf, "1234", 0, 0));
        Check(CodeMatch.Opens, shelf.Match("1234", 0));
        Assert.AreEqual(1, shelf.Book.Count);

        // Found by its id first.
        shelf.Rot(shelf.Book.Slots.LocationOf(shelf.SlotOf(1)), Frame.CreatedAt);
        Assert.AreEqual(-1, shelf.SlotOf(1));
        Assert.AreEqual(2, shelf.Book.LostCodes);
        Assert.AreEqual(0, shelf.Book.Count);
        status = shelf.Book.FindByMac(mac, Frame.DigitsMac, new AccessCode(), out slot);
        Assert.AreEqual((int)StorageStatus.Ok, (int)status);
    }

    [TestMethod]
    public void Match_opens_nothing_without_flash()
    {
        TestBook shelf = new();
        shelf.Add(WithDigits(shelf, "1234", 0, 0));
        shelf.Chip.IsGone = true;
        Check(CodeMatch.NotReady, shelf.Match("1234", 0));
        Assert.AreEqual(1, shelf.Book.Count, "it may come back");
    }

    [TestMethod]
    public void FindByMac_tells_digits_apart_whose_MACs_begin_alike()
    {
        TestBook shelf = new();
        AccessCode first = TestBook.Code(1);
        AccessCode second = TestBook.Code(2);
        Frame.PutUInt32(second.Bytes, Frame.DigitsMac, 1);
        second.Bytes[Frame.DigitsMac + 7] = 1;
        shelf.Add(first);
        shelf.Add(second);
        shelf.Book.FindByMac(first.Bytes, Frame.DigitsMac, new AccessCode(), out int slot);
        Assert.AreEqual(first.Slot, slot);
        shelf.Book.FindByMac(second.Bytes, Frame.DigitsMac, new AccessCode(), out slot);
        Assert.AreEqual(second.Slot, slot);
        second.Bytes[Frame.DigitsMac + 7] = 2;
        StorageStatus status = shelf.Book.FindByMac(
            second.Bytes, Frame.DigitsMac, new AccessCode(), out slot);
        Assert.AreEqual(-1, slot);
        Assert.AreEqual((int)StorageStatus.Ok, (int)status);
    }

    [TestMethod]
    public void FindByMac_finds_digits_behind_others_that_have_rotted()
    {
        TestBook shelf = new();
        int location = shelf.Add(TestBook.Code(1));
        AccessCode second = TestBook.Code(2);
        Frame.PutUInt32(second.Bytes, Frame.DigitsMac, 1);
        second.Bytes[Frame.DigitsMac + 7] = 1;
        shelf.Add(second);
        shelf.Rot(location, Frame.CreatedAt);
        shelf.Book.FindByMac(second.Bytes, Frame.DigitsMac, new AccessCode(), out int slot);
        Assert.AreEqual(1, slot);
    }

    [TestMethod]
    public void FindById_tells_ids_apart_whose_fingerprints_are_alike()
    {
        TestBook shelf = new();
        AccessCode first = TestBook.Code(1);
        AccessCode second = TestBook.Code(2);
        TestBook.Twin(TestBook.Id(1)).CopyTo(second.Bytes, Frame.AccessCodeId);
        shelf.Add(first);
        shelf.Add(second);
        ushort[] ids = new ushort[1];
        IdTable.Put(ids, 0, first.Bytes, Frame.AccessCodeId);
        Assert.AreEqual(0, IdTable.Find(ids, second.Bytes, Frame.AccessCodeId, 0));
        AccessCode read = new();
        Assert.AreEqual(0, shelf.SlotOf(first.Bytes, Frame.AccessCodeId, read));
        Assert.AreEqual(1, shelf.SlotOf(second.Bytes, Frame.AccessCodeId, read));
        Assert.AreEqual(1, read.Slot);
        Assert.AreEqual(-1, shelf.SlotOf(3));
    }

    [TestMethod]
    public void FindById_does_not_say_that_a_code_is_gone_with_the_flash()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        AccessCode read = new();
        shelf.Chip.IsGone = true;
        StorageStatus status = shelf.Book.FindById(TestBook.Id(1), 0, read, out int slot);
        Assert.AreEqual((int)StorageStatus.ChipFailed, (int)status);
        Assert.AreEqual(-1, slot);
        status = shelf.Book.FindById(TestBook.Id(2), 0, read, out slot);
        Assert.AreEqual((int)StorageStatus.Ok, (int)status, "no candidate");
        Assert.AreEqual(-1, slot);
        shelf.Chip.IsGone = false;
        Assert.AreEqual(0, shelf.SlotOf(1));
    }

    [TestMethod]
    public void Add_fills_every_slot_and_then_writes_nothing()
    {
        TestBook shelf = new();
        shelf.Reload(3);
        for (int i = 1; i <= 3; i++)
        {
            shelf.Add(TestBook.Code(i));
            Assert.AreEqual(i, shelf.Book.Count);
            Assert.AreEqual(i - 1, shelf.SlotOf(i));
        }

        int before = shelf.Chip.DeviceSteps;
        Assert.IsTrue(shelf.Book.Count == shelf.Book.Capacity);
        StorageStatus status = shelf.Book.Add(TestBook.Code(4), out int location);
        Assert.AreEqual((int)StorageStatus.Full, (int)status);
        Assert.AreEqual(-1, location);
        Assert.AreEqual(before, shelf.Chip.DeviceSteps);
    }

    [TestMethod]
    public void Add_that_fails_leaves_the_book_as_it_was()
    {
        TestBook shelf = new();
        shelf.Chip.IsWriteProtected = true;
        StorageStatus status = shelf.Book.Add(TestBook.Code(1), out int location);
        Assert.AreEqual((int)StorageStatus.WriteFailed, (int)status);
        Assert.AreEqual(-1, location);
        Assert.AreEqual(0, shelf.Book.Count);
        Assert.AreEqual(-1, shelf.SlotOf(1));
        shelf.Chip.IsWriteProtected = false;
        shelf.Add(TestBook.Code(1));
        Assert.AreEqual(0, shelf.SlotOf(1));
    }

    private static AccessCode WithDigits(TestBook shelf, string digits, long startsAt, long endsAt)
    {
        AccessCode code = TestBook.Code(1);
        byte[] bytes = Encoding.UTF8.GetBytes(digits);
        shelf.Secret.ComputeDigitsMac(bytes, bytes.Length, code.Bytes, Frame.DigitsMac);
        code.StartsAt = startsAt;
        code.EndsAt = endsAt;
        return code;
    }

    private static void Check(CodeMatch expected, CodeMatch actual) =>
        Assert.AreEqual((int)expected, (int)actual);
}
