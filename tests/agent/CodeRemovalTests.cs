using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>access_codes/delete and pull_backup_access_code.</summary>
[TestClass]
public class CodeRemovalTests
{
    private const string Delete = "access_codes/delete";
    private const string Pull = "access_codes/pull_backup_access_code";
    private const string Window =
        ",'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-25T10:00:00Z'";

    [TestMethod]
    public void A_deleted_code_does_not_open_and_its_state_is_empty()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Order(Delete, 2, 1, "");
        Check(door, "'DELETE_ACCESS_CODE','status':'success','result':{},'error':null}");
        Assert.AreEqual("", door.StateOf(1));
        Assert.IsFalse(door.Opens("1111"));
        Assert.AreEqual(0, door.Agent.Codes.Count);
        door.Order(Delete, 3, 1, "");
        Check(door, "'access_code_not_found'");
        door.Send(TestLock.Create(4, "1111") + "}");
        Check(door, "'success'");
    }

    [TestMethod]
    public void A_late_duplicate_does_not_bring_a_code_back()
    {
        TestLock door = TestLock.Running();
        string again = ",'access_code_id':'" + TestJson.Id(1) + "'}";
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "1111") + again);
        Check(door, "'success'");
        door.Order(Delete, 3, 1, "");
        for (int i = 0; i < 2; i++)
        {
            door.Send(TestLock.Create(2, "1111") + again);
            Check(door, "'success'");
            door.Send(TestLock.Create(4 + i, "1111") + again);
            Check(door, "'access_code_id_deleted'");
            Assert.IsFalse(door.Opens("1111"));
            door.PowerCut();
        }

        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_backup_opens_until_the_end_of_its_code()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window + ",'use_backup_access_code_pool':true}");
        door.Order(Pull, 2, 1, "");
        string first = door.LastFound;
        string digits = TestJson.Member(first, "code");
        Assert.IsTrue(first.StartsWith("{'action_attempt_id':'" + TestJson.Id(2)
            + "','status':'success','error':null,'access_code':{"), first);
        Assert.IsTrue(door.Opens(digits));
        Assert.IsTrue(door.Opens("1111"));

        // Again, and after a reboot: the same.
        door.PowerCut();
        door.Order(Pull, 2, 1, "");
        Assert.AreEqual(first, door.LastFound);
        door.Order(Pull, 3, 1, "");
        Assert.AreEqual(digits, TestJson.Member(door.LastFound, "code"));
        Assert.AreEqual(2, door.Agent.Codes.Count);
        door.Clock.SetUtc(TestLock.Utc + 90000);
        Assert.IsFalse(door.Opens(digits));
    }

    [TestMethod]
    public void A_backup_goes_with_its_code()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window + ",'use_backup_access_code_pool':true}");
        door.Order(Pull, 2, 1, "");
        string digits = TestJson.Member(door.LastFound, "code");
        door.Order(Delete, 3, 1, "");
        Assert.IsFalse(door.Opens(digits));
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    [DataRow(",'code':'3333'")]
    [DataRow(",'common_code_key':'cleaners'")]
    [DataRow(",'preferred_code_length':9")]
    public void The_digits_of_a_backup_are_the_locks_own(string members)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window + ",'use_backup_access_code_pool':true}");
        door.Order(Pull, 2, 1, members);
        string digits = TestJson.Member(door.LastFound, "code");
        Assert.AreEqual(4, digits.Length, door.LastFound);
        Assert.IsTrue(door.Opens(digits));
        Assert.IsFalse(door.Opens("3333"));
    }

    [TestMethod]
    public void A_backup_that_went_is_told_also_after_a_power_cut()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window + ",'use_backup_access_code_pool':true}");
        door.Order(Pull, 2, 1, "");
        string state = "access_codes/state/" + TestJson.Member(door.LastFound, "access_code_id");
        Assert.AreEqual(1, door.CountOn(state));
        door.Settle();
        door.Broker.Deliver("keyway/v1/" + TestLock.DeviceId + "/" + Delete, TestJson.Bytes(
            "{'action_attempt_id':'" + TestJson.Id(3) + "','access_code_id':'" + TestJson.Id(1)
            + "'}"), false);
        door.Step(3);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        door.PowerCut();
        Assert.AreEqual(2, door.CountOn(state));
        Assert.AreEqual("", door.LastOn(state));
    }

    [TestMethod]
    public void A_backup_ends_with_its_code_also_when_that_moves()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window
            + ",'use_backup_access_code_pool':true,'is_one_time_use':true}");
        door.Order(Pull, 2, 1, "");
        string digits = TestJson.Member(door.LastFound, "code");
        door.Order("access_codes/update", 3, 1, ",'ends_at':'2026-11-24T11:00:00Z'");
        Assert.IsTrue(door.Opens(digits));
        Assert.IsFalse(door.Opens(digits), "it is for one time, as its code");
        door.Order("access_codes/update", 4, 1, ",'ends_at':'2026-11-24T12:00:00Z'");
        Assert.IsFalse(door.Opens(digits));
        door.Clock.SetUtc(TestLock.Utc + 3600);
        Assert.IsTrue(door.Opens("1111"));
    }

    [TestMethod]
    public void A_backup_that_was_used_or_deleted_does_not_come_back()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window
            + ",'use_backup_access_code_pool':true,'is_one_time_use':true}");
        door.Order(Pull, 2, 1, "");
        string backup = TestJson.Member(door.LastFound, "access_code_id");
        door.Broker.Deliver("keyway/v1/" + TestLock.DeviceId + "/" + Delete, TestJson.Bytes(
            "{'action_attempt_id':'" + TestJson.Id(3) + "','access_code_id':'" + backup + "'}"),
            false);
        door.Step(10);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        door.Order(Pull, 4, 1, "");
        Assert.IsTrue(door.LastFound.IndexOf("'access_code_id_deleted'") > 0, door.LastFound);
        Assert.IsTrue(door.Opens("1111"));
        door.Order(Pull, 5, 1, "");
        Assert.IsTrue(door.LastFound.IndexOf("'error'") > 0, door.LastFound);
    }

    [TestMethod]
    public void The_id_of_a_code_deleted_without_a_clock_stays_refused()
    {
        TestLock door = new(20, 0xEF4016);
        door.Clock.ForgetUtc();
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Order(Delete, 2, 1, "");
        door.Clock.SetUtc(TestLock.Utc);
        door.Settle();
        for (int i = 10; i < 1400; i++)
        {
            door.Order(Delete, i, 1, "");
            door.Settle();
        }

        door.Send(TestLock.Create(3, "1111") + ",'access_code_id':'" + TestJson.Id(1) + "'}");
        Assert.IsTrue(door.LastAnswer.IndexOf("access_code_id_deleted") > 0, door.LastAnswer);
    }

    [TestMethod]
    public void Slots_of_the_pool_are_kept_free()
    {
        TestLock door = TestLock.Running(8, 0xEF4016);
        door.Send(TestLock.Create(1, "1111") + Window + ",'use_backup_access_code_pool':true}");
        for (int i = 2; i <= 7; i++)
        {
            door.Send(TestLock.Create(i, "" + i + i + i + i) + "}");
        }

        Check(door, "'no_space_for_access_code_on_device'");
        Assert.AreEqual(6, door.Agent.Codes.Count);
        door.Order(Pull, 8, 1, "");
        Assert.IsTrue(door.LastFound.IndexOf("'success'") > 0, door.LastFound);
    }

    [TestMethod]
    public void Slots_of_the_pool_are_not_for_the_code_that_switches_it_on()
    {
        TestLock door = TestLock.Running(8, 0xEF4016);
        for (int i = 1; i <= 6; i++)
        {
            door.Send(TestLock.Create(i, "" + i + i + i + i) + "}");
        }

        string pooled = Window + ",'use_backup_access_code_pool':true}";
        door.Send(TestLock.Create(7, "7777") + pooled);
        Check(door, "'no_space_for_access_code_on_device'");
        door.Send(TestLock.Create(8, "8888") + "}");
        Check(door, "'success'");
        door.Order(Delete, 9, 1, "");
        door.Order(Delete, 10, 2, "");
        door.Send(TestLock.Create(11, "7777") + pooled);
        Check(door, "'success'");
        door.Order(Pull, 12, 11, "");
        Assert.IsTrue(door.LastFound.IndexOf("'success'") > 0, door.LastFound);
    }

    [TestMethod]
    public void A_backup_is_only_for_a_code_that_asked_for_the_pool()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(2, "1111") + Window + "}");
        door.Order(Pull, 3, 2, "");
        Assert.IsTrue(door.LastFound.IndexOf("'backup_access_code_not_available'") > 0);
        door.Order(Pull, 4, 9, "");
        Assert.IsTrue(door.LastFound.IndexOf("'access_code_not_found'") > 0);
    }

    private static void Check(TestLock door, string part) =>
        Assert.IsTrue(door.LastAnswer.IndexOf(part) > 0, door.LastAnswer);
}
