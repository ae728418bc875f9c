using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Codes whose time comes while nothing else happens: no command, and nobody sets the
/// clock.</summary>
[TestClass]
public class ScheduleWaitTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    // The clock of the tests says 10:00 at first.
    private const string Window =
        ",'starts_at':'2026-11-24T14:00:00Z','ends_at':'2026-11-24T16:00:00Z'";

    private const string Deferred = Window + ",'prefer_native_scheduling':false}";

    [TestMethod]
    public void The_state_of_a_native_code_is_told_when_its_window_opens_and_closes()
    {
        TestLock door = With(Window + "}");
        Wait(door, 4 * Hour - Minute);
        Check(door, "'status':'unset'");
        Wait(door, Minute);
        Check(door, "'status':'set'");
        Wait(door, 2 * Hour - Minute);
        Check(door, "'status':'set'");
        Wait(door, Minute);
        Check(door, "'status':'unset'");
        Assert.AreEqual(3, door.CountOn("state/" + TestJson.Id(1)), "told only when it changes");
    }

    [TestMethod]
    public void A_change_reads_no_other_code_and_makes_no_MAC_for_one()
    {
        TestLock door = With(Window + "}");
        for (int i = 2; i <= 16; i++)
        {
            door.Send(TestLock.Create(i, "" + (2000 + i)) + "}");
        }

        door.Settle();
        long reads = door.Chip.Counters.Reads;
        int hashes = door.Hash.Computations;
        door.Send(TestLock.Create(17, "3333") + Window + "}");
        door.Order("access_codes/update", 18, 17, ",'name':'Anna'");
        door.Order("access_codes/delete", 19, 17, "");
        Wait(door, 10_000);
        Assert.IsTrue(door.Chip.Counters.Reads - reads < 3 * 16,
            "reads: " + (door.Chip.Counters.Reads - reads));
        Assert.IsTrue(door.Hash.Computations - hashes < 16,
            "MACs: " + (door.Hash.Computations - hashes));
        Wait(door, 4 * Hour);
        Check(door, "'status':'set'");
    }

    [TestMethod]
    public void A_native_code_leaves_a_day_after_its_end_and_not_before()
    {
        TestLock door = With(Window + "}");
        Wait(door, 6 * Hour);
        Wait(door, 24 * Hour - Minute);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        Wait(door, Minute);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        Assert.AreEqual("", door.StateOf(1));
    }

    [TestMethod]
    public void A_native_code_leaves_soon_after_its_end_is_confirmed()
    {
        TestLock door = With(Window + "}");
        Wait(door, 6 * Hour);
        door.Clock.IsUtcConfirmed = false;
        Wait(door, 24 * Hour);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        door.Clock.IsUtcConfirmed = true;
        Wait(door, Limits.RetrySeconds * 1000);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        Assert.AreEqual(0, door.CountOf("delay_in_removing_from_device"), "not yet late");
    }

    [TestMethod]
    public void A_deferred_code_is_set_an_hour_before_its_start_and_removed_at_its_end()
    {
        TestLock door = With(Deferred);
        Wait(door, 3 * Hour - Minute);
        Check(door, "'is_scheduled_on_device':false");
        Wait(door, Minute);
        Check(door, "'is_scheduled_on_device':true");
        Check(door, "'status':'unset'");
        Wait(door, Hour);
        Check(door, "'status':'set'");
        Wait(door, 2 * Hour);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        Assert.AreEqual("", door.StateOf(1));
        Assert.AreEqual(1, door.CountOf("set_on_device"));
        Assert.AreEqual(1, door.CountOf("removed_from_device"));
    }

    [TestMethod]
    public void A_deferred_code_that_is_set_after_its_start_is_removed_at_its_end()
    {
        TestLock door = With(Deferred);
        door.CutPower();
        door.Clock.SetUtc(TestLock.Utc + 5 * Hour / 1000);
        door.PowerUp();
        door.Settle();
        Check(door, "'status':'set'");
        Wait(door, Hour);
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_used_code_leaves_ten_minutes_after_its_use_and_not_before()
    {
        TestLock door = With(",'is_one_time_use':true}");
        Assert.IsTrue(door.Opens("1111"));
        door.Settle();
        Check(door, "'status':'unset'");
        Wait(door, 9 * Minute);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        Wait(door, Minute);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        Assert.AreEqual("", door.StateOf(1));
    }

    [TestMethod]
    public void The_earliest_of_several_codes_is_not_waited_over()
    {
        TestLock door = With(Window + "}");
        door.Send(TestLock.Create(2, "2222")
            + ",'starts_at':'2026-11-24T11:00:00Z','ends_at':'2026-11-24T16:00:00Z'}");
        door.Send(TestLock.Create(3, "3333")
            + ",'starts_at':'2026-11-24T12:00:00Z','ends_at':'2026-11-24T16:00:00Z'}");
        door.Settle();
        Wait(door, Hour);
        Assert.IsTrue(door.StateOf(2).IndexOf("'status':'set'") > 0);
        Assert.IsTrue(door.StateOf(3).IndexOf("'status':'unset'") > 0);
        Wait(door, Hour);
        Assert.IsTrue(door.StateOf(3).IndexOf("'status':'set'") > 0);
    }

    [TestMethod]
    public void An_end_that_has_come_holds_after_a_start_with_the_clock_set_back()
    {
        TestLock door = With(Window + "}");
        Wait(door, 5 * Hour);
        Assert.IsTrue(door.Opens("1111"));
        Wait(door, Hour);
        door.CutPower();
        door.Clock.SetUtc(TestLock.Utc + 5 * Hour / 1000);
        door.PowerUp();
        door.Settle();
        Assert.IsFalse(door.Opens("1111"));
    }

    [TestMethod]
    public void States_that_the_broker_has_are_not_told_again_after_a_start()
    {
        TestLock door = With(Window + "}");
        door.Send(TestLock.Create(2, "2222") + "}");
        Wait(door, 4 * Hour);
        Check(door, "'status':'set'");
        door.Broker.ClearPublished();
        door.PowerCut();
        Assert.AreEqual(0, door.CountOf("'status'"));

        // What came while the power was away is.
        door.CutPower();
        door.Clock.SetUtc(TestLock.Utc + 7 * Hour / 1000);
        door.PowerUp();
        door.Settle();
        Check(door, "'status':'unset'");
        Assert.AreEqual("", door.StateOf(2));
    }

    [TestMethod]
    public void A_repeated_create_gets_its_answer_when_the_code_was_set_meanwhile()
    {
        TestLock door = With(Deferred);
        string answer = door.LastAnswer;
        Wait(door, 3 * Hour);
        Check(door, "'is_scheduled_on_device':true");
        for (int i = 0; i < 2; i++)
        {
            door.Broker.ClearPublished();
            door.Send(TestLock.Create(1, "1111") + Deferred);
            door.Settle();
            Assert.AreEqual(answer, door.LastAnswer);
            door.PowerCut();
        }
    }

    private static TestLock With(string end)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + end);
        door.Settle();
        return door;
    }

    private static void Wait(TestLock door, long ms)
    {
        door.Wait(ms);
        door.Settle();
    }

    private static void Check(TestLock door, string part)
    {
        string state = door.StateOf(1);
        Assert.IsTrue(state.IndexOf(part) > 0, part + ": " + state);
    }
}
