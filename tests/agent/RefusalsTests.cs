using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class RefusalsTests
{
    private const int Last = (int)Refusal.ExpiryAhead;

    // No reason has this number.
    private const int Gap = 39;

    [TestMethod]
    public void TypeOf_every_refusal_is_in_the_closed_list()
    {
        string[] types =
        {
            "invalid_input", "device_not_found", "command_expired", "clock_not_known",
            "duplicate_code_on_device", "access_code_id_in_use",
            "no_space_for_access_code_on_device", "failed_to_set_on_device",
            "access_code_id_deleted", "common_code_key_mismatch", "access_code_not_found",
            "code_too_guessable", "backup_access_code_not_available",
            "no_code_fits_constraints",
        };
        for (int i = 1; i <= Last; i++)
        {
            bool isListed = false;
            for (int j = 0; j < types.Length; j++)
            {
                isListed |= Refusals.TypeOf((Refusal)i) == types[j];
            }

            Assert.IsTrue(isListed, Refusals.TypeOf((Refusal)i));
        }
    }

    [TestMethod]
    public void TextOf_every_refusal_is_its_own()
    {
        // What is wrong with JSON comes from its reader.
        for (int i = (int)Refusal.NotJson + 1; i <= Last; i += i + 1 == Gap ? 2 : 1)
        {
            string text = Refusals.TextOf((Refusal)i);
            Assert.IsTrue(text != "" && !text.EndsWith(" "), text);
            for (int j = 0; j < i; j++)
            {
                Assert.AreNotEqual(text, Refusals.TextOf((Refusal)j));
            }
        }
    }

    [TestMethod]
    [DataRow((int)Refusal.AccessCodeIdDeleted, "belonged to")]
    [DataRow((int)Refusal.NothingFits, "cannot be made")]
    [DataRow((int)Refusal.LengthNotSupported, "must have a length")]
    public void TextOf_says_what_is_wrong_before_what_to_do(int refusal, string start) =>
        Assert.IsTrue(Refusals.TextOf((Refusal)refusal).StartsWith(start));

    [TestMethod]
    [DataRow((int)Refusal.None)]
    [DataRow(Gap)]
    public void TextOf_what_is_no_refusal_is_a_text_too(int number) =>
        Assert.AreEqual("is not valid", Refusals.TextOf((Refusal)number));

    [TestMethod]
    [DataRow((int)Refusal.ClockNotKnown)]
    [DataRow((int)Refusal.NoSpace)]
    [DataRow((int)Refusal.WriteFailed)]
    public void What_may_pass_can_be_sent_again(int refusal)
    {
        Assert.IsTrue(Refusals.IsRetryable((Refusal)refusal));
        Assert.IsFalse(Refusals.IsRetryable(Refusal.DigitsTaken));
    }
}
