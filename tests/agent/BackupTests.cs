using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>A backup access code beside its code; what takes it away is in CodeRemovalTests.
/// </summary>
[TestClass]
public class BackupTests
{
    private const string Pull = "access_codes/pull_backup_access_code";
    private const string Update = "access_codes/update";
    private const string Pool = ",'use_backup_access_code_pool':true,"
        + "'ends_at':'2026-11-25T10:00:00Z','starts_at':'2026-11-24T";

    private const string Running = Pool + "08:00:00Z'";
    private const long Day = 86400;

    [TestMethod]
    [DataRow("08", "", "set")]
    [DataRow("08", ",'is_one_time_use':true", "set")]
    [DataRow("11", "", "unset")]
    public void A_backup_has_window_and_use_of_its_code_and_nothing_else(
        string hour, string members, string status)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Pool + hour + ":00:00Z','name':'Anna'"
            + members + "}");
        door.Send(TestLock.Create(2, "2222") + "}");
        door.Order(Pull, 3, 1, "");
        string found = door.LastFound;
        Assert.IsTrue(found.IndexOf("'time_bound','status':'" + status + "'") > 0, found);
        string state = BackupState(door, found);
        Assert.IsTrue(state.IndexOf("'name':'Access code 3','type':'time_bound','status':'"
            + status + "','starts_at':'2026-11-24T" + hour
            + ":00:00Z','ends_at':'2026-11-25T10:00:00Z'") > 0, state);
        Assert.AreEqual(members == "" ? "false" : "true",
            TestJson.Member(state, "is_one_time_use"));
        Assert.AreEqual("true", TestJson.Member(state, "is_backup"));
        Assert.AreEqual("false", TestJson.Member(state, "is_backup_access_code_available"));
    }

    [TestMethod]
    public void A_backup_is_not_given_without_a_clock_or_from_the_end_on()
    {
        TestLock door = With("");
        door.Clock.ForgetUtc();
        CheckPull(door, 2, "'clock_not_known'");
        door.Clock.SetUtc(TestLock.Utc + Day);
        door.Step(1);
        CheckPull(door, 3, "access_code_id: must be in the future");
        door = With("");
        door.Clock.SetUtc(TestLock.Utc + Day - 1);
        door.Step(1);
        CheckPull(door, 4, "'success'");
    }

    [TestMethod]
    public void A_used_code_gets_no_backup()
    {
        TestLock door = With(",'is_one_time_use':true");
        Assert.IsTrue(door.Opens("1111"));
        CheckPull(door, 2, "access_code_id: must be in the future");
    }

    [TestMethod]
    public void A_pull_while_the_chip_is_away_has_no_answer_and_may_come_again()
    {
        TestLock door = With("");
        door.Chip.IsGone = true;
        door.Order(Pull, 2, 1, "");
        Assert.AreEqual(0, door.CountOn("/answers"));
        door.Chip.IsGone = false;
        door.Settle();
        CheckPull(door, 2, "'success'");
    }

    [TestMethod]
    public void Where_no_digits_are_left_no_backup_is_made()
    {
        TestLock door = new(20, 0xEF4016);
        door.Settings.Constraints.Rules = CodeConstraint.FromExistingSet;
        door.Settings.Constraints.ExistingSet = new string[] { "1111" };
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1111") + Running + "}");
        door.Order(Pull, 2, 1, "");
        door.Step(Limits.MadeTries);
        Assert.IsTrue(door.LastFound.IndexOf("'no_code_fits_constraints'") > 0, door.LastFound);
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void The_common_key_of_a_code_is_not_its_backups()
    {
        TestLock door = With(",'common_code_key':'cleaners'");
        CheckPull(door, 2, "'success'");
        door.Order(Update, 3, 1, ",'code':'2222'");
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
    }

    [TestMethod]
    [DataRow(",'ends_at':'2026-11-24T11:00:00Z'", "08", "2026-11-24T11")]
    [DataRow(",'starts_at':'2026-11-24T09:00:00Z'", "09", "2026-11-25T10")]
    [DataRow(",'type':'ongoing'", "08", "2026-11-25T10")]
    [DataRow(",'name':'Anna'", "08", "2026-11-25T10")]
    public void A_backup_moves_only_with_a_bound_of_its_code(
        string members, string start, string end)
    {
        TestLock door = With("");
        CheckPull(door, 2, "'success'");
        string pulled = door.LastFound;
        door.Order(Update, 3, 1, members);
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
        door.Settle();
        string state = BackupState(door, pulled);
        Assert.IsTrue(state.IndexOf("'starts_at':'2026-11-24T" + start
            + ":00:00Z','ends_at':'" + end + ":00:00Z'") > 0, state);
        int moves = members.IndexOf("s_at") > 0 ? 1 : 0;
        Assert.AreEqual(moves, door.CountOf("access_code.set_on_device"));
        Assert.AreEqual(2, door.Agent.Codes.Count);

        // What was answered stays the answer.
        door.PowerCut();
        door.Order(Pull, 2, 1, "");
        Assert.AreEqual(pulled, door.LastFound);
    }

    [TestMethod]
    public void A_code_without_its_backup_moves_alone()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(2, "2222") + "}");
        door.Send(TestLock.Create(1, "1111") + Running + "}");
        door.Order(Update, 3, 1, ",'ends_at':'2026-11-24T11:00:00Z'");
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
        Assert.AreEqual(2, door.Agent.Codes.Count);
        Assert.IsTrue(door.Opens("2222"));
        Assert.IsTrue(door.Opens("1111"));
        Assert.AreEqual(0, door.CountOf("access_code.set_on_device"));
    }

    [TestMethod]
    public void Each_code_takes_its_own_backup_along()
    {
        TestLock door = With("");
        CheckPull(door, 2, "'success'");
        string first = TestJson.Member(door.LastFound, "code");
        door.Send(TestLock.Create(3, "3333") + Running + "}");
        door.Order(Pull, 4, 3, "");
        string second = TestJson.Member(door.LastFound, "code");
        door.Order("access_codes/delete", 5, 1, "");
        Assert.AreEqual(2, door.Agent.Codes.Count);
        Assert.IsFalse(door.Opens(first));
        Assert.IsTrue(door.Opens(second));
    }

    private static TestLock With(string members)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Running + members + "}");
        return door;
    }

    private static string BackupState(TestLock door, string found) =>
        door.LastOn("access_codes/state/" + TestJson.Member(found, "access_code_id"));

    private static void CheckPull(TestLock door, int attempt, string part)
    {
        door.Order(Pull, attempt, 1, "");
        Assert.IsTrue(door.LastFound.IndexOf(part) > 0, door.LastFound);
    }
}
