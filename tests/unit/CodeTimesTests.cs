using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CodeTimesTests
{
    // No time that a frame can hold.
    private const long Late = uint.MaxValue;

    [TestMethod]
    public void What_fails_again_and_again_is_tried_later_and_later_up_to_the_most()
    {
        CodeTimes times = new();
        Assert.IsFalse(times.IsFailing);
        for (int seconds = Limits.RetrySeconds; seconds < Limits.RetrySecondsMax; seconds *= 2)
        {
            times.NoteFailed();
            Assert.IsTrue(times.IsFailing);
            Assert.AreEqual(seconds, times.RetrySeconds);
        }

        times.NoteFailed();
        Assert.AreEqual(Limits.RetrySecondsMax, times.RetrySeconds);
        times.NoteFailed();
        Assert.AreEqual(Limits.RetrySecondsMax, times.RetrySeconds);
        times.NoteKept(false);
        Assert.IsFalse(times.IsFailing);
        times.NoteFailed();
        Assert.AreEqual(Limits.RetrySeconds, times.RetrySeconds);
    }

    [TestMethod]
    public void Used_codes_leave_ten_minutes_after_the_first_was_seen()
    {
        CodeTimes times = new();
        AccessCode code = TestBook.Code(1);
        code.EndsAt = 5000;
        Assert.IsTrue(times.RemoveAt(code, true) > Late);
        times.NoteUsed(1000);
        times.NoteUsed(1100);
        Assert.AreEqual(1600, times.RemoveAt(code, true));
        times.NoteKept(true);
        Assert.AreEqual(1600, times.UsedRemoveAt);
        times.NoteKept(false);
        Assert.AreEqual(0, times.UsedRemoveAt);
        times.NoteUsed(2000);
        Assert.AreEqual(2600, times.RemoveAt(code, true));
    }

    [TestMethod]
    public void A_code_leaves_a_day_after_its_end_a_deferred_one_at_once_an_ongoing_one_never()
    {
        CodeTimes times = new();
        times.NoteUsed(1);
        AccessCode code = TestBook.Code(1);
        Assert.IsTrue(times.RemoveAt(code, false) > Late);
        code.EndsAt = 5000;
        Assert.AreEqual(5000 + Limits.RemoveAfterEndSeconds, times.RemoveAt(code, false));
        code.Set(CodeOptions.Deferred, true);
        Assert.AreEqual(5000, times.RemoveAt(code, false));
    }

    [TestMethod]
    public void What_is_stored_is_due_when_its_window_says_so_next()
    {
        TestBook shelf = new();
        shelf.Clock.SetUtc(TestLock.Utc);
        shelf.Time.Step(out _, out _);
        CodeTimes times = shelf.Book.Times;
        Assert.AreEqual(0L, times.DueUtc, "nothing is known of the codes");
        times.BeginPass();
        shelf.Add(TestBook.Code(1));
        Assert.IsTrue(times.DueUtc > Late, "ongoing: never");
        Assert.AreEqual(TestLock.Utc + 9000, DueOf(shelf, 2, -100, 9000), "has begun: its end");
        Assert.AreEqual(TestLock.Utc + 50, DueOf(shelf, 3, 50, 9000), "its start");
        Assert.AreEqual(TestLock.Utc + 50, DueOf(shelf, 4, 60, 9000), "the earliest");
        shelf.Remove(1, 5, 500);
        Assert.AreEqual(TestLock.Utc + 50, times.DueUtc, "one that goes changes nothing");
        times.BeginPass();
        shelf.Book.MarkUsed(2, TestLock.Utc);
        Assert.AreEqual(0L, times.DueUtc, "a use is to be told");
        times.BeginPass();
        times.NoteUsed(TestLock.Utc);
        shelf.Remove(2, 6, 500);
        Assert.AreEqual(0L, times.DueUtc, "the last one that waits may be gone");
    }

    private static long DueOf(TestBook shelf, int number, int startsIn, int endsIn)
    {
        AccessCode code = TestBook.Code(number);
        code.StartsAt = TestLock.Utc + startsIn;
        code.EndsAt = TestLock.Utc + endsIn;
        shelf.Add(code);
        return shelf.Book.Times.DueUtc;
    }

    [TestMethod]
    public void Only_a_code_that_waits_has_still_to_be_set()
    {
        AccessCode code = TestBook.Code(1);
        code.StartsAt = 10_000;
        code.Set(CodeOptions.Deferred, true);
        Assert.IsTrue(CodeTimes.SetAt(code) > Late);
        code.Set(CodeOptions.Waiting, true);
        Assert.AreEqual(10_000 - Limits.SetBeforeStartSeconds, CodeTimes.SetAt(code));
    }
}
