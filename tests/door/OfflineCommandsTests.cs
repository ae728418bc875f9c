using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Offline codes as commands: which digits they get, and what is refused.</summary>
[TestClass]
public class OfflineCommandsTests
{
    private const string Delete = "access_codes/delete";
    private const string Create = "access_codes/create";
    private const string Start = ",'starts_at':'2026-11-24T10:00:00Z'";
    private const string Offline = Start + ",'is_offline_access_code':true,'device_id':'"
        + TestLock.DeviceId + "'";

    private const string OneTime = Offline + ",'is_one_time_use':true";
    private const string Index = ",'keyway_offline_index':";
    private const string Label = Start + ",'keyway_offline_label':'one_time'" + Index;

    [TestMethod]
    public void A_serial_number_follows_from_the_id_where_none_is_given()
    {
        TestLock door = WithSecret();
        string first = Digits(door, 1, 0, OneTime);
        Assert.AreNotEqual(first, Digits(door, 2, 0, OneTime));
        string other = Digits(door, 3, 5, OneTime);
        Assert.AreEqual(other, Digits(door, 4, 5, OneTime));
        Assert.AreNotEqual(other, Digits(door, 6, 7, OneTime));
        string given = Digits(door, 8, 0, OneTime + Index + "77");
        Assert.AreEqual(given, Digits(door, 9, 7, OneTime + Index + "77"));
    }

    [TestMethod]
    public void A_day_of_rounding_may_be_allowed()
    {
        TestLock door = WithSecret();
        string window = Offline + ",'ends_at':'2026-12-25T10:30:00Z','max_time_rounding':";
        door.Order(Create, 1, 0, window + "'1hour'");
        Check(door, "ends_at: would move by more");
        Digits(door, 2, 0, window + "'1day'");
    }

    [TestMethod]
    public void A_one_time_one_is_over_after_a_day_from_that_second_on()
    {
        TestLock door = WithSecret();
        door.Clock.SetUtc(TestLock.Utc + 86399);
        door.Step(1);
        Digits(door, 1, 0, OneTime);
        door = WithSecret();
        door.Clock.SetUtc(TestLock.Utc + 86400);
        door.Step(1);
        door.Order(Create, 2, 0, OneTime);
        Check(door, "starts_at: must be in the future");
    }

    [TestMethod]
    public void What_was_revoked_is_not_given_again()
    {
        TestLock door = WithSecret();
        door.Order(Delete, 1, 0, Label + "0");
        Check(door, "'success'");
        door.Order(Create, 2, 0, OneTime + Index + "0");
        Check(door, "'access_code_id_deleted','message':'starts_at: ");
        Digits(door, 3, 0, OneTime + Index + "1");
        door.Order(Delete, 4, 0, Label + "1000");
        Check(door, "keyway_offline_index: must be a whole number");
    }

    [TestMethod]
    public void One_in_a_slot_is_not_changed_and_not_revoked_while_the_chip_is_away()
    {
        TestLock door = WithSecret();
        string digits = Digits(door, 1, 0, Offline + ",'ends_at':'2026-11-24T12:00:00Z'");
        string id = TestJson.Member(door.LastAnswer, "access_code_id");
        Assert.IsTrue(door.Opens(digits));
        door.Order("access_codes/update", 2, 0, ",'name':'Ben','access_code_id':'" + id + "'");
        Check(door, "access_code_id: is an offline code, which cannot be changed");
        door.Chip.IsGone = true;
        string revocation = Start + ",'keyway_offline_label':'time_bound'" + Index + "1";
        door.Order(Delete, 3, 0, revocation);
        Assert.AreEqual(2, door.AnswerCount);
        door.Chip.IsGone = false;
        door.Settle();
        door.Order(Delete, 3, 0, revocation);
        Check(door, "'success'");
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_new_lock_refuses_them_until_it_can_keep_something()
    {
        string digits = Digits(WithSecret(), 1, 0, OneTime);
        TestLock door = Unpowered();
        door.Chip.EraseNanoseconds = 400_000_000;
        door.PowerUp();
        for (int i = 0; i < Limits.WrongEntries; i++)
        {
            door.Type(digits + "#");
            Assert.IsFalse(door.IsOpen);
        }

        door.Rest();
        door.Settle();
        Assert.AreEqual(Limits.WaitingEvents, door.CountOf("storage_not_ready"));
        door.Type(digits + "#");
        Assert.IsTrue(door.IsOpen, "none was a wrong entry");
    }

    private static TestLock Unpowered()
    {
        TestLock door = new(20, 0xEF4016);
        door.Settings.OfflineSecret = new byte[DeviceSecret.SizeBytes];
        return door;
    }

    private static TestLock WithSecret()
    {
        TestLock door = Unpowered();
        door.PowerUp();
        door.Settle();
        return door;
    }

    private static string Digits(TestLock door, int attempt, int code, string members)
    {
        door.Order(Create, attempt, code, members);
        Check(door, "'success'");
        return TestJson.Member(door.LastAnswer, "code");
    }

    private static void Check(TestLock door, string part) =>
        Assert.IsTrue(door.LastAnswer.IndexOf(part) > 0, door.LastAnswer);
}
