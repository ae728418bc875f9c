using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What a code says when the lock cannot do what its time asks for.</summary>
[TestClass]
public class ScheduleFailureTests
{
    private const long Hour = 3600;
    private const long Day = 86400;
    private const int Minute = 60_000;

    // From 14:00 to 16:00; the clock of the tests says 10:00 at first.
    private const string Window =
        ",'starts_at':'2026-11-24T14:00:00Z','ends_at':'2026-11-24T16:00:00Z'";

    private const string Deferred = Window + ",'prefer_native_scheduling':false}";

    [TestMethod]
    public void A_code_that_cannot_be_set_says_so_until_it_is_set()
    {
        TestLock door = WithCodeThatCannotBeSet();
        Check(door, "'errors':[{'error_code':'failed_to_set_on_device'");
        Check(door, "'warnings':[]");
        door.Pass(10 * Minute);
        Check(door, "'error_code':'failed_to_set_on_device'");
        Check(door, "'warning_code':'delay_in_setting_on_device'");
        Assert.AreEqual(1, door.CountOf("access_code.failed_to_set_on_device"));
        Assert.AreEqual(1, door.CountOf("access_code.delay_in_setting_on_device"));
        Assert.AreEqual(1, door.CountOf("keyway.storage_trouble"));
        door.Chip.IsWriteProtected = false;
        door.Pass(30 * Minute);
        Check(door, "'is_scheduled_on_device':true");
        Check(door, "'errors':[],'warnings':[]");
        Assert.AreEqual(1, door.CountOf("access_code.set_on_device"));
    }

    [TestMethod]
    public void A_code_that_cannot_be_removed_says_so_until_it_is_gone()
    {
        TestLock door = With(Deferred);
        door.Clock.SetUtc(TestLock.Utc + 5 * Hour);
        door.Settle();
        door.Chip.IsWriteProtected = true;
        door.Clock.SetUtc(TestLock.Utc + 6 * Hour);
        door.Pass(10 * Minute);
        Check(door, "'status':'unset'");
        Check(door, "'errors':[{'error_code':'failed_to_remove_from_device'");
        Check(door, "'warning_code':'delay_in_removing_from_device'");
        Assert.AreEqual(1, door.CountOf("access_code.failed_to_remove_from_device"));
        Assert.AreEqual(1, door.CountOf("access_code.delay_in_removing_from_device"));
        door.Chip.IsWriteProtected = false;
        door.Pass(30 * Minute);
        Assert.AreEqual("", door.StateOf(1));
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_code_that_cannot_be_set_is_tried_again_after_a_while_and_not_before()
    {
        TestLock door = WithCodeThatCannotBeSet();
        door.Chip.IsWriteProtected = false;
        door.Pass(Limits.RetrySeconds * 1000 - 5000);
        Assert.AreEqual(0, door.CountOf("access_code.set_on_device"));
        door.Pass(5000);
        Assert.AreEqual(1, door.CountOf("access_code.set_on_device"));
    }

    [TestMethod]
    public void Each_code_that_cannot_be_set_says_so_once()
    {
        TestLock door = With(Deferred);
        door.Send(TestLock.Create(2, "2222") + Deferred);
        door.Settle();
        door.Chip.IsWriteProtected = true;
        door.Clock.SetUtc(TestLock.Utc + 3 * Hour);
        door.Pass(10 * Minute);
        Assert.IsTrue(door.StateOf(2).IndexOf("failed_to_set_on_device") > 0);
        Check(door, "failed_to_set_on_device");
        Assert.AreEqual(2, door.CountOf("access_code.failed_to_set_on_device"));
        Assert.AreEqual(2, door.CountOf("access_code.delay_in_setting_on_device"));
        door.Chip.IsWriteProtected = false;
        door.Pass(30 * Minute);
        Check(door, "'errors':[]");
        Assert.IsTrue(door.StateOf(2).IndexOf("'errors':[]") > 0);
    }

    [TestMethod]
    public void A_native_code_whose_end_nobody_confirms_is_late_in_leaving()
    {
        TestLock door = With(Window + "}");
        door.Clock.SetUtc(TestLock.Utc + 6 * Hour + Day - 60);
        door.Settle();
        door.Clock.IsUtcConfirmed = false;
        door.Pass(3 * Minute);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        Check(door, "'errors':[]");
        Check(door, "'warning_code':'delay_in_removing_from_device'");
        Assert.AreEqual(1, door.CountOf("access_code.delay_in_removing_from_device"));
    }

    [TestMethod]
    public void A_code_that_has_rotted_is_left_alone_and_the_others_go_on()
    {
        TestLock door = With(Deferred);
        door.Send(TestLock.Create(2, "2222") + Deferred);
        door.Settle();
        int location = door.Agent.Codes.Slots.LocationOf(0);
        door.Chip.Image[location * Frame.SizeBytes + Frame.EndsAt] ^= 1;
        door.Clock.SetUtc(TestLock.Utc + 5 * Hour);
        door.Settle();
        Assert.AreEqual(location, door.Agent.Codes.Slots.LocationOf(0));
        Assert.IsTrue(door.Opens("2222"));
        door.Clock.SetUtc(TestLock.Utc + 6 * Hour);
        door.Settle();
        Assert.AreEqual(1, door.Agent.Codes.Count, "only the other one was removed");
        Assert.AreEqual(location, door.Agent.Codes.Slots.LocationOf(0));
    }

    [TestMethod]
    public void Codes_that_cannot_be_read_now_wait_for_the_chip()
    {
        TestLock door = With(Deferred);
        door.Chip.IsGone = true;
        door.Clock.SetUtc(TestLock.Utc + 5 * Hour);
        door.Pass(Minute);
        Assert.IsTrue(door.StateOf(1).IndexOf("'status':'unset'") > 0);
        door.Chip.IsGone = false;
        door.Settle();
        Check(door, "'status':'set'");
    }

    private static TestLock WithCodeThatCannotBeSet()
    {
        TestLock door = With(Deferred);
        door.Chip.IsWriteProtected = true;
        door.Clock.SetUtc(TestLock.Utc + 3 * Hour);
        door.Pass(2000);
        return door;
    }

    private static TestLock With(string end)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + end);
        door.Settle();
        return door;
    }

    private static void Check(TestLock door, string part)
    {
        string state = door.StateOf(1);
        Assert.IsTrue(state.IndexOf(part) > 0, part + ": " + state);
    }
}
