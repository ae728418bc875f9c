using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>CommandRunner and commands that come again: their effect is exactly once.</summary>
[TestClass]
public class CommandRepeatTests
{
    private const int W25Q32 = 0xEF4016;
    private const string Window =
        ",'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-25T10:00:00Z'}";

    [TestMethod]
    public void A_repeated_command_gets_its_answer_and_changes_nothing()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + ",'name':'Anna'}");
        CheckRepeated(door, TestLock.Create(1, "1111") + ",'name':'Anna'}");
        door.PowerCut();
        CheckRepeated(door, TestLock.Create(1, "1111") + ",'name':'Anna'}");
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_repeated_command_gets_its_answer_whatever_it_says_now()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window);
        CheckRepeated(door, TestLock.Create(1, "2222") + "}");
        CheckRepeated(door, TestLock.Create(1, "22") + "}");
        CheckRepeated(door, TestLock.Create(1, "2222") + ",'code':");
        door.Clock.SetUtc(TestLock.Utc + 1000000);
        door.Settle();
        CheckRepeated(door, TestLock.Create(1, "1111") + Window);
    }

    [TestMethod]
    public void A_refusal_stays_when_its_reason_is_gone()
    {
        TestLock door = TestLock.Running();
        door.Clock.ForgetUtc();
        door.Send(TestLock.Create(1, "1111") + Window);
        Assert.IsTrue(door.LastAnswer.IndexOf("clock_not_known") > 0);
        door.Clock.SetUtc(TestLock.Utc);
        door.Settle();
        CheckRepeated(door, TestLock.Create(1, "1111") + Window);
        door.PowerCut();
        CheckRepeated(door, TestLock.Create(1, "1111") + Window);
        Assert.AreEqual(0, door.Agent.Codes.Count);
        door.Send(TestLock.Create(2, "1111") + Window);
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void Refusals_for_digits_and_space_are_the_same_after_a_reboot()
    {
        TestLock door = TestLock.Running(1, W25Q32);
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "1111") + "}");
        string taken = door.LastAnswer;
        door.Send(TestLock.Create(3, "3333") + "}");
        string full = door.LastAnswer;

        // A larger lock: now there would be room.
        door.Settings.Capacity = 20;
        door.PowerCut();
        CheckRepeated(door, taken, TestLock.Create(2, "1111") + "}");
        CheckRepeated(door, full, TestLock.Create(3, "3333") + "}");
        door.Send(TestLock.Create(4, "3333") + "}");
        Assert.AreEqual(2, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void The_same_code_under_a_new_attempt_is_a_success_and_one_frame()
    {
        TestLock door = TestLock.Running();
        string id = ",'access_code_id':'" + TestJson.Id(7) + "','name':'Anna'";
        door.Send(TestLock.Create(1, "1111") + id + Window);
        string first = door.LastAnswer;
        door.Clock.StepUtc(60);
        door.Settle();
        int before = door.Chip.DeviceSteps;
        door.Send(TestLock.Create(2, "1111") + id + Window);
        Assert.AreEqual(before + 1, door.Chip.DeviceSteps);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        Assert.AreEqual(2, door.CountOn(TestJson.Id(7)));
        Assert.AreEqual(WithoutAttempt(first), WithoutAttempt(door.LastAnswer));
        CheckRepeated(door, TestLock.Create(2, "1111") + id + Window);
    }

    [TestMethod]
    [DataRow("2222", "Anna", "}")]
    [DataRow("1111", "Anne", "}")]
    [DataRow("1111", "Anna",
        ",'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-25T10:00:00Z'}")]
    public void The_same_id_with_another_content_is_refused(string code, string name, string end)
    {
        TestLock door = TestLock.Running();
        string id = ",'access_code_id':'" + TestJson.Id(7) + "'";
        door.Send(TestLock.Create(1, "1111") + id + ",'name':'Anna'}");
        int before = door.Chip.DeviceSteps;
        string other = TestLock.Create(2, code) + id + ",'name':'" + name + "'" + end;
        door.Send(other);
        Assert.IsTrue(door.LastAnswer.IndexOf("'access_code_id_in_use',"
            + "'message':'access_code_id: belongs to an access code with another content'") > 0);
        Assert.AreEqual(before + 1, door.Chip.DeviceSteps);
        CheckRepeated(door, other);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        door.Type("2222#");
        Assert.IsFalse(door.IsOpen);
    }

    [TestMethod]
    public void A_retained_command_is_an_event_and_nothing_else()
    {
        TestLock door = TestLock.Running();
        door.Send("{}");
        door.Settle();
        int before = door.Chip.DeviceSteps;
        door.Send(TestJson.Bytes(TestLock.Create(1, "1111") + "}"), true);
        Assert.AreEqual(0, door.AnswerCount);
        Assert.IsTrue(door.LastEvent.IndexOf("'keyway.command_refused','sequence':2,") > 0);
        Assert.IsTrue(door.LastEvent.IndexOf("is retained") > 0);
        Assert.AreEqual(before + 1, door.Chip.DeviceSteps, "the event is stored");
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_retained_command_that_was_answered_gets_its_answer()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        string answer = door.LastAnswer;
        door.Send(TestJson.Bytes(TestLock.Create(1, "1111") + "}"), true);
        Assert.AreEqual(2, door.AnswerCount);
        Assert.AreEqual(answer, door.LastAnswer);
        Assert.AreEqual(0, door.CountOn("/events"));
    }

    [TestMethod]
    public void Two_commands_in_one_millisecond_are_both_carried_out()
    {
        TestLock door = TestLock.Running();
        door.Deliver(TestJson.Bytes(TestLock.Create(1, "1111") + "}"), false);
        door.Deliver(TestJson.Bytes(TestLock.Create(1, "1111") + "}"), false);
        door.Deliver(TestJson.Bytes(TestLock.Create(2, "1111") + "}"), false);
        door.Deliver(TestJson.Bytes(TestLock.Create(3, "3333") + "}"), false);
        for (int i = 0; i < 20; i++)
        {
            door.Agent.Step();
        }

        Assert.AreEqual(4, door.AnswerCount);
        Assert.AreEqual(2, door.Agent.Codes.Count);
        Assert.IsTrue(door.HasPublished(TestJson.Id(3) + "','type'"));
    }

    [TestMethod]
    public void What_the_flash_did_not_keep_stays_failed_while_power_lasts()
    {
        TestLock door = TestLock.Running();
        door.Chip.IsWriteProtected = true;
        door.Send(TestLock.Create(1, "1111") + "}");
        string failed = door.LastAnswer;
        Assert.IsTrue(failed.IndexOf("'failed_to_set_on_device'") > 0, failed);
        door.Chip.IsWriteProtected = false;
        door.Settle();
        CheckRepeated(door, failed, TestLock.Create(1, "1111") + "}");
        Assert.AreEqual(0, door.Agent.Codes.Count);
        door.Send(TestLock.Create(2, "1111") + "}");
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void An_attempt_that_cannot_be_looked_up_now_has_no_answer()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        string answer = door.LastAnswer;
        door.Chip.IsGone = true;
        door.Send(TestLock.Create(1, "1") + "}");
        Assert.AreEqual(1, door.AnswerCount);
        door.Chip.IsGone = false;
        door.Settle();
        CheckRepeated(door, answer, TestLock.Create(1, "1") + "}");
    }

    [TestMethod]
    public void A_refusal_names_no_code_that_was_in_the_way_before()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "1111") + "}");
        Assert.IsTrue(door.LastAnswer.EndsWith(TestJson.Id(1) + "'}}"), door.LastAnswer);
        door.Order("access_codes/delete", 3, 9, "");
        Assert.IsTrue(door.LastAnswer.EndsWith(" is no access code of this lock'}}"),
            door.LastAnswer);
    }

    [TestMethod]
    public void An_attempt_of_zeros_has_not_failed_before()
    {
        TestLock door = TestLock.Running();
        door.Send("{'action_attempt_id':'00000000-0000-0000-0000-000000000000','device_id':'"
            + TestLock.DeviceId + "','code':'1111'}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
    }

    private static void CheckRepeated(TestLock door, string json) =>
        CheckRepeated(door, door.LastAnswer, json);

    // The answer comes once more, byte for byte, and nothing is written or published besides.
    private static void CheckRepeated(TestLock door, string answer, string json)
    {
        int steps = door.Chip.DeviceSteps;
        int published = door.Broker.PublishedCount;
        door.Send(json);
        Assert.AreEqual(published + 1, door.Broker.PublishedCount);
        Assert.AreEqual(answer, door.LastAnswer);
        Assert.AreEqual(steps, door.Chip.DeviceSteps);
    }

    private static string WithoutAttempt(string answer) =>
        answer.Substring(answer.IndexOf("'action_type'"));
}
