using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CommandRulesTests
{
    private const long Now = 1000;

    [TestMethod]
    public void JudgeBytes_lets_a_complete_command_pass() => Check("", Judged(Complete("")));

    [TestMethod]
    [DataRow("'x':0", "action_attempt_id: is required")]
    [DataRow("'action_attempt_id':'a77e3b70-0000-4000-8000-000000000001','code':'1234'",
        "device_id: is required")]
    [DataRow("'action_attempt_id':'a77e3b70-0000-4000-8000-000000000001','code':'1234',"
        + "'device_id':'a77e3b70-0000-4000-8000-000000000008'", "device_id: is not this lock's")]
    public void JudgeBytes_names_what_is_missing_or_for_another_lock(string json, string message) =>
        Check(message, Judged(Read("{" + json + "}")));

    [TestMethod]
    [DataRow(",'starts_at':'1970-01-01T00:30:00Z'", "ends_at: is required")]
    [DataRow(",'ends_at':'1970-01-01T00:30:00Z'", "starts_at: is required")]
    [DataRow(",'starts_at':'1970-01-01T00:30:00Z','ends_at':'1970-01-01T00:30:00Z'",
        "ends_at: must be later than starts_at")]
    [DataRow(",'starts_at':'1970-01-01T00:30:00Z','ends_at':'1970-01-01T01:29:59+01:00'",
        "ends_at: must be later than starts_at")]
    public void JudgeBytes_names_what_is_wrong_with_the_window(string window, string message) =>
        Check(message, Judged(Complete(window)));

    [TestMethod]
    public void JudgeBytes_keeps_to_the_first_error() =>
        Check("code: must be a string", Judged(Read("{'code':1,'starts_at':1}")));

    [TestMethod]
    [DataRow("", "")]
    [DataRow(",'issued_at':'1970-01-01T00:00:00Z'", "")]
    [DataRow(",'expires_at':'1970-01-01T00:00:00Z'", "expires_at: cannot be checked")]
    [DataRow(",'starts_at':'1970-01-01T00:00:00Z','ends_at':'2100-01-01T00:00:00Z'",
        "ends_at: cannot be checked")]
    public void JudgeTime_needs_the_clock_where_a_time_counts(string times, string message)
    {
        Command command = Judged(Complete(times));
        CommandRules.JudgeTime(command, false, 0, 0);
        Check(message, command);
    }

    [TestMethod]
    [DataRow(",'expires_at':'1970-01-01T00:16:41Z'", "")]
    [DataRow(",'expires_at':'1970-01-01T00:16:40Z'", "expires_at: has passed")]
    [DataRow(",'starts_at':'1970-01-01T00:00:00Z','ends_at':'1970-01-01T00:16:41Z'", "")]
    [DataRow(",'starts_at':'1970-01-01T00:00:00Z','ends_at':'1970-01-01T00:16:40Z'",
        "ends_at: must be in the future")]
    public void JudgeTime_refuses_from_the_very_second_on(string times, string message)
    {
        Command command = Judged(Complete(times));
        CommandRules.JudgeTime(command, true, Now, Now);
        Check(message, command);
    }

    private static Command Complete(string more) => Read("{'action_attempt_id':'"
        + TestJson.Id(1) + "','device_id':'" + TestJson.Id(9) + "','code':'1234'" + more + "}");

    private static Command Read(string json)
    {
        Command command = new();
        new CommandReader().Read(TestJson.Bytes(json), CommandAction.Create, command);
        return command;
    }

    private static Command Judged(Command command)
    {
        byte[] deviceId = new byte[Uuid.SizeBytes];
        Uuid.TryRead(TestJson.Id(9), deviceId, 0);
        CommandRules.JudgeBytes(command, deviceId);
        return command;
    }

    // An empty message: nothing is refused.
    private static void Check(string message, Command command)
    {
        string actual = command.Refusal == Refusal.None ? "" : AnswerWriter.MessageOf(
            command.Refusal, command.RefusedMember,
            AnswerWriter.JsonDetail(command.JsonError, command.JsonPosition));
        Assert.IsTrue(message == "" ? actual == "" : actual.StartsWith(message), actual);
    }
}
