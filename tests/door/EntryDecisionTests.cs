using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class EntryDecisionTests
{
    [TestMethod]
    public void Before_the_state_is_known_nothing_opens_and_nothing_counts()
    {
        TestBook shelf = WithCode(CodeOptions.None);
        Lockout lockout = new(shelf.State, 15);
        EntryDecision decision = DecisionOf(shelf, lockout, null);
        decision.Begin(Entry("1234"), 0);
        Assert.AreEqual((int)CodeMatch.NotReady, (int)decision.Match);
        decision.Begin(Entry("9999"), 0);
        Assert.AreEqual((int)CodeMatch.NotReady, (int)decision.Match);
        Assert.AreEqual(0u, shelf.State.WrongEntries);
        lockout.Start(0, true);
        decision.Begin(Entry("1234"), 0);
        Assert.AreEqual((int)CodeMatch.Opens, (int)decision.Match);
    }

    [TestMethod]
    public void A_mark_that_has_no_room_yet_is_tried_until_the_feedback()
    {
        TestBook shelf = WithCode(CodeOptions.OneTime | CodeOptions.Duress);
        EntryDecision decision = DecisionOf(shelf, Started(shelf), null);
        FillHead(shelf);
        decision.Begin(Entry("1234"), 0);
        decision.Step(0);
        Assert.AreEqual((int)CodeMatch.NotReady, (int)decision.Match);
        Assert.AreEqual(0u, shelf.State.WrongEntries);
        shelf.MakeReady();
        decision.Step(0);
        Assert.AreEqual((int)CodeMatch.Opens, (int)decision.Match);
        Assert.IsTrue(decision.IsDuress);
        decision.Begin(Entry("1234"), 0);
        Assert.AreEqual((int)CodeMatch.Used, (int)decision.Match);
        Assert.IsFalse(decision.IsDuress);
        Assert.AreEqual(1u, shelf.State.WrongEntries);
    }

    [TestMethod]
    public void A_slot_that_has_another_code_meanwhile_is_not_marked()
    {
        TestBook shelf = WithCode(CodeOptions.OneTime);
        EntryDecision decision = DecisionOf(shelf, Started(shelf), null);
        FillHead(shelf);
        decision.Begin(Entry("1234"), 0);
        shelf.Book.Slots.Empty(0);
        shelf.MakeReady();
        decision.Step(0);
        Assert.AreEqual((int)CodeMatch.NotReady, (int)decision.Match);
    }

    [TestMethod]
    public void The_master_code_is_no_access_code()
    {
        TestBook shelf = WithCode(CodeOptions.None);
        EntryDecision decision = DecisionOf(shelf, Started(shelf), "12345678");
        decision.Begin(Entry("12345678"), 0);
        Assert.AreEqual((int)CodeMatch.Master, (int)decision.Match);
        decision.Begin(Entry("123456780"), 0);
        Assert.AreEqual((int)CodeMatch.Unknown, (int)decision.Match);
        decision.Begin(Entry("1234"), 0);
        Assert.AreEqual((int)CodeMatch.Opens, (int)decision.Match);
        Assert.IsTrue(Uuid.AreEqual(decision.FoundId, 0, TestBook.Id(1), 0));
        decision.Begin(Entry("1235"), 0);
        Assert.IsTrue(Uuid.IsZero(decision.FoundId, 0));
    }

    [TestMethod]
    public void An_offline_check_that_is_not_done_by_the_feedback_is_a_wrong_entry()
    {
        TestBook shelf = WithCode(CodeOptions.None);
        shelf.Clock.SetUtc(TestLock.Utc);
        shelf.Time.Step(out _, out _);
        EntryDecision decision = DecisionOf(shelf, Started(shelf), null);
        decision.Begin(Entry("123456789"), 0);
        Assert.AreEqual(0u, shelf.State.WrongEntries);
        decision.Finish(0);
        Assert.AreEqual((int)CodeMatch.Unknown, (int)decision.Match);
        Assert.AreEqual(1u, shelf.State.WrongEntries);
        decision.Finish(0);
        for (int i = 0; i < 1000; i++)
        {
            decision.Step(0);
        }

        Assert.AreEqual(1u, shelf.State.WrongEntries, "counts once");
    }

    [TestMethod]
    public void An_offline_code_that_cannot_be_kept_by_the_feedback_is_no_wrong_entry()
    {
        TestBook shelf = WithCode(CodeOptions.None);
        shelf.Clock.SetUtc(TestLock.Utc);
        shelf.Time.Step(out _, out _);
        byte[] id = new byte[Uuid.SizeBytes];
        byte[] digits = new byte[Limits.CodeDigitsMax];
        OfflineCode.WriteId(true, (uint)(TestLock.Utc / OfflineCode.HourSeconds), 7, id, 0);
        Assert.IsTrue(new OfflineCode(new ManagedHmac(), Settings().OfflineSecret)
            .TryMakeFromId(id, 0, digits));
        EntryDecision decision = DecisionOf(shelf, Started(shelf), null);
        FillHead(shelf);
        decision.Begin(
            Entry(System.Text.Encoding.UTF8.GetString(digits, 0, OfflineCode.Digits)), 0);
        for (int i = 0; i < 1000; i++)
        {
            decision.Step(0);
        }

        decision.Finish(0);
        Assert.AreEqual((int)CodeMatch.NotReady, (int)decision.Match);
        Assert.AreEqual(0u, shelf.State.WrongEntries);
        shelf.MakeReady();
        decision.Step(0);
        Assert.AreEqual((int)CodeMatch.NotReady, (int)decision.Match, "its time is over");
    }

    private static TestBook WithCode(CodeOptions options)
    {
        TestBook shelf = new();
        CodeEntry entry = Entry("1234");
        AccessCode code = TestBook.Code(1);
        code.Options = options;
        shelf.Secret.ComputeDigitsMac(entry.Digits, entry.Count, code.Bytes, Frame.DigitsMac);
        shelf.Add(code);
        return shelf;
    }

    private static EntryDecision DecisionOf(TestBook shelf, Lockout lockout, string master)
    {
        if (master != null)
        {
            shelf.Secret.TakeMaster(master);
        }

        return new EntryDecision(shelf.Book, lockout,
            new OfflineEntry(
                new OfflineCheck(new OfflineCode(new ManagedHmac(), Settings().OfflineSecret)),
                shelf.Book, shelf.Room, null, new AccessCode()),
            new AccessCode());
    }

    private static AgentSettings Settings() =>
        new(TestJson.Id(9), new byte[DeviceSecret.SizeBytes])
        {
            OfflineSecret = new byte[DeviceSecret.SizeBytes],
        };

    private static Lockout Started(TestBook shelf)
    {
        Lockout lockout = new(shelf.State, 15);
        lockout.Start(0, true);
        return lockout;
    }

    private static CodeEntry Entry(string digits)
    {
        CodeEntry entry = new();
        char[] keys = digits.ToCharArray();
        for (int i = 0; i < keys.Length; i++)
        {
            entry.Press(keys[i], 0);
        }

        return entry;
    }

    private static void FillHead(TestBook shelf)
    {
        for (int i = 2; shelf.Log.IsReady; i++)
        {
            shelf.Append(TestBook.Attempt(i));
        }
    }
}
