using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CodeDetailsTests
{
    private const int Slots = 3;

    [TestMethod]
    public void Keys_first_digits_and_names_are_found_until_the_slot_is_forgotten()
    {
        CodeDetails details = new(
            Slots, CodeConstraint.UniqueFirstFour | CodeConstraint.UniqueName);
        AccessCode code = Detailed(1);
        AccessCode other = Detailed(2);
        details.Learn(Slots - 1, code);
        details.Learn(0, other);
        Check(details, code, Slots - 1);
        Check(details, other, 0);
        Assert.AreEqual(-1, details.FindKey(code, Slots));
        details.Forget(Slots - 1);
        Check(details, code, -1);
        Check(details, other, 0);
    }

    [TestMethod]
    public void A_code_without_key_first_digits_or_name_is_like_no_other()
    {
        CodeDetails details = new(
            Slots, CodeConstraint.UniqueFirstFour | CodeConstraint.UniqueName);
        details.Learn(0, TestBook.Code(1));
        Check(details, TestBook.Code(2), -1);
        Assert.IsTrue(details.IsNeeded(TestBook.Code(1)));
    }

    [TestMethod]
    public void First_digits_and_names_count_only_where_the_lock_asks_for_them()
    {
        CodeDetails details = new(Slots, CodeConstraint.None);
        AccessCode code = Detailed(1);
        details.Learn(0, code);
        Assert.AreEqual(0, details.FindKey(code, 0));
        Assert.AreEqual(-1, details.FindFirstFour(code, 0));
        Assert.AreEqual(-1, details.FindName(code, 0));
        Assert.IsTrue(details.IsNeeded(code), "for its key");
        Assert.IsFalse(details.IsNeeded(TestBook.Code(1)));
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

    private static void Check(CodeDetails details, AccessCode code, int slot)
    {
        Assert.AreEqual(slot, details.FindKey(code, 0));
        Assert.AreEqual(slot, details.FindFirstFour(code, 0));
        Assert.AreEqual(slot, details.FindName(code, 0));
    }
}
