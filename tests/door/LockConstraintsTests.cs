using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>code_constraints that ask more than the digits, and how easy guessing may be.</summary>
[TestClass]
public class LockConstraintsTests
{
    private const string Window =
        ",'starts_at':'2026-11-24T10:00:01Z','ends_at':'2026-11-25T10:00:00Z'}";

    [TestMethod]
    public void The_first_four_digits_are_unique_also_after_a_reboot()
    {
        TestLock door = With(CodeConstraint.UniqueFirstFour);
        door.Send(TestLock.Create(1, "123456") + "}");
        for (int i = 0; i < 2; i++)
        {
            door.Send(TestLock.Create(2 + i, "123499") + "}");
            Check(door, "code: must differ from each code on this lock in the first four digits: "
                + "access code " + TestJson.Id(1));
            door.PowerCut();
        }

        door.Order("access_codes/update", 5, 1, ",'code':'123499'");
        Check(door, "'success'");
        door.Send(TestLock.Create(6, "12345") + "}");
        Check(door, "code: must differ");
        door.Order("access_codes/delete", 7, 1, "");
        door.Send(TestLock.Create(8, "123400") + "}");
        Check(door, "'success'");
    }

    [TestMethod]
    public void Names_are_unique_also_after_a_reboot()
    {
        TestLock door = With(CodeConstraint.UniqueName);
        door.Send(TestLock.Create(1, "1111") + ",'name':'Anna'}");
        door.PowerCut();
        door.Send(TestLock.Create(2, "2222") + ",'name':'Anna'}");
        Check(door, "name: must differ from each name on this lock");
        door.Send(TestLock.Create(3, "3333") + ",'name':'Ben'}");
        door.Order("access_codes/update", 4, 3, ",'name':'Anna'");
        Check(door, "name: must differ");
        door.Order("access_codes/update", 5, 1, ",'name':'Anna','code':'1112'");
        Check(door, "'success'");
    }

    [TestMethod]
    public void A_name_is_cut_to_its_longest_and_may_be_too_short()
    {
        TestLock door = With(CodeConstraint.NameLength);
        door.Settings.Constraints.NameMin = 3;
        door.Settings.Constraints.NameMax = 5;
        door.Send(TestLock.Create(1, "1111") + ",'name':'Al'}");
        Check(door, "name: must have a length within name_length");
        door.Send(TestLock.Create(2, "1111") + ",'name':'Alexandra'}");
        Assert.AreEqual("Alexa", TestJson.Member(door.StateOf(2), "name"));
        door.Send(TestLock.Create(3, "1111") + ",'name':'Alexandra','access_code_id':'"
            + TestJson.Id(2) + "'}");
        Check(door, "'success'");
    }

    [TestMethod]
    public void A_name_in_any_script_is_cut_between_characters()
    {
        TestLock door = TestLock.Running();

        // Eleven letters of three bytes: ten fit.
        door.Send(TestLock.Create(1, "1111") + ",'name':'\u0915\u0915\u0915\u0915\u0915\u0915"
            + "\u0915\u0915\u0915\u0915\u0915'}");
        Assert.AreEqual("\u0915\u0915\u0915\u0915\u0915\u0915\u0915\u0915\u0915\u0915",
            TestJson.Member(door.StateOf(1), "name"));
    }

    [TestMethod]
    public void A_start_may_have_to_be_in_the_future()
    {
        TestLock door = With(CodeConstraint.StartInFuture);
        door.Clock.SetUtc(TestLock.Utc + 100);
        door.Step(1);
        door.Clock.SetUtc(TestLock.Utc + 1);
        door.Step(1);
        door.Send(TestLock.Create(1, "1111") + Window);
        Check(door, "starts_at: must be in the future");
        TestLock other = TestLock.Running();
        other.Clock.StepUtc(2);
        other.Settle();
        other.Send(TestLock.Create(1, "1111") + Window);
        Check(other, "'success'");
        Check(other, "'starts_at':'2026-11-24T10:00:01Z'");
    }

    [TestMethod]
    public void A_start_that_moves_may_have_to_be_in_the_future()
    {
        TestLock door = With(CodeConstraint.StartInFuture);
        door.Send(TestLock.Create(1, "1111") + ",'starts_at':'2026-11-24T10:00:30Z',"
            + "'ends_at':'2026-11-25T10:00:00Z'}");
        Check(door, "'success'");
        door.Clock.StepUtc(40);
        door.Settle();
        door.Order("access_codes/update", 2, 1, ",'starts_at':'2026-11-24T10:00:00Z'");
        Check(door, "starts_at: must be in the future");
        door.Order("access_codes/update", 3, 1, ",'starts_at':'2026-11-24T10:00:30Z',"
            + "'ends_at':'2026-11-26T10:00:00Z'");
        Check(door, "'success'");
        door.Order("access_codes/update", 4, 1, ",'starts_at':'2026-11-24T11:00:00Z'");
        Check(door, "'success'");
        door.Send(TestLock.Create(5, "2222") + "}");
        door.Order("access_codes/update", 6, 5, ",'starts_at':'2026-11-24T10:00:30Z',"
            + "'ends_at':'2026-11-26T10:00:00Z'");
        Check(door, "starts_at: must be in the future");
    }

    [TestMethod]
    public void Digits_may_have_to_come_from_the_lock()
    {
        TestLock door = With(CodeConstraint.DigitsFromLockOnly);
        door.Send(TestLock.Create(1, "1111") + "}");
        Check(door, "code: must be left out");
        door.Send("{'action_attempt_id':'" + TestJson.Id(2) + "','device_id':'"
            + TestLock.DeviceId + "'}");
        Assert.IsTrue(door.Opens(TestJson.Member(door.LastAnswer, "code")));
    }

    [TestMethod]
    public void Too_many_codes_for_few_digits_are_said_and_may_be_refused()
    {
        TestLock door = TestLock.Running();
        for (int i = 0; i < 11; i++)
        {
            door.Send(TestLock.Create(1 + i, "" + (7000 + i)) + "}");
            Check(door, "'success'");
        }

        door.Pass(Limits.StatusGapMs);
        Assert.IsTrue(door.LastOn("/status").IndexOf("'is_guessable':true") > 0);
        door.Settings.RefusesGuessable = true;
        door.Send(TestLock.Create(20, "7020") + "}");
        Check(door, "'code_too_guessable'");
        door.Send(TestLock.Create(21, "70210") + "}");
        Check(door, "'success'");
    }

    private static TestLock With(CodeConstraint rules)
    {
        TestLock door = new(20, 0xEF4016);
        door.Settings.Constraints.Rules = rules;
        door.PowerUp();
        door.Settle();
        return door;
    }

    private static void Check(TestLock door, string part) =>
        Assert.IsTrue(door.LastAnswer.IndexOf(part) > 0, door.LastAnswer);
}
