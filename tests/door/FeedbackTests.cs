using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class FeedbackTests
{
    [TestMethod]
    [DataRow((int)FeedbackPattern.None, 0, 0, 0)]
    [DataRow((int)FeedbackPattern.Granted, 1, 0, 1)]
    [DataRow((int)FeedbackPattern.Denied, 0, 1, 4)]
    [DataRow((int)FeedbackPattern.SlotTaken, 1, 0, 1)]
    [DataRow((int)FeedbackPattern.Changed, 3, 0, 3)]
    public void A_pattern_begins_at_once_and_ends_by_itself(
        int pattern, int granted, int denied, int buzzer)
    {
        VirtualClock clock = new();
        RecordedPin[] pins = { new(clock), new(clock), new(clock) };
        Feedback feedback = new(pins[0], pins[1], pins[2]);
        Assert.AreEqual(1, pins[2].Writes);
        feedback.Show((FeedbackPattern)pattern, 0);
        Assert.AreEqual(granted > 0, pins[0].IsActive);
        Assert.AreEqual(denied > 0, pins[1].IsActive);
        Run(feedback, clock, 2000);
        Assert.AreEqual(2 * granted, pins[0].Changes);
        Assert.AreEqual(2 * denied, pins[1].Changes);
        Assert.AreEqual(2 * buzzer, pins[2].Changes);
    }

    [TestMethod]
    public void An_entry_covers_the_mode_and_silences_an_alarm_while_it_lasts()
    {
        VirtualClock clock = new();
        RecordedPin[] pins = { new(clock), new(clock), new(clock) };
        Feedback feedback = new(pins[0], pins[1], pins[2]);
        feedback.Stand(FeedbackPattern.Programming, 0);
        feedback.Sound(FeedbackPattern.HeldOpen, 0);
        Run(feedback, clock, 100);
        Assert.IsTrue(pins[0].IsActive && pins[1].IsActive && pins[2].IsActive);
        feedback.Show(FeedbackPattern.Denied, clock.Milliseconds);
        Assert.IsFalse(pins[0].IsActive);
        Run(feedback, clock, 160);
        Assert.IsFalse(pins[2].IsActive);
        Run(feedback, clock, 2000);
        int changes = pins[2].Changes;
        Run(feedback, clock, 1000);
        Assert.AreEqual(changes + 2, pins[2].Changes);
        feedback.Stand(FeedbackPattern.None, clock.Milliseconds);
        feedback.Sound(FeedbackPattern.None, clock.Milliseconds);
        Run(feedback, clock, 10);
        Assert.IsFalse(pins[0].IsActive || pins[1].IsActive || pins[2].IsActive);
    }

    [TestMethod]
    public void A_standing_pattern_begins_when_it_is_put_up()
    {
        VirtualClock clock = new();
        RecordedPin green = new(clock);
        Feedback feedback = new(green, new RecordedPin(clock), null);
        clock.Advance(10_100);
        feedback.Stand(FeedbackPattern.Programming, clock.Milliseconds);
        Assert.IsTrue(green.IsActive);
        Run(feedback, clock, 249);
        Assert.IsTrue(green.IsActive);
        Run(feedback, clock, 1);
        Assert.IsFalse(green.IsActive);
        Run(feedback, clock, 250);
        Assert.IsTrue(green.IsActive);
    }

    [TestMethod]
    public void A_lock_without_a_buzzer_shows_the_same()
    {
        VirtualClock clock = new();
        RecordedPin green = new(clock);
        RecordedPin red = new(clock);
        Feedback feedback = new(green, red, null);
        feedback.Show(FeedbackPattern.Denied, 0);
        Run(feedback, clock, 2000);
        Assert.AreEqual(2, red.Changes);
        Assert.AreEqual((long)Limits.FeedbackShowMs, red.ActiveMs);
        Assert.AreEqual(0, green.Changes);
    }

    private static void Run(Feedback feedback, VirtualClock clock, int ms)
    {
        for (int i = 0; i < ms; i++)
        {
            clock.Advance(1);
            feedback.Step(clock.Milliseconds);
        }
    }
}
