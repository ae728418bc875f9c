using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What comes of one create command; what comes of a repeated one is in
/// CommandRepeatTests.</summary>
[TestClass]
public class CommandRunnerTests
{
    private const int W25Q32 = 0xEF4016;
    private const string Digits = "48151623";

    [TestMethod]
    public void A_create_is_stored_answered_and_opens()
    {
        TestLock door = TestLock.Running();
        door.Type(Digits + "#");
        Assert.IsFalse(door.IsOpen);
        door.Send(TestLock.Create(1, Digits) + ",'name':'Anna'}");
        Assert.IsTrue(door.LastAnswer.StartsWith("{'action_attempt_id':'" + TestJson.Id(1)
            + "','action_type':'CREATE_ACCESS_CODE','status':'success',"), door.LastAnswer);
        Assert.AreEqual(1, door.AnswerCount);
        string state = door.LastOn("access_codes/state/" + TestJson.Id(1));
        Assert.IsTrue(state.IndexOf("'name':'Anna'") > 0, state);
        door.Type(Digits + "#");
        Assert.IsTrue(door.IsOpen);
        Assert.IsTrue(door.LastEvent.EndsWith("'access_code_id':'" + TestJson.Id(1) + "'}"));
    }

    [TestMethod]
    public void An_access_code_may_have_an_id_of_its_own()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, Digits) + ",'access_code_id':'" + TestJson.Id(5) + "'}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'access_code_id':'" + TestJson.Id(5)) > 0);
        Assert.AreEqual(1, door.CountOn("access_codes/state/" + TestJson.Id(5)));
    }

    [TestMethod]
    [DataRow("'code':48151623", "invalid_input", "code: must be a string")]
    [DataRow("'code':'481'", "invalid_input", "code: must have 4 to 12 digits")]
    [DataRow("'code':'48151623','code':'48151623'", "invalid_input", "code: member given twice")]
    [DataRow("'code':'48151623','name':null", "invalid_input", "name: must be a string")]
    [DataRow("'code':'48151623','x':[[[[]]]]", "invalid_input", "payload: nested too deep")]
    [DataRow("'code':'48151623','starts_at':'2026-11-25T10:00:00Z'", "invalid_input",
        "ends_at: is required")]
    [DataRow("'code':'48151623','ends_at':'2026-11-25T10:00:00Z'", "invalid_input",
        "starts_at: is required")]
    [DataRow("'code':'48151623','starts_at':'2026-11-26T00:00:00Z',"
        + "'ends_at':'2026-11-25T00:00:00Z'", "invalid_input", "ends_at: must be later")]
    [DataRow("'code':'48151623','device_id':'d0c0ffee-0000-4000-8000-000000000008'",
        "device_not_found", "device_id: is not this lock's")]
    [DataRow("'code':'48151623','device_id':'front door'", "invalid_input",
        "device_id: must be a UUID")]
    public void What_follows_from_the_bytes_is_answered_and_not_stored(
        string members, string type, string message)
    {
        TestLock door = TestLock.Running();
        int before = door.Chip.DeviceSteps;
        string device = members.IndexOf("device_id") > 0
            ? "" : "'device_id':'" + TestLock.DeviceId + "',";
        door.Send("{'action_attempt_id':'" + TestJson.Id(1) + "'," + device + members + "}");
        CheckError(door, 1, type, message);
        Assert.AreEqual(before, door.Chip.DeviceSteps);
        Assert.AreEqual(0, door.CountOn("/events"));

        // Not stored: the same attempt with sound bytes is carried out.
        door.Send(TestLock.Create(1, Digits) + "}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0);
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    [DataRow(",'expires_at':'2026-11-24T10:00:00Z'", "command_expired", "expires_at: has passed")]
    [DataRow(",'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-24T10:00:00Z'",
        "invalid_input", "ends_at: must be in the future")]
    public void What_comes_too_late_is_answered_and_stored(
        string times, string type, string message)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(9, "9999") + "}");
        int before = door.Chip.DeviceSteps;
        door.Send(TestLock.Create(1, Digits) + times + "}");
        CheckError(door, 1, type, message);
        Assert.AreEqual(before + 1, door.Chip.DeviceSteps);
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    [DataRow(",'expires_at':'2026-11-24T10:00:01Z'", "expires_at: cannot be checked")]
    [DataRow(",'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-25T10:00:00Z'",
        "ends_at: cannot be checked")]
    public void What_needs_the_time_is_refused_while_it_is_not_known(string times, string message)
    {
        TestLock door = TestLock.Running();
        door.Clock.ForgetUtc();
        door.Send(TestLock.Create(1, Digits) + times + "}");
        CheckError(door, 1, "clock_not_known", message);
        door.Send(TestLock.Create(2, Digits) + "}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'created_at':null") > 0);
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[]")]
    [DataRow("open")]
    [DataRow("{}")]
    [DataRow("{'action_attempt_id':7,'code':'48151623'}")]
    [DataRow("{'action_attempt_id':'48151623','code':'48151623'}")]
    [DataRow("{'action_attempt_id':'a77e3b70-0000-4000-8000-000000000001',"
        + "'action_attempt_id':'a77e3b70-0000-4000-8000-000000000001'}")]
    public void Without_a_usable_id_there_is_only_an_event(string json)
    {
        TestLock door = TestLock.Running();
        door.Send("{}");
        Assert.IsTrue(door.LastEvent.IndexOf(": action_attempt_id: is required'") > 0,
            door.LastEvent);
        door.Settle();
        int before = door.Chip.DeviceSteps;
        door.Send(json);
        Assert.AreEqual(0, door.AnswerCount);
        Assert.AreEqual(2, door.CountOn("/events"));
        Assert.IsTrue(door.LastEvent.IndexOf("'keyway.command_refused','sequence':2,") > 0);
        Assert.IsFalse(door.HasPublished(Digits));
        Assert.AreEqual(before + 1, door.Chip.DeviceSteps, "the event is stored");
    }

    [TestMethod]
    public void Digits_that_exist_are_refused_with_the_other_code_named()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, Digits) + "}");
        int before = door.Chip.DeviceSteps;
        door.Send(TestLock.Create(2, Digits)
            + ",'starts_at':'2027-01-01T00:00:00Z','ends_at':'2027-01-02T00:00:00Z'}");
        CheckError(door, 2, "duplicate_code_on_device",
            "code: has digits that exist on this lock: access code " + TestJson.Id(1));
        Assert.AreEqual(before + 1, door.Chip.DeviceSteps);
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_full_lock_says_so()
    {
        TestLock door = TestLock.Running(2, W25Q32);
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "2222") + "}");
        door.Send(TestLock.Create(3, Digits) + "}");
        CheckError(door, 3, "no_space_for_access_code_on_device", "code: finds no free slot");
        door.Type(Digits + "#");
        Assert.IsFalse(door.IsOpen);
        door.Type("2222#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void What_the_flash_does_not_keep_is_an_error_and_an_event()
    {
        TestLock door = TestLock.Running();
        door.Chip.IsWriteProtected = true;
        door.Send(TestLock.Create(1, Digits) + "}");
        CheckError(door, 1, "failed_to_set_on_device", "code: could not be written");
        Assert.IsTrue(door.LastEvent.IndexOf("'keyway.storage_trouble'") > 0);
        door.Type(Digits + "#");
        Assert.IsFalse(door.IsOpen);
        door.Chip.IsWriteProtected = false;
        door.Send(TestLock.Create(2, Digits) + "}");
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void Digits_are_published_nowhere_and_overwritten_in_the_message()
    {
        TestLock door = TestLock.Running();
        byte[] payload = TestJson.Bytes(TestLock.Create(1, Digits) + ",'name':'Anna'}");
        door.Send(payload, false);
        for (int i = 0; i < payload.Length; i++)
        {
            Assert.AreEqual(0, (int)payload[i]);
        }

        door.Send(TestLock.Create(1, Digits) + "}");
        door.Send(TestLock.Create(2, Digits) + "}");
        door.Send(TestLock.Create(3, Digits) + ",'access_code_id':'" + TestJson.Id(1) + "'}");
        door.Send(TestLock.Create(4, Digits) + ",'code':'" + Digits + "'}");
        door.Send(TestLock.Create(5, Digits + "x") + "}");
        door.Send(TestJson.Bytes(TestLock.Create(6, Digits) + "}"), true);
        door.Type(Digits + "#");
        door.Broker.DropConnection();
        door.Pass(20000);
        Assert.AreEqual(6, door.AnswerCount);
        Assert.IsFalse(door.HasPublished(Digits));
    }

    private static void CheckError(TestLock door, int attempt, string type, string message)
    {
        string start = "{'action_attempt_id':'" + TestJson.Id(attempt)
            + "','action_type':'CREATE_ACCESS_CODE','status':'error','result':null,"
            + "'error':{'type':'" + type + "','message':'" + message;
        Assert.IsTrue(door.LastAnswer.StartsWith(start), door.LastAnswer);
    }
}
