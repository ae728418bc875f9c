using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>access_codes/get and list, and the commands to the door.</summary>
[TestClass]
public class CodeQueryTests
{
    private const string Get = "access_codes/get";
    private const string List = "access_codes/list";
    private const string Unlock = "locks/unlock_door";
    private const string Soon =
        ",'issued_at':'2026-11-24T09:59:50Z','expires_at':'2026-11-24T10:00:50Z'";

    [TestMethod]
    public void Get_tells_a_code_without_digits_and_stores_nothing()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "48151623") + ",'name':'Anna'}");
        door.Settle();
        int before = door.Chip.DeviceSteps;
        door.Order(Get, 2, 1, "");
        string found = door.LastFound;
        Assert.IsTrue(found.StartsWith("{'action_attempt_id':'" + TestJson.Id(2)
            + "','status':'success','error':null,'access_code':{'access_code_id':'"
            + TestJson.Id(1)), found);
        Assert.IsTrue(found.IndexOf("'name':'Anna'") > 0, found);
        Assert.IsTrue(found.EndsWith(",'pending_mutations':[]}}"), found);
        Assert.AreEqual(before, door.Chip.DeviceSteps);
        Assert.IsFalse(door.HasPublished("48151623"));
        door.Order(Get, 2, 7, "");
        Assert.IsTrue(door.LastFound.IndexOf("'access_code_not_found'") > 0, door.LastFound);
    }

    [TestMethod]
    [DataRow("", 2)]
    [DataRow(",'limit':1", 1)]
    public void List_gives_pages_that_fit_a_payload(string limit, int most)
    {
        TestLock door = TestLock.Running();
        string name = ",'name':'12345678901234567890123456789012','starts_at':"
            + "'2027-11-24T08:00:00Z','ends_at':'2027-11-25T10:00:00Z',"
            + "'prefer_native_scheduling':false}";
        for (int i = 1; i <= 7; i++)
        {
            door.Send(TestLock.Create(i, "" + (1000 + i)) + name);
        }

        string cursor = "";
        int seen = 0;
        for (int page = 0; page < 7 && cursor != "null"; page++)
        {
            door.Order(List, 20, 0,
                limit + (cursor == "" ? "" : ",'page_cursor':'" + cursor + "'"));
            string found = door.LastFound;
            Assert.IsTrue(found.Length <= Limits.PublishBytes && found.EndsWith("}"), found);
            int count = TestJson.Count(found, "'access_code_id'");
            Assert.IsTrue(count <= most, found);
            seen += count;
            cursor = TestJson.Member(found, "next_cursor");
        }

        Assert.AreEqual(7, seen);
        Assert.AreEqual("null", cursor);
    }

    [TestMethod]
    public void Names_that_grow_when_escaped_make_a_shorter_page()
    {
        TestLock door = TestLock.Running();
        string name = "";
        for (int i = 0; i < Limits.NameBytes; i++)
        {
            name += "\\u0001";
        }

        for (int i = 1; i <= 2; i++)
        {
            door.Send(TestLock.Create(i, "" + (1000 + i)) + ",'name':'" + name
                + "','starts_at':'2027-11-24T08:00:00Z','ends_at':'2027-11-25T10:00:00Z',"
                + "'prefer_native_scheduling':false,'allow_external_modification':true}");
        }

        door.Order(List, 20, 0, "");
        int count = TestJson.Count(door.LastFound, "'access_code_id'");
        Assert.IsTrue(count >= 1 && door.LastFound.EndsWith("}"), door.LastFound);
        door.Order(List, 21, 0, ",'page_cursor':'" + count + "'");
        Assert.AreEqual(2 - count, TestJson.Count(door.LastFound, "'access_code_id'"));
    }

    [TestMethod]
    public void Two_codes_that_do_not_fit_are_two_pages()
    {
        TestBook shelf = new();
        shelf.Clock.SetUtc(TestLock.Utc);
        shelf.Time.Step(out _, out _);
        shelf.Book.Times.NoteFailed();
        for (int i = 1; i <= 2; i++)
        {
            AccessCode code = TestBook.Code(i);
            code.StartsAt = TestLock.Utc;
            code.EndsAt = TestLock.Utc + 1;
            code.Options = CodeOptions.Deferred | CodeOptions.Waiting
                | CodeOptions.ModifiedAtKeypad;
            for (int j = 0; j < Limits.NameBytes; j++)
            {
                code.Bytes[AccessCode.NameOffset + j] = 1;
            }

            shelf.Add(code);
        }

        string page = ListOf(shelf, Listed());
        Assert.AreEqual(1, TestJson.Count(page, "'access_code_id'"), page);
        Assert.AreEqual("1", TestJson.Member(page, "next_cursor"));
    }

    [TestMethod]
    public void A_list_is_an_array_and_no_answer_while_the_chip_is_away()
    {
        TestLock door = TestLock.Running();
        string start = "{'action_attempt_id':'" + TestJson.Id(20)
            + "','status':'success','error':null,'access_codes':[";
        door.Order(List, 20, 0, "");
        Assert.AreEqual(start + "],'next_cursor':null}", door.LastFound);
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Order(List, 20, 0, "");
        string found = door.LastFound;
        Assert.IsTrue(found.StartsWith(start + "{'access_code_id':'"), found);
        Assert.IsTrue(found.EndsWith("'pending_mutations':[]}],'next_cursor':null}"), found);
        door.Chip.IsGone = true;
        door.Order(List, 20, 0, "");
        door.Order(Get, 21, 1, "");
        Assert.AreEqual(2, door.CountOn("/answers"));
    }

    [TestMethod]
    public void Free_slots_between_codes_shorten_no_page()
    {
        TestBook shelf = new();
        shelf.Reload(3 * Limits.SlotsPerSlice);
        Command command = Listed();
        for (int i = 0; i < 3; i++)
        {
            AccessCode code = TestBook.Code(i + 1);
            code.Slot = (i + 1) * Limits.SlotsPerSlice - 2;
            Assert.AreEqual((int)StorageStatus.Ok, (int)shelf.Book.Replace(code, out _));
        }

        string page = ListOf(shelf, command);
        Assert.AreEqual(2, TestJson.Count(page, "'access_code_id'"));
        Assert.AreEqual("190", TestJson.Member(page, "next_cursor"));
        command.Set(CommandMember.PageCursor, 190);
        page = ListOf(shelf, command);
        Assert.AreEqual(1, TestJson.Count(page, "'access_code_id'"));
        Assert.AreEqual("null", TestJson.Member(page, "next_cursor"));
    }

    [TestMethod]
    public void Codes_that_rotted_shorten_no_page()
    {
        TestBook shelf = new();
        for (int i = 1; i <= Limits.SlotsPerStep + 2; i++)
        {
            int location = shelf.Add(TestBook.Code(i));
            if (i <= Limits.SlotsPerStep)
            {
                shelf.Rot(location, Frame.EndsAt);
            }
        }

        Command command = Listed();
        long before = shelf.Chip.Counters.Reads;
        string page = ListOf(shelf, command);

        // What looks damaged is read twice.
        Assert.AreEqual(2L * Limits.SlotsPerStep + 2, shelf.Chip.Counters.Reads - before);
        Assert.AreEqual(2, TestJson.Count(page, "'access_code_id'"));
        Assert.AreEqual("null", TestJson.Member(page, "next_cursor"));
    }

    [TestMethod]
    public void A_window_rewritten_on_the_flash_is_not_listed()
    {
        TestBook shelf = new();
        int at = shelf.Add(TestBook.Code(1)) * Frame.SizeBytes;
        shelf.Add(TestBook.Code(2));
        byte[] image = shelf.Chip.Image;
        Frame.PutUInt32(image, at + Frame.StartsAt, 1);
        Frame.PutUInt32(image, at + Frame.EndsAt, uint.MaxValue);
        uint sequence = Frame.GetUInt32(image, at / 4096 * 4096 + 4);
        new Checksum().Seal(sequence, image, at, AccessCode.FrameCount);
        string page = ListOf(shelf, Listed());
        Assert.AreEqual(1, TestJson.Count(page, "'access_code_id'"), page);
        Assert.IsTrue(page.IndexOf(TestJson.Id(2)) > 0, page);
    }

    [TestMethod]
    [DataRow(",'page_cursor':'x'", "page_cursor: is none")]
    [DataRow(",'page_cursor':7", "page_cursor: must be a string")]
    [DataRow(",'limit':'7'", "limit: must be a whole number")]
    [DataRow(",'limit':-1", "limit: must be a whole number")]
    public void A_wrong_question_is_refused(string members, string message)
    {
        TestLock door = TestLock.Running();
        door.Order(List, 20, 0, members);
        Assert.IsTrue(door.LastFound.IndexOf(message) > 0, door.LastFound);
    }

    [TestMethod]
    [DataRow("", "access_code_id: is required")]
    [DataRow(",'device_id':'a77e3b70-0000-4000-8000-000000000001'", "'device_not_found'")]
    [DataRow(",'expires_at':'2026-11-24T10:00:00Z','access_code_id':"
        + "'a77e3b70-0000-4000-8000-000000000001'", "'command_expired'")]
    public void A_question_is_judged_as_a_command(string members, string part)
    {
        TestLock door = TestLock.Running();
        door.Order(Get, 20, 0, members);
        Assert.IsTrue(door.LastFound.IndexOf(part) > 0, door.LastFound);
    }

    [TestMethod]
    public void Unlock_moves_the_strike_once()
    {
        TestLock door = TestLock.Running();
        door.Order(Unlock, 1, 0, Soon);
        Assert.IsTrue(door.IsOpen);
        Assert.IsTrue(door.LastEvent.IndexOf("'lock.unlocked'") > 0, door.LastEvent);
        Assert.IsTrue(door.LastAnswer.IndexOf("'UNLOCK_DOOR','status':'success'") > 0);
        door.Rest();
        door.Order(Unlock, 1, 0, Soon);
        Assert.IsFalse(door.IsOpen);
        door.PowerCut();
        door.Order(Unlock, 1, 0, Soon);
        Assert.IsFalse(door.IsOpen);
        door.Order(Unlock, 2, 0, Soon);
        Assert.IsTrue(door.IsOpen);
        door.Order("locks/lock_door", 3, 0, Soon);
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.LastAnswer.IndexOf("'LOCK_DOOR','status':'success'") > 0);
    }

    [TestMethod]
    public void Clocks_may_differ_a_little()
    {
        TestLock door = TestLock.Running();
        door.Order(Unlock, 1, 0, ",'issued_at':'2026-11-24T10:00:05Z',"
            + "'expires_at':'2026-11-24T10:01:05Z'");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    [DataRow("", "invalid_input")]
    [DataRow(",'issued_at':'2026-11-24T09:59:50Z'", "invalid_input")]
    [DataRow(",'issued_at':'2026-11-24T09:59:50Z','expires_at':'2026-11-24T10:00:51Z'",
        "invalid_input")]
    [DataRow(",'issued_at':'2026-11-24T09:59:00Z','expires_at':'2026-11-24T10:00:00Z'",
        "command_expired")]
    [DataRow(",'issued_at':'2026-11-24T10:00:10Z','expires_at':'2026-11-24T10:01:10Z'",
        "is more than 60 seconds ahead of this lock")]
    [DataRow(",'issued_at':'2027-11-24T10:00:00Z','expires_at':'2027-11-24T10:00:50Z'",
        "is more than 60 seconds ahead of this lock")]
    public void An_old_unlock_moves_nothing(string times, string type)
    {
        TestLock door = TestLock.Running();
        door.Order(Unlock, 1, 0, times);
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.LastAnswer.IndexOf(type) > 0, door.LastAnswer);
        door.Clock.ForgetUtc();
        door.Order(Unlock, 2, 0, Soon);
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.LastAnswer.IndexOf("clock_not_known") > 0, door.LastAnswer);
    }

    private static Command Listed()
    {
        Command command = new();
        command.Clear();
        command.Action = CommandAction.List;
        return command;
    }

    private static string ListOf(TestBook shelf, Command command)
    {
        Questions questions = new(shelf.Book, shelf.Answers, new AccessCode());
        bool isAnswered;
        while (!questions.Step(command, out isAnswered))
        {
        }

        Assert.IsTrue(isAnswered);
        return shelf.Written;
    }
}
