using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>access_codes/update: each member alone changes what it names.</summary>
[TestClass]
public class CodeUpdateTests
{
    private const string Word = "access_codes/update";
    private const string Window =
        ",'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-25T10:00:00Z'}";

    [TestMethod]
    public void A_name_alone_leaves_digits_and_window()
    {
        TestLock door = WithCode(Window);
        door.Order(Word, 2, 1, ",'name':'Ben'");
        Check(door, "'UPDATE_ACCESS_CODE','status':'success'");
        string state = door.StateOf(1);
        Assert.IsTrue(state.IndexOf("'name':'Ben'") > 0, state);
        Assert.IsTrue(state.IndexOf("'ends_at':'2026-11-25T10:00:00Z'") > 0, state);
        Assert.IsTrue(door.Opens("1111"));
    }

    [TestMethod]
    public void New_digits_free_the_old_ones()
    {
        TestLock door = WithCode("}");
        door.Order(Word, 2, 1, ",'code':'2222'");
        Assert.IsFalse(door.Opens("1111"));
        Assert.IsTrue(door.Opens("2222"));
        door.Send(TestLock.Create(3, "1111") + "}");
        Check(door, "'success'");
        door.Order(Word, 4, 1, ",'code':'1111'");
        Check(door, "'duplicate_code_on_device'");
        Assert.IsTrue(door.Opens("2222"));
        door.PowerCut();
        Assert.IsTrue(door.Opens("2222"));
    }

    [TestMethod]
    [DataRow(",'ends_at':'2026-11-26T00:00:00Z'", "08:00", "2026-11-26T00:00")]
    [DataRow(",'starts_at':'2026-11-24T09:00:00Z'", "09:00", "2026-11-25T10:00")]
    public void A_bound_alone_moves_alone(string bound, string start, string end)
    {
        TestLock door = WithCode(Window);
        door.Order(Word, 2, 1, bound);
        Check(door, "'success'");
        Check(door, "'starts_at':'2026-11-24T" + start + ":00Z','ends_at':'" + end + ":00Z'");
    }

    [TestMethod]
    public void A_code_becomes_ongoing_and_time_bound_again()
    {
        TestLock door = WithCode(Window);
        door.Order(Word, 2, 1, ",'type':'ongoing'");
        Check(door, "'type':'ongoing'");
        door.Order(Word, 3, 1, ",'ends_at':'2026-11-26T00:00:00Z'");
        Check(door, "starts_at: is required: an ongoing code gets a whole window");
        door.Order(Word, 4, 1, ",'starts_at':'2026-11-24T12:00:00Z',"
            + "'ends_at':'2026-11-26T00:00:00Z'");
        Check(door, "'type':'time_bound','status':'unset'");
        Assert.IsFalse(door.Opens("1111"));
    }

    [TestMethod]
    [DataRow(",'ends_at':'2026-11-24T08:00:00Z'", "ends_at: must be in the future")]
    [DataRow(",'starts_at':'2026-11-25T10:00:00Z'", "ends_at: must be later than starts_at")]
    [DataRow(",'code':'12'", "code: must have 4 to 12 digits")]
    [DataRow(",'type':'daily'", "type: is none of the words")]
    [DataRow(",'is_external_modification_allowed':true,'allow_external_modification':false",
        "allow_external_modification: says the opposite")]
    public void What_is_wrong_changes_nothing(string members, string message)
    {
        TestLock door = WithCode(Window);
        string state = door.StateOf(1);
        door.Order(Word, 2, 1, members);
        Check(door, message);
        Assert.AreEqual(state, door.StateOf(1));
        Assert.IsTrue(door.Opens("1111"));
    }

    [TestMethod]
    public void Nothing_new_is_success_and_one_frame()
    {
        TestLock door = WithCode("}");
        door.Settle();
        int before = door.Chip.DeviceSteps;
        door.Order(Word, 2, 1, ",'code':'1111','name':''");
        Check(door, "'UPDATE_ACCESS_CODE','status':'success'");
        Assert.AreEqual(before + 1, door.Chip.DeviceSteps);
    }

    [TestMethod]
    public void An_unknown_code_is_not_found_also_after_a_reboot()
    {
        TestLock door = TestLock.Running();
        door.Order(Word, 2, 1, ",'name':'Ben'");
        Check(door, "'access_code_not_found','message':'access_code_id: is no access code");
        string answer = door.LastAnswer;
        door.PowerCut();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Order(Word, 2, 1, ",'name':'Ben'");
        Assert.AreEqual(answer, door.LastAnswer);
    }

    [TestMethod]
    public void A_repeated_update_changes_nothing_twice()
    {
        TestLock door = WithCode("}");
        door.Order(Word, 2, 1, ",'code':'2222'");
        string answer = door.LastAnswer;
        door.Order(Word, 3, 1, ",'code':'3333'");
        door.PowerCut();
        door.Order(Word, 2, 1, ",'code':'2222'");
        Assert.AreEqual(answer, door.LastAnswer);
        Assert.IsFalse(door.Opens("2222"));
        Assert.IsTrue(door.Opens("3333"));
    }

    [TestMethod]
    public void The_digits_of_the_master_code_are_taken_by_no_code()
    {
        TestLock door = new(20, 0xEF4016);
        door.Settings.MasterCode = "87654321";
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Order(Word, 2, 1, ",'code':'87654321'");
        Check(door, "'code: has digits that exist on this lock'");
        Assert.IsTrue(door.Opens("1111"));
    }

    [TestMethod]
    [DataRow("2026-11-24T09:00:00Z", "2026-11-24T12:00:00Z", "unset")]
    [DataRow("2026-11-24T12:00:00Z", "2026-11-24T10:30:00Z", "set")]
    public void The_status_is_that_of_the_moment_of_the_update(
        string first, string second, string status)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + ",'starts_at':'" + first
            + "','ends_at':'2026-11-25T10:00:00Z'}");
        door.Clock.SetUtc(TestLock.Utc + 3600);
        door.Settle();
        string update = ",'starts_at':'" + second + "'";
        door.Order(Word, 2, 1, update);
        Check(door, "'time_bound','status':'" + status + "'");
        string answer = door.LastAnswer;
        door.Clock.SetUtc(TestLock.Utc + 8000);
        door.PowerCut();
        door.Order(Word, 2, 1, update);
        Assert.AreEqual(answer, door.LastAnswer);

        // Nothing new under another attempt: how it is by then.
        door.Order(Word, 3, 1, update);
        Check(door, "'time_bound','status':'set'");
        door.Clock.ForgetUtc();
        door.Order(Word, 4, 1, ",'name':'Ben'");
        Check(door, "'time_bound','status':'unknown'");
        door.Order("access_codes/delete", 5, 1, "");
        door.Order(Word, 2, 1, update);
        Assert.AreEqual(answer, door.LastAnswer);
    }

    private static TestLock WithCode(string end)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + end);
        return door;
    }

    private static void Check(TestLock door, string part) =>
        Assert.IsTrue(door.LastAnswer.IndexOf(part) > 0, door.LastAnswer);
}
