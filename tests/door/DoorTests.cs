using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class DoorTests
{
    private const int W25Q32 = 0xEF4016;

    // Codes of four digits; the last of each row is the reason that the event gives.
    [TestMethod]
    [DataRow("1111", "keycode")]
    [DataRow("9999", "unknown_code")]
    [DataRow("123456789", "unknown_code")]
    [DataRow("2222", "before_starts_at")]
    [DataRow("3333", "after_ends_at")]
    [DataRow("4444", "clock_not_known")]
    [DataRow("5555", "already_used")]
    [DataRow("1111", "locked_out")]
    [DataRow("1111222233334", "unknown_code")]
    public void Feedback_and_strike_come_at_one_time_after_Enter(string digits, string reason)
    {
        TestLock door = WithCodes();
        if (reason == "clock_not_known")
        {
            door.Clock.ForgetUtc();
        }
        else if (reason == "already_used")
        {
            door.Type("5555#");
            door.Rest();
        }
        else if (reason == "locked_out")
        {
            door.EnterWrong(Limits.WrongEntries);
        }

        long enterMs = door.TypeUpToEnter(digits);
        bool opens = reason == "keycode";
        door.Step(Limits.FeedbackDelayMs + 50);
        Assert.AreEqual(opens, door.IsOpen);
        Assert.AreEqual(opens, door.Board.Granted.IsActive);
        Assert.AreEqual(!opens, door.Board.Denied.IsActive);
        long shownMs = opens ? door.Board.Granted.LastChangeMs : door.Board.Denied.LastChangeMs;
        Assert.AreEqual(enterMs + Limits.FeedbackDelayMs, shownMs);
        if (opens)
        {
            Assert.AreEqual(shownMs, door.Board.Strike.LastChangeMs);
        }

        Assert.IsTrue(door.LastEvent.IndexOf("'" + reason + "'") > 0, door.LastEvent);
    }

    [TestMethod]
    public void A_key_that_is_held_keeps_the_lock_awake_until_it_must_be_stuck()
    {
        TestLock door = TestLock.Running();
        door.Pass(2 * Limits.StuckKeyMs);
        Assert.IsFalse(door.Agent.Door.IsAwake);
        door.Board.Keypad.Press('1');
        door.Pass(Limits.KeypadAwakeMs + 5000);
        Assert.IsTrue(door.Agent.Door.IsAwake);
        door.Pass(Limits.StuckKeyMs);
        Assert.IsFalse(door.Agent.Door.IsAwake);
    }

    [TestMethod]
    public void A_code_that_begins_another_opens_and_so_does_the_longer()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1234") + "}");
        door.Send(TestLock.Create(2, "123456") + "}");
        door.Type("1234#");
        Assert.IsTrue(door.LastEvent.IndexOf(TestJson.Id(1)) > 0);
        door.Type("123456#");
        Assert.IsTrue(door.LastEvent.IndexOf(TestJson.Id(2)) > 0);
        door.Rest();
        door.Type("12345#");
        Assert.IsFalse(door.IsOpen);
    }

    [TestMethod]
    public void All_codes_are_erased_while_one_is_entered()
    {
        TestLock door = WithCodes();
        door.Type("111");
        for (int i = 1; i <= 5; i++)
        {
            door.Order("access_codes/delete", 20 + i, i, "");
        }

        Assert.AreEqual(0, door.Agent.Codes.Count);
        door.Type("1#");
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.LastEvent.IndexOf("unknown_code") > 0, door.LastEvent);
    }

    [TestMethod]
    public void Strike_and_LED_end_in_time()
    {
        TestLock door = WithCodes();
        door.Type("1111#");
        door.Step(Limits.FeedbackShowMs);
        Assert.IsFalse(door.Board.Granted.IsActive);
        Assert.AreEqual((long)Limits.FeedbackShowMs, door.Board.Granted.ActiveMs);
        Assert.IsTrue(door.IsOpen);
        door.Pass(door.Settings.StrikeMs - Limits.FeedbackShowMs - 100);
        Assert.IsTrue(door.IsOpen);
        door.Step(100);
        Assert.IsFalse(door.IsOpen);
        Assert.AreEqual((long)door.Settings.StrikeMs, door.Board.Strike.ActiveMs);
    }

    [TestMethod]
    [DataRow("111#")]
    [DataRow("11111#")]
    [DataRow("1111222233334#")]
    [DataRow("11112222333345#")]
    public void Other_lengths_are_wrong_and_never_a_prefix(string keys)
    {
        TestLock door = WithCodes();
        door.Send(TestLock.Create(9, "111122223333") + "}");
        door.Type(keys);
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.Board.Denied.IsActive);
        Assert.IsTrue(door.LastEvent.IndexOf("unknown_code") > 0);
        door.Rest();
        door.Type("111122223333#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    [DataRow("#")]
    [DataRow("*#")]
    [DataRow("1111*#")]
    public void Enter_alone_does_nothing(string keys)
    {
        TestLock door = WithCodes();
        door.Type(keys);
        Assert.IsFalse(door.Board.Denied.IsActive);
        Assert.IsFalse(door.IsOpen);
        Assert.AreEqual(0, door.CountOn("/events"));
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void Keys_between_Enter_and_feedback_are_dropped()
    {
        TestLock door = WithCodes();
        door.Type("9999#1111#");
        Assert.AreEqual(1, door.CountOn("/events"));
        Assert.IsFalse(door.IsOpen);

        // 1 was dropped with the rest, so the next three do not make a code of it.
        door.Type("111#");
        Assert.IsFalse(door.IsOpen);
        Assert.AreEqual(2, door.CountOn("/events"));
    }

    [TestMethod]
    public void A_stuck_key_does_not_keep_the_keypad_awake()
    {
        TestLock door = WithCodes();
        door.Board.Keypad.Press('5');
        door.Step(100);
        Assert.IsTrue(door.Agent.Door.IsAwake);
        door.Step(Limits.StuckKeyMs + 100);
        Assert.IsFalse(door.Agent.Door.IsAwake);
    }

    [TestMethod]
    public void A_pause_of_8_seconds_begins_anew()
    {
        TestLock door = WithCodes();
        door.Type("99");
        door.Pass(Limits.EntryTimeoutMs);
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void A_later_wrong_code_does_not_close_and_says_so()
    {
        TestLock door = WithCodes();
        door.Type("1111#");
        door.Type("9999#");
        Assert.IsTrue(door.IsOpen);
        Assert.IsFalse(door.Board.Granted.IsActive);
        Assert.IsTrue(door.Board.Denied.IsActive);
    }

    [TestMethod]
    public void Nobody_gets_in_while_the_flash_is_gone()
    {
        TestLock door = WithCodes();
        door.Chip.IsGone = true;
        door.Type("1111#");
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.Board.Denied.IsActive);
        Assert.IsTrue(door.LastEvent.IndexOf("lock.access_denied") > 0);
        Assert.AreEqual(-1, door.LastEvent.IndexOf("access_code_id"));
        door.Rest();
        door.Chip.IsGone = false;
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void A_window_opens_when_its_time_comes_and_closes_when_it_is_over()
    {
        TestLock door = WithCodes();
        door.Clock.SetUtc(TestLock.Utc + 3600);
        door.Type("2222#");
        Assert.IsTrue(door.IsOpen);
        door.Rest();
        door.Clock.SetUtc(TestLock.Utc + 7200);
        door.Type("2222#");
        Assert.IsFalse(door.IsOpen);
    }

    [TestMethod]
    public void The_keypad_works_without_network()
    {
        TestLock door = WithCodes();
        door.Broker.RefuseConnections = true;
        door.Broker.DropConnection();
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void Nothing_is_written_before_the_strike_and_one_frame_after_it()
    {
        TestLock door = WithCodes();
        int before = door.Chip.DeviceSteps;
        door.TypeUpToEnter("1111");
        door.Step(Limits.FeedbackDelayMs - 1);
        Assert.IsFalse(door.IsOpen);
        Assert.AreEqual(before, door.Chip.DeviceSteps);
        door.Step(2);
        Assert.IsTrue(door.IsOpen);
        Assert.AreEqual(before + 1, door.Chip.DeviceSteps);
    }

    [TestMethod]
    public void Outputs_are_safe_from_the_start_on()
    {
        TestLock door = new(20, W25Q32);
        door.Chip.IsGone = true;
        door.Board.PowerUp(door.Broker);
        Assert.AreEqual(1, door.Board.Strike.Writes);
        Assert.AreEqual(1, door.Board.Granted.Writes);
        Assert.AreEqual(1, door.Board.Denied.Writes);
        Assert.AreEqual(0, door.Board.Strike.Changes);
    }

    // 1111 always, 2222 from 11 to 12, 3333 from 8 to 9, 4444 from 9:30 to 10:30, 5555 once; it is
    // 10.
    private static TestLock WithCodes()
    {
        TestLock door = new(20, W25Q32);
        door.Clock.SetUtc(TestLock.Utc - 7200);
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "2222") + Window("11:00", "12:00"));
        door.Send(TestLock.Create(3, "3333") + Window("08:00", "09:00"));
        door.Send(TestLock.Create(4, "4444") + Window("09:30", "10:30"));
        door.Send(TestLock.Create(5, "5555") + ",'is_one_time_use':true}");
        Assert.AreEqual(5, door.Agent.Codes.Count);
        door.Clock.SetUtc(TestLock.Utc);
        door.Settle();
        door.Broker.ClearPublished();
        return door;
    }

    private static string Window(string from, string to) => ",'starts_at':'2026-11-24T" + from
        + ":00Z','ends_at':'2026-11-24T" + to + ":00Z'}";
}
