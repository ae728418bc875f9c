using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CodeLikenessTests
{
    private const int Slots = 3;

    [TestMethod]
    public void Keys_first_digits_and_names_are_found_until_the_slot_is_forgotten()
    {
        CodeSlots slots = new(
            Slots, CodeConstraint.UniqueFirstFour | CodeConstraint.UniqueName);
        slots.Make(Slots);
        AccessCode code = Detailed(1);
        AccessCode other = Detailed(2);
        Learn(slots, Slots - 1, code);
        Learn(slots, 0, other);
        Check(slots, code, Slots - 1);
        Check(slots, other, 0);
        Assert.AreEqual(-1, slots.FindKey(code, Slots));
        slots.Empty(Slots - 1);
        Check(slots, code, -1);
        Check(slots, other, 0);
    }

    [TestMethod]
    public void A_code_without_key_first_digits_or_name_is_like_no_other()
    {
        CodeSlots slots = new(
            Slots, CodeConstraint.UniqueFirstFour | CodeConstraint.UniqueName);
        slots.Make(Slots);
        Learn(slots, 0, TestBook.Code(1));
        Check(slots, TestBook.Code(2), -1);
        Assert.IsTrue(slots.NeedsDetail(TestBook.Code(1)));
    }

    [TestMethod]
    public void First_digits_and_names_count_only_where_the_lock_asks_for_them()
    {
        CodeSlots slots = new(Slots, CodeConstraint.None);
        slots.Make(Slots);
        AccessCode code = Detailed(1);
        Learn(slots, 0, code);
        Assert.AreEqual(0, slots.FindKey(code, 0));
        Assert.AreEqual(-1, slots.FindFirstFour(code, 0));
        Assert.AreEqual(-1, slots.FindName(code, 0));
        Assert.IsTrue(slots.NeedsDetail(code), "for its key");
        Assert.IsFalse(slots.NeedsDetail(TestBook.Code(1)));
    }

    private static void Learn(CodeSlots slots, int slot, AccessCode code)
    {
        code.Slot = slot;
        slots.Place(slot, 9);
        slots.Learn(code, true);
    }

    private static AccessCode Detailed(int number)
    {
        AccessCode code = TestBook.Code(number);
        code.Bytes[AccessCode.CommonKeyOffset] = (byte)number;
        code.Bytes[AccessCode.FirstFourOffset] = (byte)number;
        code.Bytes[AccessCode.NameOffset] = (byte)'a';
        code.Bytes[AccessCode.NameOffset + 1] = (byte)('0' + number);
        return code;
    }

    private static void Check(CodeSlots slots, AccessCode code, int slot)
    {
        Assert.AreEqual(slot, slots.FindKey(code, 0));
        Assert.AreEqual(slot, slots.FindFirstFour(code, 0));
        Assert.AreEqual(slot, slots.FindName(code, 0));
    }
}
