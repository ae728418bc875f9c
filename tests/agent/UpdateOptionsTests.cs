using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>access_codes/update: options, the kind of schedule, and what does not go.</summary>
[TestClass]
public class UpdateOptionsTests
{
    private const string Word = "access_codes/update";
    private const string Window =
        ",'ends_at':'2026-11-25T10:00:00Z','starts_at':'2026-11-24T";

    private const string Later = Window + "14:00:00Z'";
    private const string Native = ",'prefer_native_scheduling':true";
    private const string Deferred = ",'prefer_native_scheduling':false";
    private const string OneTime = ",'is_one_time_use':true";
    private const string Waits = "'mutation_code':'deferring_creation'";

    [TestMethod]
    public void An_option_changes_alone_under_either_of_its_names()
    {
        TestLock door = With("");
        string option = "'is_external_modification_allowed':";
        Check(door, 2, ",'is_external_modification_allowed':true", option + "true");
        Check(door, 3, ",'name':'Ben'", option + "true");
        Check(door, 4, ",'allow_external_modification':false", option + "false");
        Check(door, 5, ",'allow_external_modification':true", option + "true");
        Check(door, 6, OneTime, "'is_one_time_use':true");
        Check(door, 7, ",'name':'Anna'", "'is_one_time_use':true");
        Check(door, 8, ",'is_one_time_use':false", "'is_one_time_use':false");
        Check(door, 9, ",'name':'Ben'", option + "true");
    }

    [TestMethod]
    public void A_used_code_stays_used_until_it_gets_other_digits()
    {
        TestLock door = With(OneTime);
        Assert.IsTrue(door.Opens("1111"));
        Check(door, 2, ",'name':'Ben'", "'status':'unset'");
        Assert.IsFalse(door.Opens("1111"));
        Check(door, 3, ",'code':'2222'", "'status':'set'");
        Assert.IsTrue(door.Opens("2222"));
        Assert.IsFalse(door.Opens("2222"));
    }

    [TestMethod]
    public void Nothing_new_leaves_the_code_where_it_lies()
    {
        TestLock door = With("");
        int location = door.Agent.Codes.Slots.LocationOf(0);
        Check(door, 2, ",'code':'1111'", "'status':'set'");
        Assert.AreEqual(location, door.Agent.Codes.Slots.LocationOf(0));
    }

    [TestMethod]
    public void A_schedule_is_kept_by_the_keypad_or_by_the_lock()
    {
        TestLock door = With(Later);
        Check(door, 2, Deferred, Waits);
        Check(door, 3, Native, "'pending_mutations':[]");
        Check(door, 4, ",'starts_at':'2026-11-24T15:00:00Z'", "'pending_mutations':[]");
        Check(door, 5, Deferred, Waits);
        Check(door, 6, ",'starts_at':'2026-11-24T16:00:00Z'", Waits);
        Check(door, 7, ",'starts_at':'2026-11-24T10:30:00Z'", "'pending_mutations':[]");
        door.Settle();
        Assert.AreEqual(0, door.CountOf("access_code.set_on_device"));
        Check(door, 8, ",'starts_at':'2026-11-24T16:00:00Z'", Waits);
        Check(door, 9, ",'type':'ongoing'", "'pending_mutations':[]");
    }

    [TestMethod]
    [DataRow(",'type':'time_bound'", "time_bound")]
    [DataRow(",'type':'ongoing'" + Later, "ongoing")]
    public void The_type_wins_over_bounds(string members, string type)
    {
        TestLock door = With(Window + "08:00:00Z'");
        Check(door, 2, members, "'status':'set','starts_at':");
        Assert.AreEqual(type, TestJson.Member(door.StateOf(1), "type"));
    }

    [TestMethod]
    public void A_code_that_has_ended_is_not_revived_from_that_second_on()
    {
        TestLock door = With(Window + "08:00:00Z'");
        door.Clock.SetUtc(TestLock.Utc + 86400);
        door.Step(1);
        CheckRefused(door, 2, ",'starts_at':'2026-11-24T09:00:00Z'",
            "ends_at: must be in the future'");
        CheckRefused(door, 3, Deferred, "ends_at: must be in the future'");
    }

    [TestMethod]
    public void A_window_is_whole_and_not_for_a_duress_code()
    {
        TestLock door = With(",'keyway_duress':true");
        CheckRefused(door, 2, ",'starts_at':'2026-11-24T14:00:00Z'",
            "ends_at: is required: an ongoing code");
        CheckRefused(door, 3, Later, "starts_at: is for an ongoing code");
    }

    [TestMethod]
    public void What_is_in_the_way_first_is_named()
    {
        TestLock door = new(20, 0xEF4016);
        door.Settings.Constraints.Rules = CodeConstraint.UniqueName;
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1111") + ",'name':'Anna'}");
        door.Send(TestLock.Create(2, "2222") + "}");
        door.Send(TestLock.Create(3, "3333") + "}");
        string message = "each name on this lock: access code " + TestJson.Id(1) + "'";
        door.Order(Word, 4, 3, ",'name':'Anna','code':'2222'");
        Assert.IsTrue(door.LastAnswer.IndexOf(message) > 0, door.LastAnswer);
        door.Send(TestLock.Create(5, "2222") + ",'name':'Anna'}");
        Assert.IsTrue(door.LastAnswer.IndexOf(message) > 0, door.LastAnswer);

        // The next refusal is about nobody.
        door.Order(Word, 6, 9, "");
        Assert.IsTrue(door.LastAnswer.IndexOf("no access code of this lock'") > 0,
            door.LastAnswer);
    }

    [TestMethod]
    public void A_name_that_is_not_changed_is_not_judged()
    {
        TestLock door = With(",'name':'Al'");
        door.Settings.Constraints.Rules = CodeConstraint.NameLength;
        door.Settings.Constraints.NameMin = 3;
        Check(door, 2, ",'code':'2222'", "'name':'Al'");
    }

    [TestMethod]
    public void An_update_while_the_chip_is_away_has_no_answer_and_is_not_kept_for_later()
    {
        TestLock door = With("");
        door.Chip.IsGone = true;
        door.Order(Word, 2, 1, ",'code':'2222'");
        door.Chip.IsGone = false;
        door.Settle();
        Assert.AreEqual(1, door.AnswerCount);
        Assert.IsTrue(door.Opens("1111"));
        Check(door, 2, ",'code':'2222'", "'status':'set'");
    }

    private static TestLock With(string members)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + members + "}");
        return door;
    }

    private static void Check(TestLock door, int attempt, string members, string part)
    {
        door.Order(Word, attempt, 1, members);
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, members + door.LastAnswer);
        string state = door.StateOf(1);
        Assert.IsTrue(state.IndexOf(part) > 0, members + state);
    }

    private static void CheckRefused(TestLock door, int attempt, string members, string message)
    {
        int location = door.Agent.Codes.Slots.LocationOf(0);
        door.Order(Word, attempt, 1, members);
        Assert.IsTrue(door.LastAnswer.IndexOf(message) > 0, members + door.LastAnswer);
        Assert.AreEqual(location, door.Agent.Codes.Slots.LocationOf(0));
    }
}
