using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>The parameters of access_codes/create beyond digits, name and window.</summary>
[TestClass]
public class CreateOptionsTests
{
    private const string Window =
        ",'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-25T10:00:00Z'";

    [TestMethod]
    [DataRow(",'is_one_time_use':'true'", "is_one_time_use: must be true or false")]
    [DataRow(",'keyway_duress':1", "keyway_duress: must be true or false")]
    [DataRow(",'preferred_code_length':'6'", "preferred_code_length: must be a whole number")]
    [DataRow(",'preferred_code_length':6.5", "preferred_code_length: must be a whole number")]
    [DataRow(",'preferred_code_length':6", "preferred_code_length: cannot be given together")]
    [DataRow(",'common_code_key':''", "common_code_key: must have 1 to 64 characters")]
    [DataRow(",'max_time_rounding':'1week'", "max_time_rounding: is none of the words")]
    [DataRow(",'allow_external_modification':true,'is_external_modification_allowed':false",
        "allow_external_modification: says the opposite of its alias")]
    [DataRow(",'is_offline_access_code':true,'use_offline_access_code':false",
        "use_offline_access_code: says the opposite of its alias")]
    [DataRow(",'is_offline_access_code':true", "starts_at: is required")]
    [DataRow(",'use_backup_access_code_pool':true",
        "use_backup_access_code_pool: Cannot use the backup pool for ongoing codes")]
    [DataRow(",'keyway_duress':true" + Window, "keyway_duress: is for an ongoing code")]
    [DataRow(",'is_offline_access_code':true" + Window, "code: cannot be given: the digits")]
    [DataRow(",'max_time_rounding':''", "max_time_rounding: is none of the words")]
    public void What_does_not_go_together_names_the_member(string members, string message)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + members + "}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'invalid_input','message':'" + message) > 0,
            door.LastAnswer);
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    [DataRow("", "set")]
    [DataRow(",'is_one_time_use':true", "set")]
    [DataRow(",'starts_at':'2026-11-24T14:00:00Z','ends_at':'2026-11-25T10:00:00Z'", "unset")]
    public void The_answer_tells_how_the_code_is_also_to_another_attempt(
        string members, string status)
    {
        TestLock door = TestLock.Running();
        string part = "','status':'" + status + "','starts_at'";
        string about = ",'access_code_id':'" + TestJson.Id(1) + "'" + members + "}";
        door.Send(TestLock.Create(1, "1111") + about);
        Assert.IsTrue(door.LastAnswer.IndexOf(part) > 0, door.LastAnswer);
        door.Send(TestLock.Create(2, "1111") + about);
        Assert.IsTrue(door.LastAnswer.IndexOf(part) > 0, door.LastAnswer);
    }

    [TestMethod]
    public void A_used_code_is_unset_to_another_attempt()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + ",'is_one_time_use':true}");
        Assert.IsTrue(door.Opens("1111"));
        door.Send(TestLock.Create(2, "1111") + ",'is_one_time_use':true,'access_code_id':'"
            + TestJson.Id(1) + "'}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'ongoing','status':'unset'") > 0,
            door.LastAnswer);
    }

    [TestMethod]
    [DataRow("10:30:00", 0)]
    [DataRow("11:01:40", 0)]
    [DataRow("11:01:41", 1)]
    public void A_deferred_code_waits_until_an_hour_before_its_start(string start, int waits)
    {
        TestLock door = TestLock.Running();
        door.Clock.SetUtc(TestLock.Utc + 100);
        door.Step(1);
        door.Send(TestLock.Create(1, "1111") + ",'prefer_native_scheduling':false,'starts_at':"
            + "'2026-11-24T" + start + "Z','ends_at':'2026-11-25T10:00:00Z'}");
        Assert.AreEqual(waits, door.CountOf("deferring_creation"));
        Assert.AreEqual(0, door.CountOf("access_code.set_on_device"));
    }

    [TestMethod]
    public void Keys_of_a_length_are_told_apart()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + ",'common_code_key':'a'}");
        door.Send(TestLock.Create(2, "2222") + ",'common_code_key':'b'}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
    }

    [TestMethod]
    [DataRow(",'sync':true,'attempt_for_offline_device':false,'prefer_native_scheduling':true")]
    [DataRow(",'max_time_rounding':'1d','is_offline_access_code':false,'x':[{'y':1}]")]
    [DataRow(",'allow_external_modification':true,'is_external_modification_allowed':true")]
    public void What_has_no_say_here_is_accepted(string members)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "0123") + members + "}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
        Assert.IsTrue(door.Opens("0123"));
    }

    [TestMethod]
    public void Digits_of_the_lock_are_in_the_answer_and_the_same_for_ever()
    {
        TestLock door = TestLock.Running();
        door.Send(Without(1, ",'preferred_code_length':7"));
        string answer = door.LastAnswer;
        string digits = TestJson.Member(answer, "code");
        Assert.AreEqual(7, digits.Length, answer);
        Assert.AreEqual(-1, door.StateOf(1).IndexOf(digits));
        Assert.IsTrue(door.Opens(digits));
        door.PowerCut();
        door.Send(Without(1, ",'preferred_code_length':7"));
        Assert.AreEqual(answer, door.LastAnswer);
        door.Order("access_codes/delete", 2, 1, "");
        door.Send(Without(1, ",'preferred_code_length':7"));
        Assert.AreEqual(answer, door.LastAnswer);
    }

    [TestMethod]
    public void A_length_that_is_not_supported_becomes_the_shortest()
    {
        TestLock door = TestLock.Running();
        door.Send(Without(1, ",'preferred_code_length':3"));
        Assert.AreEqual(4, TestJson.Member(door.LastAnswer, "code").Length);
        door.Send(Without(2, ""));
        Assert.AreEqual(4, TestJson.Member(door.LastAnswer, "code").Length);
    }

    [TestMethod]
    public void A_repeated_create_without_code_under_a_new_attempt_is_the_same_code()
    {
        TestLock door = TestLock.Running();
        door.Send(Without(1, ""));
        string digits = TestJson.Member(door.LastAnswer, "code");
        door.Send(Without(2, ",'access_code_id':'" + TestJson.Id(1) + "'"));
        Assert.AreEqual(digits, TestJson.Member(door.LastAnswer, "code"));
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_common_key_needs_a_code_or_the_secret_of_the_site()
    {
        TestLock door = TestLock.Running();
        door.Send(Without(1, ",'common_code_key':'cleaners'"));
        Assert.IsTrue(door.LastAnswer.IndexOf("common_code_key: needs a code") > 0,
            door.LastAnswer);
        door.Send(TestLock.Create(2, "2222") + ",'common_code_key':'cleaners'}");
        door.Send(TestLock.Create(3, "3333") + ",'common_code_key':'cleaners'}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'common_code_key_mismatch'") > 0, door.LastAnswer);
        door.PowerCut();
        door.Send(TestLock.Create(4, "4444") + ",'common_code_key':'cleaners'}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'common_code_key_mismatch'") > 0, door.LastAnswer);
        door.Send(TestLock.Create(5, "4444") + ",'common_code_key':'guests'}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
    }

    [TestMethod]
    public void Two_locks_of_a_site_make_the_same_digits_of_a_key()
    {
        string first = OfSite(1).LastAnswer;
        TestLock door = OfSite(7);
        string digits = TestJson.Member(first, "code");
        Assert.AreEqual(6, digits.Length, first);
        Assert.AreEqual(digits, TestJson.Member(door.LastAnswer, "code"));
        Assert.IsTrue(door.Opens(digits));

        // On one lock they are taken then, and no others are made.
        door.Send(Without(8, ",'common_code_key':'cleaners'"));
        Assert.IsTrue(door.LastAnswer.IndexOf("'duplicate_code_on_device'") > 0);
        door.Send(Without(9, ",'common_code_key':'guests'"));
        Assert.AreNotEqual(digits, TestJson.Member(door.LastAnswer, "code"));
    }

    [TestMethod]
    public void Digits_of_a_key_are_not_made_where_others_were_given_for_it()
    {
        TestLock door = OfSite(1);
        door.Send(TestLock.Create(2, "2222") + ",'common_code_key':'guests'}");
        door.Send(Without(3, ",'common_code_key':'guests'"));
        Assert.IsTrue(door.LastAnswer.IndexOf("'common_code_key_mismatch','message':"
            + "'common_code_key: stands for other digits") > 0, door.LastAnswer);
        Assert.AreEqual(2, door.Agent.Codes.Count);
    }

    private static TestLock OfSite(int attempt)
    {
        TestLock door = new(20, 0xEF4016);
        door.Settings.DeviceSecret[1] = (byte)attempt;
        door.Settings.SiteSecret = new byte[32];
        door.Settings.SiteSecret[5] = 5;
        door.PowerUp();
        door.Settle();
        door.Send(Without(attempt, ",'common_code_key':'cleaners','preferred_code_length':9"));
        return door;
    }

    private static string Without(int attempt, string members) => "{'action_attempt_id':'"
        + TestJson.Id(attempt) + "','device_id':'" + TestLock.DeviceId + "'" + members + "}";
}
