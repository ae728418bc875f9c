using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class AnswerWriterTests
{
    private const string Attempt =
        "{'action_attempt_id':'a77e3b70-0000-4000-8000-000000000001',"
        + "'action_type':'CREATE_ACCESS_CODE','status':";

    private const string Ongoing = "'type':'ongoing','status':'set','starts_at':null,"
        + "'ends_at':null,'created_at':null}";

    private const string Upcoming = "'type':'time_bound','status':'unset',"
        + "'starts_at':'1970-01-01T00:00:02Z','ends_at':'1970-01-01T00:00:03Z',"
        + "'created_at':'1970-01-01T00:00:01Z'}";

    [TestMethod]
    public void A_stored_code_is_a_success() =>
        Assert.AreEqual(Success(1) + Ongoing + "}", FromFrame(TestBook.Code(1).Bytes));

    [TestMethod]
    public void A_code_with_a_window_says_it_and_is_unset_before_its_start()
    {
        AccessCode code = TestBook.Code(1);
        code.CreatedAt = 1;
        code.StartsAt = 2;
        code.EndsAt = 3;
        code.Set(CodeOptions.AnsweredUnset, true);
        Assert.AreEqual(Success(1) + Upcoming + "}", FromFrame(code.Bytes));
        code.Set(CodeOptions.AnsweredUnset, false);
        Assert.IsTrue(FromFrame(code.Bytes).IndexOf("'time_bound','status':'set'") > 0);
    }

    [TestMethod]
    public void An_attempt_that_found_its_code_stored_is_a_success_of_that_code()
    {
        byte[] frame = TestBook.Attempt(1);
        TestBook.Id(5).CopyTo(frame, Frame.AccessCodeId);
        Frame.PutUInt32(frame, Frame.Detail, 2);
        Frame.PutUInt32(frame, Frame.Detail + 4, 3);
        Frame.PutUInt32(frame, Frame.Detail + 8, 1);
        Frame.PutUInt16(frame, Frame.AttemptOptions, (int)CodeOptions.AnsweredUnset);
        Assert.AreEqual(Success(5) + Upcoming + "}", FromFrame(frame));
    }

    [TestMethod]
    public void A_refused_attempt_names_type_member_and_the_other_code()
    {
        byte[] frame = TestBook.Attempt(1);
        frame[Frame.Error] = (byte)Refusal.DigitsTaken;
        frame[Frame.Member] = (byte)CommandMember.Code;
        Assert.AreEqual(Attempt + "'error','result':null,"
            + "'error':{'type':'duplicate_code_on_device',"
            + "'message':'code: has digits that exist on this lock'}}", FromFrame(frame));
        TestBook.Id(5).CopyTo(frame, Frame.Detail);
        Assert.IsTrue(FromFrame(frame).EndsWith(
            "lock: access code a77e3b70-0000-4000-8000-000000000005'}}"));
    }

    [TestMethod]
    public void A_refusal_that_is_not_stored_has_the_same_form()
    {
        Command command = new();
        TestBook.Id(1).CopyTo(command.ActionAttemptId, 0);
        command.RefuseJson(CommandMember.Payload, JsonError.Truncated, 7);
        Assert.AreEqual(Attempt + "'error','result':null,'error':{'type':'invalid_input',"
            + "'message':'payload: ends too early at byte 7'}}",
            Refused(command));
    }

    [TestMethod]
    public void A_refusal_of_sound_JSON_says_only_what_is_wrong()
    {
        Command command = new();
        TestBook.Id(1).CopyTo(command.ActionAttemptId, 0);
        command.Refuse(CommandMember.Code, Refusal.Missing);
        Assert.AreEqual(Attempt + "'error','result':null,'error':{'type':'invalid_input',"
            + "'message':'code: is required'}}",
            Refused(command));
    }

    [TestMethod]
    public void State_tells_all_but_the_digits()
    {
        TestBook shelf = new();
        AccessCode code = TestBook.Code(1);
        code.Slot = 7;
        string start = "{'access_code_id':'" + TestJson.Id(1) + "','device_id':'"
            + TestJson.Id(9) + "','name':";
        CheckStart(start + "'Access code 8'," + Ongoing.Substring(0, Ongoing.Length - 1), code);
        TestJson.Bytes("Anna \"A\"").CopyTo(code.Bytes, AccessCode.NameOffset);
        CheckStart(start + "'Anna \\'A\\'','type':'ongoing'", code);
        code.Options = CodeOptions.ExternalModification | CodeOptions.UsesPool;
        shelf.Answers.State(code);
        string text = shelf.Written;
        Assert.IsTrue(text.EndsWith("'is_managed':true,'is_scheduled_on_device':false,"
            + "'is_external_modification_allowed':true,'is_one_time_use':false,"
            + "'is_offline_access_code':false,'is_backup':false,"
            + "'is_backup_access_code_available':true,'errors':[],'warnings':[],"
            + "'pending_mutations':[]}"), text);
    }

    [TestMethod]
    public void A_deferred_code_says_when_it_will_be_set()
    {
        AccessCode code = TestBook.Code(1);
        code.CreatedAt = 1;
        code.StartsAt = 7200;
        code.EndsAt = 7300;
        code.Options = CodeOptions.Deferred | CodeOptions.Waiting;
        CheckDeferring(code, "'1970-01-01T00:00:01Z'");
        code.CreatedAt = 0;
        CheckDeferring(code, "null");
    }

    private static void CheckDeferring(AccessCode code, string createdAt)
    {
        TestBook shelf = new();
        shelf.Answers.State(code);
        string text = shelf.Written;
        Assert.IsTrue(text.IndexOf("'is_scheduled_on_device':false") > 0, text);
        Assert.IsTrue(text.EndsWith("'pending_mutations':[{'mutation_code':"
            + "'deferring_creation','created_at':" + createdAt + ",'scheduled_at':"
            + "'1970-01-01T01:00:00Z','message':"
            + "'Is written to the keypad an hour before it starts.'}]}"), text);
    }

    private static void CheckStart(string expected, AccessCode code)
    {
        TestBook shelf = new();
        shelf.Answers.State(code);
        string text = shelf.Written;
        Assert.IsTrue(text.StartsWith(expected), text);
    }

    private static string Success(int accessCode) => Attempt
        + "'success','result':{},'error':null,'access_code':{'access_code_id':'"
        + TestJson.Id(accessCode) + "',";

    private static string Refused(Command command)
    {
        TestBook shelf = new();
        shelf.Answers.FromRefusal(command);
        return shelf.Written;
    }

    private static string FromFrame(byte[] frame)
    {
        AccessCode answer = new();
        System.Array.Copy(frame, 0, answer.Bytes, 0, frame.Length);
        if (frame[Frame.Type] == (byte)FrameType.Code)
        {
            byte[] attempt = new byte[Frame.SizeBytes];
            answer.WriteAttempt(attempt);
            System.Array.Copy(attempt, 0, answer.Bytes, 0, attempt.Length);
        }

        TestBook shelf = new();
        shelf.Answers.FromStored(answer);
        return shelf.Written;
    }
}
