using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Offline codes from the command to the door.</summary>
[TestClass]
public class OfflineEntryTests
{
    private const long Hour = 3600;
    private const string Delete = "access_codes/delete";

    // The start is rounded down to 10:00, the end up to 13:00.
    private const string Window = ",'is_offline_access_code':true,"
        + "'starts_at':'2026-11-24T10:20:00Z','ends_at':'2026-11-24T12:40:00Z'";

    private const string OneTime = ",'use_offline_access_code':true,'is_one_time_use':true,"
        + "'starts_at':'2026-11-24T10:20:00Z','keyway_offline_index':7";

    [TestMethod]
    public void A_time_bound_one_is_said_and_not_stored_until_it_is_used()
    {
        TestLock door = WithSecret();
        string digits = Create(door, 1, Window);
        Assert.IsTrue(door.LastAnswer.IndexOf("'starts_at':'2026-11-24T10:00:00Z',"
            + "'ends_at':'2026-11-24T13:00:00Z'") > 0, door.LastAnswer);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        Assert.IsTrue(door.Opens(digits));
        Assert.AreEqual(1, door.Agent.Codes.Count);
        Assert.AreEqual(1, door.CountOf("access_code.set_on_device"));
        AccessCode code = new();
        door.Agent.Codes.Read(0, code);
        Assert.AreEqual(TestLock.Utc, code.StartsAt);
        door.PowerCut();
        Assert.IsTrue(door.Opens(digits));
        door.Clock.SetUtc(TestLock.Utc + 3 * Hour);
        Assert.IsFalse(door.Opens(digits));
    }

    [TestMethod]
    public void The_answer_is_the_same_after_a_reboot()
    {
        TestLock door = WithSecret();
        Create(door, 1, Window);
        string answer = door.LastAnswer;
        door.PowerCut();
        door.Send(Command(1, Window));
        Assert.AreEqual(answer, door.LastAnswer);
    }

    [TestMethod]
    public void The_first_use_is_within_a_day()
    {
        TestLock door = WithSecret();
        string digits = Create(door, 1, ",'is_offline_access_code':true,"
            + "'starts_at':'2026-11-24T10:00:00Z','ends_at':'2026-11-27T10:00:00Z'");
        string used = Create(door, 2, ",'is_offline_access_code':true,"
            + "'starts_at':'2026-11-24T10:00:00Z','ends_at':'2026-11-28T10:00:00Z'");
        door.Clock.SetUtc(TestLock.Utc + 24 * Hour - 60);
        Assert.IsTrue(door.Opens(used));
        door.Clock.SetUtc(TestLock.Utc + 24 * Hour);
        Assert.IsFalse(door.Opens(digits));
        Assert.IsTrue(door.Opens(used));
    }

    [TestMethod]
    public void A_one_time_one_opens_once_also_after_a_power_cut()
    {
        TestLock door = WithSecret();
        string digits = Create(door, 1, OneTime);
        Assert.IsTrue(door.Opens(digits));
        Assert.IsFalse(door.Opens(digits));
        Assert.IsTrue(door.LastEvent.IndexOf("'already_used'") > 0, door.LastEvent);
        door.PowerCut();
        Assert.IsFalse(door.Opens(digits));
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void What_was_revoked_does_not_open_used_or_not()
    {
        TestLock door = WithSecret();
        string used = Create(door, 1, Window);
        Assert.IsTrue(door.Opens(used));
        door.Order(Delete, 2, 0, ",'keyway_offline_label':'time_bound',"
            + "'starts_at':'2026-11-24T10:00:00Z','keyway_offline_index':2");
        Assert.IsTrue(door.LastAnswer.IndexOf("'DELETE_ACCESS_CODE','status':'success'") > 0);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        string unused = Create(door, 3, OneTime);
        door.Order(Delete, 4, 0, ",'keyway_offline_label':'one_time',"
            + "'starts_at':'2026-11-24T10:00:00Z','keyway_offline_index':7");
        for (int i = 0; i < 2; i++)
        {
            Assert.IsFalse(door.Opens(used));
            Assert.IsTrue(door.LastEvent.IndexOf("'unknown_code'") > 0, door.LastEvent);
            Assert.IsFalse(door.Opens(unused));
            door.PowerCut();
        }
    }

    [TestMethod]
    [DataRow(",'starts_at':'2026-11-24T10:00:00Z','ends_at':'2026-12-24T10:30:00Z'",
        "ends_at: would move by more than max_time_rounding")]
    [DataRow(",'starts_at':'2026-11-24T10:00:00Z','ends_at':'2028-12-24T10:00:00Z'",
        "ends_at: must be at most 356 days")]
    [DataRow(",'starts_at':'2026-11-24T10:00:00Z'", "ends_at: is required")]
    [DataRow(",'is_one_time_use':true,'starts_at':'2026-11-22T10:00:00Z'",
        "starts_at: must be in the future")]
    [DataRow(",'is_one_time_use':true,'starts_at':'2026-11-24T10:00:00Z',"
        + "'keyway_offline_index':1000", "keyway_offline_index: must be a whole number")]
    public void A_window_that_cannot_be_is_refused(string members, string message)
    {
        TestLock door = WithSecret();
        door.Send(Command(1, ",'is_offline_access_code':true" + members));
        Assert.IsTrue(door.LastAnswer.IndexOf(message) > 0, door.LastAnswer);
    }

    [TestMethod]
    public void What_was_revoked_does_not_open_while_the_flash_is_away()
    {
        TestLock door = WithSecret();
        string digits = Create(door, 1, Window);
        door.Order(Delete, 2, 0, ",'keyway_offline_label':'time_bound',"
            + "'starts_at':'2026-11-24T10:00:00Z','keyway_offline_index':2");
        door.Settle();
        door.Chip.IsGone = true;
        Assert.IsFalse(door.Opens(digits));
    }

    [TestMethod]
    public void A_use_that_the_chip_does_not_keep_opens_nothing_and_counts_for_nothing()
    {
        TestLock door = WithSecret();
        string digits = Create(door, 1, OneTime);
        door.Settle();
        door.Chip.IsWriteProtected = true;
        for (int i = 0; i < 6; i++)
        {
            Assert.IsFalse(door.Opens(digits));
        }

        door.Chip.IsWriteProtected = false;
        Assert.IsTrue(door.Opens(digits), "not locked out");
    }

    [TestMethod]
    public void A_first_use_that_the_chip_does_not_keep_opens_nothing()
    {
        TestLock door = WithSecret();
        string digits = Create(door, 1, Window);
        door.Settle();
        door.Chip.IsWriteProtected = true;
        Assert.IsFalse(door.Opens(digits));
        door.Chip.IsWriteProtected = false;
        Assert.IsTrue(door.Opens(digits));
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_lock_without_the_secret_or_the_time_has_none()
    {
        TestLock door = TestLock.Running();
        door.Send(Command(1, Window));
        Assert.IsTrue(door.LastAnswer.IndexOf("no secret for offline codes") > 0);
        door = WithSecret();
        string digits = Create(door, 1, Window);
        door.Clock.ForgetUtc();
        Assert.IsFalse(door.Opens(digits));
    }

    [TestMethod]
    public void One_whose_slot_was_rewritten_on_the_flash_opens_by_its_digits()
    {
        TestLock door = WithSecret();
        string digits = Create(door, 1, Window);
        Assert.IsTrue(door.Opens(digits));
        int at = door.Agent.Codes.Slots.LocationOf(0) * Frame.SizeBytes;
        byte[] image = door.Chip.Image;
        image[at + Frame.EndsAt] ^= 1;
        new Checksum().Seal(Frame.GetUInt32(image, at / 4096 * 4096 + 4), image, at, 2);
        door.PowerCut();
        Assert.IsTrue(door.Opens(digits));
    }

    [TestMethod]
    public void Nine_wrong_digits_count_as_a_wrong_entry()
    {
        TestLock door = WithSecret();
        for (int i = 0; i < 5; i++)
        {
            Assert.IsFalse(door.Opens("12345678" + i));
        }

        string digits = Create(door, 1, Window);
        door.Type(digits + "#");
        Assert.IsFalse(door.IsOpen, "locked out");
    }

    [TestMethod]
    public void A_full_lock_lets_the_guest_in_all_the_same()
    {
        TestLock door = WithSecret();
        string digits = Create(door, 1, Window);
        for (int i = 2; i <= 21; i++)
        {
            door.Send(TestLock.Create(i, "" + (1000 + i)) + "}");
        }

        Assert.IsTrue(door.Opens(digits));
        Assert.AreEqual(20, door.Agent.Codes.Count);
        Assert.AreEqual(1, door.CountOf("access_code.failed_to_set_on_device"));
        Assert.IsTrue(door.Opens(digits));
    }

    [TestMethod]
    public void Digits_whose_check_takes_too_long_are_a_wrong_entry()
    {
        TestLock door = WithSecret();
        for (int i = 0; i < Limits.WrongEntries; i++)
        {
            door.TypeUpToEnter("123456789");
            Assert.IsTrue(door.Agent.Door.IsDecided);
            door.Clock.Advance(Limits.FeedbackDelayMs);
            door.Agent.Step();
            Assert.IsFalse(door.Agent.Door.IsDecided);
            door.Step(100);
        }

        Assert.IsTrue(door.HasPublished("keyway.locked_out"));
    }

    [TestMethod]
    public void An_end_that_has_come_holds_after_a_start_with_the_clock_set_back()
    {
        TestLock door = WithSecret();
        string digits = Create(door, 1, Window);
        door.Send(TestLock.Create(2, "2222")
            + ",'starts_at':'2026-11-24T11:00:00Z','ends_at':'2026-11-24T13:30:00Z'}");
        door.Wait(4 * Hour * 1000);
        door.Settle();
        door.CutPower();
        door.Clock.SetUtc(TestLock.Utc);
        door.PowerUp();
        door.Settle();
        Assert.IsFalse(door.Opens(digits));
        Assert.IsTrue(door.LastEvent.IndexOf("after_ends_at") > 0, door.LastEvent);
    }

    [TestMethod]
    public void Many_deletes_revive_no_code_that_was_revoked()
    {
        TestLock door = WithSecret(new TestLock(20, 0xEF4016, 64));
        string revoked = Create(door, 1, Window);
        door.Order(Delete, 2, 0, ",'keyway_offline_label':'time_bound',"
            + "'starts_at':'2026-11-24T10:00:00Z','keyway_offline_index':2");
        for (int i = 1; i <= Limits.RememberedMin; i++)
        {
            door.Send(TestLock.Create(1000 + 2 * i, "1111") + "}");
            door.Order(Delete, 1001 + 2 * i, 1000 + 2 * i, "");
            Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, i + door.LastAnswer);
            door.Settle();
            door.Broker.ClearPublished();
        }

        Assert.IsFalse(door.Opens(revoked));
        door.PowerCut();
        door.Settle();
        Assert.IsFalse(door.Opens(revoked), "after a start");
    }

    private static TestLock WithSecret() => WithSecret(new TestLock(20, 0xEF4016));

    private static TestLock WithSecret(TestLock door)
    {
        door.Settings.OfflineSecret = new byte[DeviceSecret.SizeBytes];
        door.Settings.OfflineSecret[3] = 3;
        door.PowerUp();
        door.Settle();
        return door;
    }

    // The digits are those that the server makes with the same class.
    private static string Create(TestLock door, int attempt, string members)
    {
        door.Send(Command(attempt, members));
        string digits = TestJson.Member(door.LastAnswer, "code");
        OfflineCode server = new(new ManagedHmac(), door.Settings.OfflineSecret);
        byte[] id = new byte[Uuid.SizeBytes];
        byte[] made = new byte[Limits.CodeDigitsMax];
        Uuid.TryRead(TestJson.Member(door.LastAnswer, "access_code_id"), id, 0);
        Assert.IsTrue(server.TryMakeFromId(id, 0, made), door.LastAnswer);
        Assert.AreEqual(
            System.Text.Encoding.UTF8.GetString(made, 0, OfflineCode.Digits), digits);
        return digits;
    }

    private static string Command(int attempt, string members) => "{'action_attempt_id':'"
        + TestJson.Id(attempt) + "','device_id':'" + TestLock.DeviceId + "'" + members + "}";
}
