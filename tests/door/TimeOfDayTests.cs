using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class TimeOfDayTests
{
    private const int Noon = 1795521600;
    private const int Day = 86_400;

    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(-2, 0)]
    [DataRow(3, 3)]
    [DataRow(-3, 3)]
    [DataRow(Day, Day)]
    public void More_than_2_s_is_a_step_and_is_told_by_its_length(int step, int told)
    {
        TestBook shelf = Known();
        shelf.Clock.StepUtc(step);
        CheckStep(shelf, told > 0, EventKind.ClockSet, told);
        Assert.AreEqual((long)Noon + (told > 0 ? step : 0), shelf.Time.Utc);
        CheckStep(shelf, false, EventKind.ClockSet, 0);
    }

    [TestMethod]
    public void The_first_time_is_told_only_where_the_lock_has_been_without()
    {
        TestBook shelf = new();
        Assert.AreEqual(0L, shelf.Time.Utc);
        CheckStep(shelf, false, EventKind.ClockSet, 0);
        Assert.IsFalse(shelf.Time.IsKnown);
        shelf.Clock.SetUtc(Noon);
        CheckStep(shelf, true, EventKind.ClockSet, 0);
        CheckStep(Known(), false, EventKind.ClockSet, 0);
    }

    [TestMethod]
    public void Time_goes_on_with_the_clock()
    {
        TestBook shelf = Known();
        shelf.Clock.Advance(1999);
        Assert.AreEqual(Noon + 1L, shelf.Time.Utc);
        Assert.AreEqual(Noon + 1L, shelf.Time.Latest);
    }

    // A day forward is believed; a second more only with a second source, and then it is a step.
    [TestMethod]
    public void A_jump_of_more_than_a_day_is_told_once_and_believed_when_confirmed()
    {
        TestBook shelf = Known();
        shelf.Clock.IsUtcConfirmed = false;
        shelf.Clock.StepUtc(Day + 1);
        CheckStep(shelf, true, EventKind.ClockDoubted, 0);
        CheckStep(shelf, false, EventKind.ClockDoubted, 0);
        Assert.AreEqual((long)Noon, shelf.Time.Utc);
        Assert.IsFalse(shelf.Time.IsConfirmed);
        shelf.Clock.IsUtcConfirmed = true;
        CheckStep(shelf, true, EventKind.ClockSet, Day + 1);
        Assert.IsTrue(shelf.Time.IsConfirmed);
    }

    [TestMethod]
    public void The_first_time_after_a_start_is_held_against_the_latest_ever_believed()
    {
        TestBook shelf = new();
        shelf.State.LatestUtc = Noon;
        shelf.Clock.IsUtcConfirmed = false;
        shelf.Clock.SetUtc(Noon + Day + 1);
        CheckStep(shelf, true, EventKind.ClockDoubted, 0);
        Assert.IsFalse(shelf.Time.IsKnown);
        Assert.AreEqual((long)Noon, shelf.Time.Latest);
        shelf.Clock.IsUtcConfirmed = true;
        CheckStep(shelf, true, EventKind.ClockSet, 0);
        Assert.AreEqual(Noon + Day + 1L, shelf.Time.Latest);
    }

    [TestMethod]
    public void What_was_believed_before_a_step_back_stays_the_latest()
    {
        TestBook shelf = Known();
        shelf.Clock.Advance(50_000);
        shelf.Clock.StepUtc(-Day);
        CheckStep(shelf, true, EventKind.ClockSet, Day);
        Assert.AreEqual(Noon + 50L - Day, shelf.Time.Utc);
        Assert.AreEqual(Noon + 50L, shelf.Time.Latest);
        Assert.AreEqual(Noon + 50u, shelf.State.LatestUtc);
    }

    [TestMethod]
    public void What_was_believed_before_the_clock_was_lost_stays_the_latest()
    {
        TestBook shelf = Known();
        shelf.Clock.Advance(50_000);
        shelf.Clock.ForgetUtc();
        CheckStep(shelf, false, EventKind.ClockSet, 0);
        Assert.IsFalse(shelf.Time.IsKnown);
        Assert.AreEqual(0L, shelf.Time.Utc);
        Assert.AreEqual(Noon + 50L, shelf.Time.Latest);
        shelf.Clock.SetUtc(Noon + 60);
        CheckStep(shelf, true, EventKind.ClockSet, 0);
    }

    [TestMethod]
    public void The_latest_is_noted_once_an_hour()
    {
        TestBook shelf = Known();
        uint noted = shelf.State.LatestUtc;
        shelf.Clock.Advance(Limits.UtcSaveSeconds * 1000L - 1);
        CheckStep(shelf, false, EventKind.ClockSet, 0);
        Assert.AreEqual(noted, shelf.State.LatestUtc);
        shelf.Clock.Advance(1);
        CheckStep(shelf, false, EventKind.ClockSet, 0);
        Assert.AreEqual(noted + Limits.UtcSaveSeconds, shelf.State.LatestUtc);
    }

    [TestMethod]
    public void An_id_is_refused_to_the_end_of_its_window_or_for_30_days_or_for_ever()
    {
        AccessCode code = new();
        Assert.AreEqual((long)uint.MaxValue, new TestBook().Time.TombstoneEnd(code));
        TestBook shelf = Known();
        Assert.AreEqual((long)Noon + Limits.TombstoneSeconds, shelf.Time.TombstoneEnd(code));
        code.EndsAt = Noon - 1;
        Assert.AreEqual(Noon - 1L, shelf.Time.TombstoneEnd(code));
    }

    private static TestBook Known()
    {
        TestBook shelf = new();
        shelf.Clock.SetUtc(Noon);
        CheckStep(shelf, false, EventKind.ClockSet, 0);
        return shelf;
    }

    private static void CheckStep(TestBook shelf, bool tells, EventKind kind, int seconds)
    {
        Assert.AreEqual(tells, shelf.Time.Step(out EventKind found, out int length));
        if (tells)
        {
            Assert.AreEqual((int)kind, (int)found);
            Assert.AreEqual(seconds, length);
        }
    }
}
