using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class TimeOfDayTests
{
    private const long Utc = 1_795_514_400;

    [TestMethod]
    [DataRow(2, -1)]
    [DataRow(-2, -1)]
    [DataRow(3, 3)]
    [DataRow(-3, 3)]
    [DataRow(600, 600)]
    [DataRow(-600, 600)]
    public void Only_a_step_is_told_with_its_size_and_is_followed(int step, int told)
    {
        TestBook shelf = Known();
        shelf.Clock.StepUtc(step);
        bool isTold = shelf.Time.Step(out EventKind kind, out int seconds);
        Assert.AreEqual(told > 0, isTold);
        Assert.AreEqual(told > 0 ? told : 0, seconds);
        Assert.AreEqual((int)EventKind.ClockSet, (int)kind);
        Assert.AreEqual(told > 0 ? Utc + step : Utc, shelf.Time.Utc);
        Assert.IsFalse(shelf.Time.Step(out _, out _));
    }

    [TestMethod]
    public void What_was_believed_before_a_step_back_stays_a_lower_bound()
    {
        TestBook shelf = Known();
        shelf.Clock.Advance(60_000);
        shelf.Clock.StepUtc(-600);
        shelf.Time.Step(out _, out _);
        Assert.AreEqual(Utc + 60 - 600, shelf.Time.Utc);
        Assert.AreEqual(Utc + 60, shelf.Time.Latest);
    }

    [TestMethod]
    public void What_was_believed_before_the_clock_went_stays_a_lower_bound()
    {
        TestBook shelf = Known();
        shelf.Clock.Advance(60_000);
        shelf.Clock.ForgetUtc();
        Assert.IsFalse(shelf.Time.Step(out _, out _));
        Assert.IsFalse(shelf.Time.IsKnown);
        Assert.AreEqual(0L, shelf.Time.Utc);
        Assert.AreEqual(Utc + 60, shelf.Time.Latest);
        shelf.Clock.SetUtc(Utc + 90);
        Assert.IsTrue(shelf.Time.Step(out EventKind kind, out int seconds), "is back");
        Assert.AreEqual((int)EventKind.ClockSet, (int)kind);
        Assert.AreEqual(0, seconds);
    }

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    public void More_than_a_day_forward_needs_a_second_source(int beyond, bool isDoubted)
    {
        TestBook shelf = Known();
        shelf.Clock.IsUtcConfirmed = false;
        shelf.Clock.StepUtc(Limits.ClockJumpSeconds + beyond);
        Assert.IsTrue(shelf.Time.Step(out EventKind kind, out _));
        Assert.AreEqual(
            (int)(isDoubted ? EventKind.ClockDoubted : EventKind.ClockSet), (int)kind);
        Assert.AreEqual(isDoubted ? Utc : Utc + Limits.ClockJumpSeconds, shelf.Time.Utc);
        Assert.IsFalse(shelf.Time.Step(out _, out _), "is told once");
    }

    [TestMethod]
    public void A_first_time_without_a_second_source_is_believed() =>
        Assert.AreEqual(Utc, Known(false).Time.Utc);

    [TestMethod]
    [DataRow(5000, true, 5000)]
    [DataRow(5000, false, 5000)]
    [DataRow(0, true, (int)(Utc + Limits.TombstoneSeconds))]
    [DataRow(0, false, -1)]
    public void An_id_is_refused_to_the_end_of_its_code(int endsAt, bool isKnown, int until)
    {
        TestBook shelf = isKnown ? Known() : new TestBook();
        AccessCode code = new() { EndsAt = endsAt };
        Assert.AreEqual(
            until < 0 ? uint.MaxValue : (long)until, shelf.Time.TombstoneEnd(code));
    }

    private static TestBook Known() => Known(true);

    private static TestBook Known(bool isConfirmed)
    {
        TestBook shelf = new();
        shelf.Clock.IsUtcConfirmed = isConfirmed;
        shelf.Clock.SetUtc(Utc);
        Assert.IsFalse(shelf.Time.Step(out _, out _));
        return shelf;
    }
}
