using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CommandReaderTests
{
    private const string Id = "'action_attempt_id':'a77e3b70-0000-4000-8000-000000000001'";

    [TestMethod]
    public void Read_takes_every_member()
    {
        Command command = Read("{" + Id
            + ",'access_code_id':'A77E3B70-0000-4000-8000-000000000002'"
            + ",'device_id':'a77e3b70-0000-4000-8000-000000000003','code':'0123','name':'Anna'"
            + ",'starts_at':'1970-01-01T01:00:01+01:00','ends_at':'1970-01-01T00:00:02Z'"
            + ",'issued_at':'1970-01-01T00:00:00Z','expires_at':'1970-01-01T00:00:03Z'}");
        Assert.AreEqual((int)Refusal.None, (int)command.Refusal);
        for (int i = 1; i <= (int)CommandMember.EndsAt; i++)
        {
            Assert.IsTrue(command.Has((CommandMember)i), CommandMembers.NameOf((CommandMember)i));
        }

        Assert.AreEqual(TestJson.Id(1), Uuid.ToText(command.ActionAttemptId, 0));
        Assert.AreEqual(TestJson.Id(2), Uuid.ToText(command.AccessCodeId, 0));
        Assert.IsTrue(command.IsForThisLock);
        Assert.AreEqual("0123", Encoding.UTF8.GetString(
            command.Payload, command.CodeOffset, command.CodeCount));
        Assert.AreEqual("Anna", Encoding.UTF8.GetString(
            command.Payload, command.NameOffset, command.NameCount));
        Assert.AreEqual(1L, command.StartsAt);
        Assert.AreEqual(2L, command.EndsAt);
        Assert.AreEqual(3L, command.ExpiresAt);
    }

    [TestMethod]
    [DataRow("a77e3b70-0000-4000-8000-000000000003", true)]
    [DataRow("A77E3B70-0000-4000-8000-000000000003", true)]
    [DataRow("\\u0061\\u00377e3b70-0000-4000-8000-000000000003", true)]
    [DataRow("a77e3b70-0000-4000-8000-000000000002", false)]
    public void Read_knows_the_locks_own_id(string deviceId, bool isOwn)
    {
        Command command = Read("{'device_id':'" + deviceId + "'}");
        Check(command, "", false);
        Assert.IsTrue(command.Has(CommandMember.DeviceId));
        Assert.AreEqual(isOwn, command.IsForThisLock);
    }

    [TestMethod]
    [DataRow("'code':1234", "code: must be a string")]
    [DataRow("'code':null", "code: must be a string")]
    [DataRow("'code':['1234']", "code: must be a string")]
    [DataRow("'code':{'code':'1234'}", "code: must be a string")]
    [DataRow("'code':''", "code: must have 4 to 12 digits")]
    [DataRow("'code':'123'", "code: must have 4 to 12 digits")]
    [DataRow("'code':'1234567890123'", "code: must have 4 to 12 digits")]
    [DataRow("'code':'12a4'", "code: must hold only the digits")]
    [DataRow("'code':'+123'", "code: must hold only the digits")]
    [DataRow("'code':'1234 '", "code: must hold only the digits")]
    [DataRow("'device_id':'1234'", "device_id: must be a UUID")]
    [DataRow("'device_id':{}", "device_id: must be a string")]
    [DataRow("'access_code_id':null", "access_code_id: must be a string")]
    [DataRow("'access_code_id':'{a77e3b70-0000-4000-8000-000000000002}'",
        "access_code_id: must be a UUID")]
    [DataRow("'starts_at':'2026-02-30T00:00:00Z'", "starts_at: must be an ISO 8601")]
    [DataRow("'ends_at':'2026-11-24T10:00:00'", "ends_at: must be an ISO 8601")]
    [DataRow("'ends_at':null", "ends_at: must be a string")]
    [DataRow("'expires_at':1795514400", "expires_at: must be a string")]
    [DataRow("'issued_at':'yesterday'", "issued_at: must be an ISO 8601")]
    [DataRow("'name':true", "name: must be a string")]
    public void Read_names_the_wrong_member_before_or_after_the_id(string member, string message)
    {
        Check(Read("{" + Id + "," + member + "}"), message, true);
        Check(Read("{" + member + "," + Id + "}"), message, true);
    }

    [TestMethod]
    [DataRow(",'code':'12", "code: ends too early at byte 70")]
    [DataRow(",'code'", "code: ends too early")]
    [DataRow(",", "payload: ends too early")]
    [DataRow("", "payload: ends too early")]
    [DataRow(",'code':'1234','code':'1234'}", "code: member given twice")]
    [DataRow(",'x':1,'x':1}", "payload: member given twice")]
    [DataRow(",'x':{'a':1,'a':2}}", "payload: member given twice")]
    [DataRow(",'name':{'code':1,'code':2}}", "name: member given twice")]
    [DataRow(",'x':{'action_attempt_id':1,'action_attempt_id':2}}",
        "payload: member given twice")]
    [DataRow(",'x':[[[[1]]]]}", "payload: nested too deep")]
    [DataRow(",'name':[[[[1]]]]}", "name: nested too deep")]
    [DataRow("}x", "payload: bytes after the end")]
    [DataRow(",'code':'\\u0000'}", "code: NUL in a string")]
    [DataRow(",'code':0123}", "code: malformed number")]
    public void Read_names_where_JSON_ends_and_keeps_the_id_before_it(string rest, string message)
    {
        Check(Read("{" + Id + rest), message, true);
    }

    [TestMethod]
    public void Read_does_not_know_an_id_behind_broken_JSON() =>
        Check(Read("{'code':0123," + Id + "}"), "code: malformed number", false);

    [TestMethod]
    [DataRow("'action_attempt_id':'a77e3b70-0000-4000-8000-000000000001'")]
    [DataRow("'action_attempt_id':'a77e3b70-0000-4000-8000-000000000002'")]
    [DataRow("'\\u0061ction_attempt_id':1")]
    public void Read_believes_neither_of_two_ids(string second) =>
        Check(Read("{" + Id + "," + second + "}"), "action_attempt_id: member given twice", false);

    [TestMethod]
    [DataRow("{}", "")]
    [DataRow("{'action_attempt_id':null}", "action_attempt_id: must be a string")]
    [DataRow("{'action_attempt_id':''}", "action_attempt_id: must be a UUID")]
    [DataRow("[]", "payload: must be a JSON object")]
    [DataRow("[{'code':'1234'}]", "payload: must be a JSON object")]
    [DataRow("[{'action_attempt_id':'a77e3b70-0000-4000-8000-000000000001'}]",
        "payload: must be a JSON object")]
    [DataRow("'1234'", "payload: must be a JSON object")]
    [DataRow("1234", "payload: must be a JSON object")]
    [DataRow("null", "payload: must be a JSON object")]
    [DataRow("", "payload: ends too early")]
    [DataRow("{", "payload: ends too early")]
    [DataRow("code", "payload: unexpected byte")]
    public void Read_finds_no_id_where_there_is_none(string json, string message) =>
        Check(Read(json), message, false);

    [TestMethod]
    public void Read_takes_2048_bytes_and_not_one_more()
    {
        string start = "{" + Id + ",'code':'1234','x':'";
        byte[] payload = Padded(start, Limits.PayloadBytes);
        payload[payload.Length - 2] = (byte)'"';
        payload[payload.Length - 1] = (byte)'}';
        Check(Read(payload), "", true);

        byte[] longer = Padded(start, Limits.PayloadBytes + 1);
        longer[longer.Length - 2] = (byte)'"';
        longer[longer.Length - 1] = (byte)'}';
        Check(Read(longer), "payload: too long", true);
    }

    [TestMethod]
    public void Read_refuses_what_is_not_UTF_8()
    {
        byte[] payload = TestJson.Bytes("{" + Id + ",'name':'a?b'}");
        payload[payload.Length - 4] = 0xC3;
        Check(Read(payload), "name: not UTF-8", true);
    }

    [TestMethod]
    public void Read_refuses_digits_of_another_script()
    {
        // Arabic-Indic 1 2 3 4.
        byte[] digits = { 0xD9, 0xA1, 0xD9, 0xA2, 0xD9, 0xA3, 0xD9, 0xA4 };
        byte[] payload = TestJson.Bytes("{" + Id + ",'code':'????????'}");
        digits.CopyTo(payload, payload.Length - 10);
        Check(Read(payload), "code: must hold only the digits", true);
    }

    [TestMethod]
    public void Read_ignores_members_that_it_does_not_know()
    {
        Command command = Read("{'sync':false,'payload':0,'Code':5,'x':{'code':5,'y':[null,{}]},"
            + Id + ",'code':'1234','':0}");
        Check(command, "", true);
        Assert.AreEqual(4, command.CodeCount);
    }

    [TestMethod]
    public void Read_takes_32_members_and_not_one_more()
    {
        string members = "{" + Id;
        for (int i = 1; i < Limits.PayloadMembers; i++)
        {
            members += ",'x" + i + "':0";
        }

        Check(Read(members + "}"), "", true);
        Check(Read(members + ",'y':0}"), "payload: too many members", true);
    }

    [TestMethod]
    [DataRow(30, 32)]
    [DataRow(31, 31)]
    [DataRow(32, 32)]
    [DataRow(40, 32)]
    public void Read_cuts_the_name_between_characters(int letters, int kept)
    {
        // An e with an acute accent, two bytes, behind the letters.
        byte[] payload = TestJson.Bytes("{'name':'" + Letters(letters) + "??'}");
        payload[payload.Length - 4] = 0xC3;
        payload[payload.Length - 3] = 0xA9;
        Command command = Read(payload);
        Check(command, "", false);
        Assert.AreEqual(kept, command.NameCount);
        Assert.AreEqual(letters >= 31 ? 'a' : 0xC3, (int)command.Payload[command.NameOffset + 30]);
    }

    [TestMethod]
    public void Read_forgets_the_command_before()
    {
        CommandReader reader = new(TestJson.Id(3));
        Command command = new();
        Read(reader, TestJson.Bytes("{" + Id + ",'code':'123456789012','name':'Anna',"
            + "'common_code_key':'ab','x':'"), CommandAction.Create, command);
        Assert.AreEqual('b', (int)command.Payload[command.CommonKeyOffset + 1]);
        Read(reader, TestJson.Bytes("{'code':'1234'}"), CommandAction.Create, command);
        Check(command, "", false);
        Assert.AreEqual(4, command.CodeCount);
        Assert.AreEqual(0, command.NameCount);
        Assert.AreEqual(0, command.CommonKeyCount);
        command.Clear();
        Assert.AreEqual(0, command.CodeCount);
        Assert.IsTrue(command.Payload == null);
    }

    [TestMethod]
    [DataRow("'keyway_offline_index':0", 0)]
    [DataRow("'keyway_offline_index':65535", 65535)]
    [DataRow("'page_cursor':'0'", 0)]
    [DataRow("'page_cursor':'9'", 9)]
    [DataRow("'page_cursor':'1900'", 1900)]
    [DataRow("'max_time_rounding':'1hour'", 3600)]
    [DataRow("'max_time_rounding':'1h'", 3600)]
    [DataRow("'max_time_rounding':'1day'", 86400)]
    [DataRow("'max_time_rounding':'1d'", 86400)]
    public void Read_takes_numbers_and_words_of_their_range(string member, int value)
    {
        Command command = Read("{" + Id + "," + member + "}");
        Check(command, "", true);
        Assert.AreEqual(
            value, command.OfflineIndex + command.PageCursor + command.MaxRoundingSeconds);
    }

    [TestMethod]
    [DataRow("'keyway_offline_index':65536", "keyway_offline_index: must be a whole number")]
    [DataRow("'page_cursor':''", "page_cursor: is none")]
    [DataRow("'page_cursor':'10000'", "page_cursor: is none")]
    public void Read_refuses_numbers_beyond_their_range(string member, string message) =>
        Check(Read("{" + Id + "," + member + "}"), message, true);

    [TestMethod]
    public void Read_tells_the_label_of_an_offline_code()
    {
        Command command = Read("{" + Id + ",'keyway_offline_label':'one_time'}");
        Assert.IsTrue(command.IsOneTimeLabel);
        command = Read("{" + Id + ",'keyway_offline_label':'time_bound'}");
        Check(command, "", true);
        Assert.IsFalse(command.IsOneTimeLabel);
    }

    private static Command Read(string json) => Read(TestJson.Bytes(json));

    private static Command Read(byte[] payload)
    {
        Command command = new();
        Read(new CommandReader(TestJson.Id(3)), payload, CommandAction.Create, command);
        return command;
    }

    // An empty message: nothing is refused.
    private static void Check(Command command, string message, bool hasId)
    {
        string actual = command.Refusal == Refusal.None ? "" : AnswerWriter.MessageOf(
            command.Refusal, command.RefusedMember,
            AnswerWriter.JsonDetail(command.JsonError, command.JsonPosition));
        Assert.IsTrue(message == "" ? actual == "" : actual.StartsWith(message), actual);
        Assert.AreEqual(hasId, command.Has(CommandMember.ActionAttemptId));
    }

    private static byte[] Padded(string start, int count)
    {
        byte[] payload = new byte[count];
        byte[] bytes = TestJson.Bytes(start);
        bytes.CopyTo(payload, 0);
        for (int i = bytes.Length; i < count; i++)
        {
            payload[i] = (byte)'x';
        }

        return payload;
    }

    private static string Letters(int count)
    {
        string letters = "";
        for (int i = 0; i < count; i++)
        {
            letters += "a";
        }

        return letters;
    }

    private static void Read(
        CommandReader reader, byte[] payload, CommandAction action, Command command) =>
        reader.Read(payload, 0, payload.Length, action, command);
}
