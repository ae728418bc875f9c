using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>CodeBook: codes that change, move, or were changed by somebody else.</summary>
[TestClass]
public class CodeBookChangeTests
{
    private const int Second = Frame.SizeBytes;

    [TestMethod]
    public void Replace_changes_the_code_of_a_slot_for_good()
    {
        TestBook shelf = new();
        shelf.Add(WithDigits(shelf, 1, "1234"));
        AccessCode code = WithDigits(shelf, 1, "9876");
        code.Slot = 0;
        StorageStatus status = shelf.Book.Replace(code, out int location);
        Assert.AreEqual((int)StorageStatus.Ok, (int)status);
        Assert.AreEqual(location, shelf.Book.Slots.LocationOf(0));
        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(1, shelf.Book.Count);
            Check(CodeMatch.Unknown, shelf.Match("1234", 0));
            Check(CodeMatch.Opens, shelf.Match("9876", 0));
            Assert.AreEqual(0, shelf.SlotOf(1));
            shelf.Reload(20);
        }
    }

    [TestMethod]
    public void A_change_that_fails_leaves_the_code_as_it_was()
    {
        TestBook shelf = new();
        shelf.Add(WithDigits(shelf, 1, "1234"));
        AccessCode code = WithDigits(shelf, 1, "9876");
        code.Slot = 0;
        shelf.Chip.IsWriteProtected = true;
        StorageStatus status = shelf.Book.Replace(code, out int location);
        Assert.AreEqual((int)StorageStatus.WriteFailed, (int)status);
        Assert.AreEqual(-1, location);
        status = shelf.Book.Remove(0, TestBook.Attempt(2), out location);
        Assert.AreEqual((int)StorageStatus.WriteFailed, (int)status);
        Assert.AreEqual(-1, location);
        status = shelf.Book.MarkUsed(0, 5);
        Assert.AreEqual((int)StorageStatus.WriteFailed, (int)status);
        Check(CodeMatch.Opens, shelf.Match("1234", 0));
        Check(CodeMatch.Unknown, shelf.Match("9876", 0));
        Assert.AreEqual(1, shelf.Book.Count);
        AccessCode read = new();
        shelf.Book.Read(0, read);
        Assert.IsFalse(shelf.Book.IsUsed(read));
    }

    [TestMethod]
    public void Remove_frees_slot_digits_and_id_for_good()
    {
        TestBook shelf = new();
        shelf.Reload(1);
        shelf.Add(WithDigits(shelf, 1, "1234"));
        shelf.Remove(0, 2, 500);
        for (int i = 0; i < 2; i++)
        {
            Assert.AreEqual(0, shelf.Book.Count);
            Assert.AreEqual(0, shelf.Book.Slots.LocationOf(0));
            Assert.AreEqual(-1, shelf.SlotOf(1));
            Check(CodeMatch.Unknown, shelf.Match("1234", 0));
            Assert.AreEqual(0, shelf.Loader.LostCodes);
            shelf.Reload(1);
        }

        shelf.Add(WithDigits(shelf, 3, "1234"));
        shelf.Reload(1);
        Check(CodeMatch.Opens, shelf.Match("1234", 0));
        Assert.AreEqual(0, shelf.SlotOf(3));
    }

    [TestMethod]
    public void A_slot_that_gets_another_code_is_not_used_any_more()
    {
        TestBook shelf = new();
        shelf.Add(WithDigits(shelf, 1, "1234"));
        shelf.Book.MarkUsed(0, 5);
        CheckUsed(shelf, true);
        shelf.Reload(20);
        CheckUsed(shelf, true);
        shelf.Remove(0, 2, 0);
        shelf.Add(WithDigits(shelf, 3, "1234"));
        CheckUsed(shelf, false);
        shelf.Reload(20);
        CheckUsed(shelf, false);
    }

    [TestMethod]
    public void The_mark_of_use_is_about_its_slot_and_says_when()
    {
        TestBook shelf = new();
        shelf.Add(WithDigits(shelf, 1, "1234"));
        int location = shelf.Add(WithDigits(shelf, 2, "9876"));
        shelf.Book.MarkUsed(1, 77);
        int mark = (location + 2) * Frame.SizeBytes;
        Assert.AreEqual((int)FrameType.Used, (int)shelf.Chip.Image[mark]);
        Assert.AreEqual(77u, Frame.GetUInt32(shelf.Chip.Image, mark + Frame.Detail));
        for (int i = 0; i < 2; i++)
        {
            Assert.IsFalse(shelf.Book.Slots.IsUsed(0));
            Assert.IsTrue(shelf.Book.Slots.IsUsed(1));
            shelf.Reload(20);
        }
    }

    [TestMethod]
    public void Changes_grows_with_whatever_befalls_a_code()
    {
        TestBook shelf = new();
        int before = shelf.Book.Changes;
        AccessCode code = WithDigits(shelf, 1, "1234");
        shelf.Add(code);
        before = CheckGrown(shelf, before);
        shelf.Book.Replace(code, out int location);
        before = CheckGrown(shelf, before);
        shelf.Book.MarkUsed(0, 5);
        before = CheckGrown(shelf, before);
        shelf.Remove(0, 2, 500);
        before = CheckGrown(shelf, before);
        location = shelf.Add(code);
        before = CheckGrown(shelf, before);
        shelf.Rot(location, Frame.EndsAt);
        shelf.Match("1234", 0);
        CheckGrown(shelf, before);
    }

    [TestMethod]
    public void What_somebody_else_wrote_is_lost_once_it_is_looked_for()
    {
        TestBook shelf = new();
        Rewrite(shelf, shelf.Add(WithDigits(shelf, 1, "1234")), Second + Frame.Name);
        Assert.AreEqual(-1, shelf.SlotOf(1));
        Assert.AreEqual(1, shelf.Book.LostCodes);
        Assert.AreEqual(0, shelf.Book.Count);
        Assert.AreEqual(0, shelf.Book.Slots.LocationOf(0));
        Check(CodeMatch.Unknown, shelf.Match("1234", 0));
    }

    [TestMethod]
    public void Carry_moves_a_code_and_keeps_all_of_it()
    {
        TestBook shelf = new();
        AccessCode code = WithDigits(shelf, 1, "1234");
        code.EndsAt = 100;
        int before = shelf.Add(code);
        AccessCode read = new();
        shelf.Book.Read(0, read);
        StorageStatus status = shelf.Book.Carry(0, read, out int location);
        Assert.AreEqual((int)StorageStatus.Ok, (int)status);
        Assert.AreNotEqual(before, location);
        Assert.AreEqual(location, shelf.Book.Slots.LocationOf(0));
        shelf.Book.Read(0, read);
        Assert.IsTrue(read.HasContentOf(code));
        Assert.AreEqual(Frame.Carried, (int)(read.Bytes[Frame.Group] & Frame.Carried));
        Assert.AreEqual(Frame.Carried, (int)(read.Bytes[Second + Frame.Group] & Frame.Carried));
        Check(CodeMatch.Opens, shelf.Match("1234", 99));
    }

    // Whoever can write to the flash can compute its checksums, but not the tag.
    [TestMethod]
    [DataRow(Frame.Slot)]
    [DataRow(Frame.AttemptId)]
    [DataRow(Frame.AccessCodeId)]
    [DataRow(Frame.StartsAt)]
    [DataRow(Frame.EndsAt)]
    [DataRow(Frame.CreatedAt)]
    [DataRow(Frame.Serial)]
    [DataRow(Second + Frame.Slot)]
    [DataRow(Second + Frame.Name)]
    [DataRow(Second + Frame.Name + 31)]
    [DataRow(Second + Frame.CommonKeyMac)]
    [DataRow(Second + Frame.Options)]
    [DataRow(Second + Frame.CodeAction)]
    [DataRow(Second + Frame.CodeAction + 6)]
    [DataRow(Second + Frame.Tag)]
    public void What_was_rewritten_with_a_right_checksum_opens_nothing(int offset)
    {
        TestBook shelf = new(8);
        Rewrite(shelf, shelf.Add(WithDigits(shelf, 1, "1234")), offset);
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Read(0, new AccessCode()));
        Check(CodeMatch.Damaged, shelf.Match("1234", 150));
        shelf.Reload(20);
        Check(CodeMatch.Damaged, shelf.Match("1234", 150));
    }

    [TestMethod]
    [DataRow(Frame.Slot)]
    [DataRow(Frame.AttemptId)]
    [DataRow(Frame.AccessCodeId)]
    [DataRow(Frame.DigitsMac)]
    [DataRow(Frame.StartsAt)]
    [DataRow(Frame.EndsAt)]
    [DataRow(Frame.CreatedAt)]
    [DataRow(Second + Frame.Slot)]
    [DataRow(Second + Frame.Name)]
    [DataRow(Second + Frame.CommonKeyMac)]
    [DataRow(Second + Frame.Options)]
    [DataRow(Second + Frame.CodeAction)]
    [DataRow(Second + Frame.Tag)]
    public void What_was_rewritten_with_a_right_checksum_is_not_carried_on(int offset)
    {
        TestBook shelf = new(8);
        Rewrite(shelf, shelf.Add(WithDigits(shelf, 1, "1234")), offset);
        shelf.Add(WithDigits(shelf, 2, "9876"));
        shelf.FillUntilReclaim();
        Assert.AreEqual(1, shelf.CarryOldest(0));
        Assert.AreEqual(1, shelf.Reclaim.LostFrames);
        Assert.AreEqual(1, shelf.Book.Count);
        Check(CodeMatch.Unknown, shelf.Match("1234", 150));
        Check(CodeMatch.Opens, shelf.Match("9876", 150));
        shelf.Reload(20);
        Assert.AreEqual(1, shelf.Book.Count);
        Check(CodeMatch.Opens, shelf.Match("9876", 150));
    }

    [TestMethod]
    public void Digits_written_into_another_code_open_nothing()
    {
        TestBook shelf = new(8);
        int place = shelf.Add(WithDigits(shelf, 1, "1234")) * Frame.SizeBytes;
        System.Array.Copy(WithDigits(shelf, 2, "9876").Bytes, Frame.DigitsMac, shelf.Chip.Image,
            place + Frame.DigitsMac, Frame.MacBytes);
        Rewrite(shelf, place / Frame.SizeBytes, Second + Frame.Name);
        shelf.Reload(20);
        Check(CodeMatch.Damaged, shelf.Match("9876", 150));
    }

    [TestMethod]
    public void A_code_moved_to_another_slot_opens_nothing()
    {
        TestBook shelf = new();
        int location = shelf.Add(WithDigits(shelf, 1, "1234"));
        Rewrite(shelf, location, Frame.Slot);
        shelf.Reload(20);
        Check(CodeMatch.Damaged, shelf.Match("1234", 150));
    }

    private static void Rewrite(TestBook shelf, int location, int offset)
    {
        byte[] group = new byte[2 * Frame.SizeBytes];
        int place = location * Frame.SizeBytes;
        System.Array.Copy(shelf.Chip.Image, place, group, 0, group.Length);
        group[offset] ^= 1;
        new Checksum().Seal(
            shelf.Log.Ring.SequenceOf(location / SlotLog.FramesPerSector), group, 0, 2);
        group.CopyTo(shelf.Chip.Image, place);
    }

    private static int CheckGrown(TestBook shelf, int before)
    {
        Assert.IsTrue(shelf.Book.Changes > before);
        return shelf.Book.Changes;
    }

    private static void CheckUsed(TestBook shelf, bool expected)
    {
        AccessCode read = new();
        Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Read(0, read));
        Assert.AreEqual(expected, shelf.Book.IsUsed(read));
    }

    private static AccessCode WithDigits(TestBook shelf, int number, string digits)
    {
        AccessCode code = TestBook.Code(number);
        byte[] bytes = Encoding.UTF8.GetBytes(digits);
        shelf.Secret.ComputeDigitsMac(bytes, bytes.Length, code.Bytes, Frame.DigitsMac);
        return code;
    }

    private static void Check(CodeMatch expected, CodeMatch actual) =>
        Assert.AreEqual((int)expected, (int)actual);
}
