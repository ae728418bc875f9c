using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What can be seen of an entry, and when.</summary>
[TestClass]
public class DoorFeedbackTests
{
    [TestMethod]
    public void Every_refusal_looks_the_same()
    {
        TestLock door = WithCodes();
        door.Type("5555#");
        door.Rest();
        string unknown = Look(door, "9999");
        Assert.AreEqual(unknown, Look(door, "3333"));
        Assert.AreEqual(unknown, Look(door, "5555"));
        Assert.AreEqual(unknown, Look(door, "11112222333344"));
        Assert.AreEqual(unknown, Look(door, "2222"));
        Assert.AreEqual(unknown, Look(door, "1111"));
        Assert.IsTrue(door.LastEvent.IndexOf("locked_out") > 0);
    }

    [TestMethod]
    public void Feedback_that_comes_late_is_reported()
    {
        TestLock door = WithCodes();
        door.TypeUpToEnter("1111");
        door.Wait(Limits.FeedbackDelayMs + 50);
        Assert.IsTrue(door.IsOpen);
        door.Step(10);
        Assert.AreEqual(1, door.CountOf("keyway.feedback_late"));
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.feedback_late") > 0, door.LastEvent);
        Assert.IsTrue(door.LastEvent.IndexOf("'milliseconds':5") > 0, door.LastEvent);
        door.Rest();
        door.TypeUpToEnter("1111");
        door.Wait(Limits.FeedbackDelayMs + Limits.FeedbackToleranceMs - 2);
        Assert.IsTrue(door.IsOpen);
        Assert.AreEqual(1, door.CountOf("keyway.feedback_late"));
    }

    // When something can first be seen or heard after Enter, and how often it changes then.
    private static string Look(TestLock door, string digits)
    {
        VirtualBoard board = door.Board;
        long enterMs = door.TypeUpToEnter(digits);
        int before = board.Denied.Changes + board.Buzzer.Changes + board.Granted.Changes;
        while (board.Denied.Changes + board.Buzzer.Changes + board.Granted.Changes == before)
        {
            door.Step(1);
        }

        string seen = board.Denied.LastChangeMs - enterMs + " " + board.Denied.IsActive
            + board.Buzzer.IsActive;
        int denied = board.Denied.Changes;
        int buzzer = board.Buzzer.Changes;
        door.Step(Limits.FeedbackShowMs + 50);
        seen += " " + (board.Denied.Changes - denied) + " " + (board.Buzzer.Changes - buzzer)
            + " " + board.Granted.IsActive;
        door.Rest();
        return seen;
    }

    // 1111 always, 2222 later, 3333 until 9, 5555 once; it is 10.
    private static TestLock WithCodes()
    {
        TestLock door = TestLock.Running();
        door.Clock.SetUtc(TestLock.Utc - 7200);
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "2222") + Window("11:00", "12:00"));
        door.Send(TestLock.Create(3, "3333") + Window("08:00", "09:00"));
        door.Send(TestLock.Create(5, "5555") + ",'is_one_time_use':true}");
        door.Clock.SetUtc(TestLock.Utc);
        return door;
    }

    private static string Window(string from, string to) => ",'starts_at':'2026-11-24T" + from
        + ":00Z','ends_at':'2026-11-24T" + to + ":00Z'}";
}
