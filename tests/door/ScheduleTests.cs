using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Codes whose time comes, and the time of day itself.</summary>
[TestClass]
public class ScheduleTests
{
    private const long Hour = 3600;
    private const long Day = 86400;

    // From 14:00 to 16:00; the clock of the tests says 10:00 at first.
    private const string Window =
        ",'starts_at':'2026-11-24T14:00:00Z','ends_at':'2026-11-24T16:00:00Z'";

    private const string Deferred = Window + ",'prefer_native_scheduling':false}";

    [TestMethod]
    public void A_native_window_is_kept_by_the_keypad_alone()
    {
        TestLock door = WithCode(Window + "}");
        Check(door, "'status':'unset'", "'is_scheduled_on_device':true");
        Assert.IsFalse(door.Opens("1111"));
        At(door, 4 * Hour);
        Check(door, "'status':'set'", "'is_scheduled_on_device':true");
        Assert.IsTrue(door.Opens("1111"));
        At(door, 6 * Hour);
        Check(door, "'status':'unset'", "");
        Assert.IsFalse(door.Opens("1111"));
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_native_code_leaves_a_day_after_its_confirmed_end()
    {
        TestLock door = WithCode(Window + "}");
        door.Clock.IsUtcConfirmed = false;
        At(door, 6 * Hour + Day);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        door.Clock.IsUtcConfirmed = true;
        door.Clock.StepUtc(100);
        door.Settle();
        Assert.AreEqual(0, door.Agent.Codes.Count);
        Assert.AreEqual("", door.StateOf(1));
        Assert.IsTrue(door.LastEvent.IndexOf("removed_from_device") > 0, door.LastEvent);
    }

    [TestMethod]
    public void A_deferred_code_is_set_an_hour_before_its_start()
    {
        TestLock door = WithCode(Deferred);
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0);
        Check(door, "'is_scheduled_on_device':false", "'deferring_creation'");
        At(door, 3 * Hour - 5);
        Check(door, "'is_scheduled_on_device':false", "'scheduled_at':'2026-11-24T13:00:00Z'");
        At(door, 3 * Hour);
        Check(door, "'is_scheduled_on_device':true", "'pending_mutations':[]");
        Assert.IsTrue(door.LastEvent.IndexOf("set_on_device") > 0, door.LastEvent);
        Assert.IsFalse(door.Opens("1111"));
        At(door, 4 * Hour);
        Assert.IsTrue(door.Opens("1111"));
        At(door, 6 * Hour);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        Assert.AreEqual("", door.StateOf(1));
    }

    [TestMethod]
    public void A_deferred_code_comes_late_when_the_power_was_away()
    {
        TestLock door = WithCode(Deferred);
        door.CutPower();
        door.Clock.ForgetUtc();
        door.PowerUp();
        door.Settle();
        Assert.IsFalse(door.Opens("1111"));
        At(door, 5 * Hour);
        Check(door, "'status':'set'", "'is_scheduled_on_device':true");
        Assert.IsTrue(door.Opens("1111"));

        // And its end while the power is away.
        door.CutPower();
        door.Clock.SetUtc(TestLock.Utc + 9 * Hour);
        door.PowerUp();
        door.Settle();
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_window_across_midnight_opens_on_both_days()
    {
        TestLock door = WithCode(
            ",'starts_at':'2026-11-24T23:00:00+01:00','ends_at':'2026-11-25T01:00:00Z'}");
        At(door, 12 * Hour - 30);
        Assert.IsFalse(door.Opens("1111"));
        At(door, 14 * Hour);
        Assert.IsTrue(door.Opens("1111"));
        At(door, 15 * Hour - 30);
        Assert.IsTrue(door.Opens("1111"));
        At(door, 15 * Hour);
        Assert.IsFalse(door.Opens("1111"));
    }

    [TestMethod]
    public void A_clock_that_steps_back_does_not_revive_a_code()
    {
        TestLock door = WithCode(Window + "}");
        At(door, 5 * Hour);
        Assert.IsTrue(door.Opens("1111"));
        At(door, 6 * Hour);
        At(door, 5 * Hour);
        Assert.IsFalse(door.Opens("1111"));
        door.PowerCut();
        Assert.IsFalse(door.Opens("1111"));
        Check(door, "'status':'unset'", "");
    }

    [TestMethod]
    public void A_jump_of_more_than_a_day_needs_a_second_source()
    {
        TestLock door = WithCode(",'starts_at':'2026-11-24T08:00:00Z',"
            + "'ends_at':'2026-11-26T10:00:00Z'}");
        door.Clock.IsUtcConfirmed = false;
        At(door, 3 * Day);
        Assert.IsTrue(door.LastEvent.IndexOf("clock") > 0, door.LastEvent);
        Assert.IsTrue(door.Opens("1111"), "the time goes on as it was");
        door.PowerCut();
        Assert.IsFalse(door.Opens("1111"), "and is not known after a start");
        door.Clock.IsUtcConfirmed = true;
        door.Settle();
        Assert.IsFalse(door.Opens("1111"));
        At(door, 0);
        Assert.IsFalse(door.Opens("1111"), "it has ended");
    }

    [TestMethod]
    public void A_used_code_leaves_its_slot_and_its_id_stays_refused()
    {
        TestLock door = WithCode(",'is_one_time_use':true}");
        Assert.IsTrue(door.Opens("1111"));
        Assert.IsFalse(door.Opens("1111"));
        At(door, Hour);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        door.Send(TestLock.Create(2, "1111") + ",'access_code_id':'" + TestJson.Id(1) + "'}");
        Assert.IsTrue(door.LastAnswer.IndexOf("access_code_id_deleted") > 0, door.LastAnswer);
    }

    [TestMethod]
    public void Used_codes_leave_together()
    {
        TestLock door = WithCode(",'is_one_time_use':true}");
        door.Send(TestLock.Create(2, "2222") + ",'is_one_time_use':true}");
        door.Send(TestLock.Create(3, "3333") + ",'is_one_time_use':true}");
        Assert.IsTrue(door.Opens("1111") && door.Opens("2222") && door.Opens("3333"));
        door.Settle();
        At(door, 900);
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_used_code_stays_for_a_while_also_where_one_was_deleted_before()
    {
        TestLock door = WithCode(",'is_one_time_use':true}");
        door.Send(TestLock.Create(2, "2222") + ",'is_one_time_use':true}");
        Assert.IsTrue(door.Opens("1111"));
        door.Settle();
        door.Order("access_codes/delete", 3, 1, "");
        At(door, 900);
        Assert.IsTrue(door.Opens("2222"));
        door.Settle();
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_window_rewritten_on_the_flash_is_not_written_again(bool byUpdate)
    {
        TestLock door = WithCode(Window + "}");
        int location = door.Agent.Codes.Slots.LocationOf(0);
        Forge(door.Chip.Image, location * Frame.SizeBytes);
        door.PowerCut();
        if (byUpdate)
        {
            door.Order("access_codes/update", 2, 1, ",'name':'Eve'");
            Assert.IsTrue(door.LastAnswer.IndexOf("access_code_not_found") > 0);
        }

        At(door, 7 * Hour);
        Assert.IsFalse(door.Opens("1111"));
        Assert.IsTrue(door.CountOf("cannot be read") > 0, "it is reported");
    }

    // A day more and the bit Waiting, with the checksums of the format.
    private static void Forge(byte[] image, int at)
    {
        uint end = Frame.GetUInt32(image, at + Frame.EndsAt);
        Frame.PutUInt32(image, at + Frame.EndsAt, end + (uint)Day);
        image[at + Frame.SizeBytes + Frame.Options] |= (byte)CodeOptions.Waiting;
        uint sequence = Frame.GetUInt32(image, at / 4096 * 4096 + 4);
        new Checksum().Seal(sequence, image, at, AccessCode.FrameCount);
    }

    private static TestLock WithCode(string end)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + end);
        return door;
    }

    private static void At(TestLock door, long secondsLater)
    {
        door.Clock.SetUtc(TestLock.Utc + secondsLater);
        door.Settle();
    }

    private static void Check(TestLock door, string part, string another)
    {
        string state = door.StateOf(1);
        Assert.IsTrue(state.IndexOf(part) > 0, state);
        Assert.IsTrue(another == "" || state.IndexOf(another) > 0, state);
    }
}
