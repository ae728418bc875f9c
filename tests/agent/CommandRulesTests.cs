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
        CommandRules.JudgeTime(command, new Moment());
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
        CommandRules.JudgeTime(command, new Moment().Set(true, Now, Now));
        Check(message, command);
    }

    [TestMethod]
    [DataRow((int)CommandAction.Update, "'starts_at':'1970-01-01T00:00:00Z'",
        "starts_at: cannot be checked")]
    [DataRow((int)CommandAction.Update, "'ends_at':'2100-01-01T00:00:00Z'",
        "ends_at: cannot be checked")]
    [DataRow((int)CommandAction.Delete, "'starts_at':'1970-01-01T00:00:00Z'", "")]
    public void JudgeTime_needs_the_clock_for_a_bound_alone(
        int action, string times, string message)
    {
        Command command = Read("{" + times + "}", (CommandAction)action);
        CommandRules.JudgeTime(command, new Moment());
        Check(message, command);
    }

    [TestMethod]
    [DataRow("1970-01-01T00:17:45Z", "")]
    [DataRow("1970-01-01T00:17:46Z", "expires_at: is more than 60 seconds ahead")]
    public void JudgeTime_lets_clocks_of_a_door_command_differ(string expiry, string message)
    {
        Command command = Read("{'expires_at':'" + expiry + "'}", CommandAction.LockDoor);
        CommandRules.JudgeTime(command, new Moment().Set(true, Now, Now));
        Check(message, command);
    }

    [TestMethod]
    [DataRow((int)CommandAction.Update, "", "access_code_id: is required")]
    [DataRow((int)CommandAction.Delete, "", "access_code_id: is required")]
    [DataRow((int)CommandAction.Get, "", "access_code_id: is required")]
    [DataRow((int)CommandAction.PullBackup, "", "access_code_id: is required")]
    [DataRow((int)CommandAction.List, "", "")]
    [DataRow((int)CommandAction.Delete, ",'keyway_offline_label':'one_time'",
        "starts_at: is required")]
    [DataRow((int)CommandAction.Delete, ",'keyway_offline_label':'one_time',"
        + "'starts_at':'1970-01-01T00:00:00Z'", "keyway_offline_index: is required")]
    [DataRow((int)CommandAction.Delete, ",'keyway_offline_label':'one_time',"
        + "'starts_at':'1970-01-01T00:00:00Z','keyway_offline_index':0", "")]
    [DataRow((int)CommandAction.Update, ",'starts_at':'1970-01-01T00:30:00Z',"
        + "'ends_at':'1970-01-01T00:30:00Z','access_code_id':"
        + "'a77e3b70-0000-4000-8000-000000000002'", "ends_at: must be later than starts_at")]
    [DataRow((int)CommandAction.UnlockDoor, ",'expires_at':'1970-01-01T00:00:10Z'",
        "issued_at: is required")]
    [DataRow((int)CommandAction.LockDoor, ",'issued_at':'1970-01-01T00:00:10Z'",
        "expires_at: is required")]
    [DataRow((int)CommandAction.UnlockDoor, ",'issued_at':'1970-01-01T00:00:10Z',"
        + "'expires_at':'1970-01-01T00:00:10Z'", "expires_at: must be at most 60 seconds")]
    public void JudgeBytes_knows_what_each_command_needs(
        int action, string members, string message) =>
        Check(message, Judged(Read("{'action_attempt_id':"
            + "'a77e3b70-0000-4000-8000-000000000001'" + members + "}", (CommandAction)action)));

    [TestMethod]
    [DataRow(",'common_code_key':'a'", "common_code_key: cannot be given")]
    [DataRow(",'use_backup_access_code_pool':true", "use_backup_access_code_pool: cannot be")]
    [DataRow(",'use_backup_access_code_pool':false", "")]
    public void JudgeBytes_names_what_an_offline_code_cannot_have(string member, string message) =>
        Check(message, Judged(Read("{'action_attempt_id':'" + TestJson.Id(1) + "','device_id':'"
            + TestJson.Id(9) + "','is_offline_access_code':true,'is_one_time_use':true,"
            + "'starts_at':'1970-01-01T00:00:00Z'" + member + "}")));

    private static Command Complete(string more) => Read("{'action_attempt_id':'"
        + TestJson.Id(1) + "','device_id':'" + TestJson.Id(9) + "','code':'1234'" + more + "}");

    private static Command Read(string json) => Read(json, CommandAction.Create);

    private static Command Read(string json, CommandAction action)
    {
        Command command = new();
        byte[] payload = TestJson.Bytes(json);
        new CommandReader(TestJson.Id(9)).Read(payload, 0, payload.Length, action, command);
        return command;
    }

    private static Command Judged(Command command)
    {
        CommandRules.JudgeBytes(command);
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
