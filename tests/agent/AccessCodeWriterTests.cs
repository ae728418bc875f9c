using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What the state of an access code says of what is late, has failed or is over.</summary>
[TestClass]
public class AccessCodeWriterTests
{
    private const int Start = 100_000;
    private const int End = 110_000;
    private const int SetAt = Start - Limits.SetBeforeStartSeconds;
    private const int Late = Limits.LateSeconds;
    private const string NotKept =
        "_device','message':'The keypad's flash did not keep it; it is tried again.'}";

    private const string NotSet = "{'error_code':'failed_to_set_on" + NotKept;
    private const string NotRemoved = "{'error_code':'failed_to_remove_from" + NotKept;

    private const string LateToSet = "{'warning_code':'delay_in_setting_on_device',"
        + "'message':'Is not in its slot yet.'}";

    private const string LateToRemove = "{'warning_code':'delay_in_removing_from_device',"
        + "'message':'Is in its slot longer than it should be.'}";

    [TestMethod]
    [DataRow(SetAt - 1, true, "", "")]
    [DataRow(SetAt, true, NotSet, "")]
    [DataRow(SetAt, false, "", "")]
    [DataRow(SetAt + Late - 1, false, "", "")]
    [DataRow(SetAt + Late, false, "", LateToSet)]
    [DataRow(End - 1, true, NotSet, LateToSet)]
    [DataRow(End, true, NotRemoved, "")]
    [DataRow(End, false, "", "")]
    [DataRow(End + Late - 1, false, "", "")]
    [DataRow(End + Late, true, NotRemoved, LateToRemove)]
    public void A_deferred_code_in_no_slot_tells_the_trouble_of_the_moment(
        int utc, bool isFailing, string errors, string warnings)
    {
        TestBook shelf = At(utc);
        if (isFailing)
        {
            shelf.Book.Times.NoteFailed();
        }

        Check(shelf, Deferred(CodeOptions.Waiting), errors, warnings);
    }

    [TestMethod]
    public void A_code_in_its_slot_is_not_late_to_set()
    {
        TestBook shelf = At(Start);
        shelf.Book.Times.NoteFailed();
        Check(shelf, Deferred(CodeOptions.None), "", "");
    }

    [TestMethod]
    public void Digits_that_were_changed_at_the_keypad_are_a_warning() =>
        Check(At(Start), Deferred(CodeOptions.ModifiedAtKeypad), "",
            "{'warning_code':'code_modified_external_to_seam',"
            + "'message':'The digits were changed at the keypad.'}");

    [TestMethod]
    [DataRow(0, false, "set")]
    [DataRow((int)CodeOptions.OneTime, false, "set")]
    [DataRow(0, true, "set")]
    [DataRow((int)CodeOptions.OneTime, true, "unset")]
    public void Only_a_one_time_code_is_used_up(int options, bool isUsed, string status)
    {
        TestBook shelf = new();
        AccessCode code = TestBook.Code(1);
        code.Options = (CodeOptions)options;
        shelf.Add(code);
        if (isUsed)
        {
            Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.MarkUsed(code.Slot, 0));
        }

        shelf.Answers.State(code);
        string text = shelf.Written;
        Assert.AreEqual(status, TestJson.Member(text, "status"), text);
    }

    private static TestBook At(long utc)
    {
        TestBook shelf = new();
        shelf.Clock.SetUtc(utc);
        shelf.Time.Step(out _, out _);
        return shelf;
    }

    private static AccessCode Deferred(CodeOptions more)
    {
        AccessCode code = TestBook.Code(1);
        code.StartsAt = Start;
        code.EndsAt = End;
        code.Options = CodeOptions.Deferred | more;
        return code;
    }

    private static void Check(TestBook shelf, AccessCode code, string errors, string warnings)
    {
        shelf.Answers.State(code);
        string text = shelf.Written;
        Assert.IsTrue(text.IndexOf("'errors':[" + errors + "],'warnings':[" + warnings
            + "],'pending_mutations':[") > 0, text);
    }
}
