using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class EventLogTests
{
    [TestMethod]
    public void An_event_is_stored_with_the_next_number_and_sent_with_it()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        events.Note(EventKind.CommandRetained, 0);
        Assert.IsFalse(events.IsStored);
        Assert.IsTrue(board.Outbox.IsEmpty);
        events.Step();
        Assert.IsTrue(events.IsStored);
        events.Note(EventKind.CommandRetained, 0);
        events.Step();
        board.Step(2);
        Assert.AreEqual("e1 e2", board.Sent());
        Assert.AreEqual(3u, board.Shelf.Events.Next);
        string first = IdOf(board, 0);
        Assert.AreNotEqual(first, IdOf(board, 1));

        // After a reboot it is the same event.
        board.Shelf.Reload(20);
        board.Broker.ClearPublished();
        Outbox outbox = board.NewOutbox();
        outbox.Step();
        Assert.AreEqual(first, IdOf(board, 0));
    }

    [TestMethod]
    public void Events_wait_in_order_for_a_storage_that_is_not_ready()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        board.Shelf.Clock.SetUtc(TestLock.Utc);
        FillHead(board.Shelf);
        events.StorageTrouble(StorageStatus.WriteFailed);
        events.Note(EventKind.CommandRetained, 0);
        events.Step();
        Assert.IsFalse(events.IsStored);
        Assert.AreEqual(1u, board.Shelf.Events.Next);
        board.Shelf.Clock.Advance(60000);
        board.Shelf.MakeReady();
        events.Step();
        events.Step();
        Assert.IsTrue(events.IsStored);
        board.Step(2);
        Assert.AreEqual("e1 e2", board.Sent());
        string text = TestJson.Text(board.Broker.Published(0).Payload);
        Assert.IsTrue(text.IndexOf("did not keep") > 0, text);
        Assert.IsTrue(text.IndexOf("'occurred_at':'2026-11-24T10:00:00Z'") > 0, text);
    }

    [TestMethod]
    public void Of_too_many_that_wait_the_newest_is_overwritten_and_counted()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        for (int i = 1; i <= Limits.WaitingEvents + 1; i++)
        {
            events.Note(EventKind.CodesLost, i);
        }

        Assert.AreEqual(1u, board.Shelf.State.DroppedEvents);
        string counts = "";
        for (int i = 0; i < Limits.WaitingEvents; i++)
        {
            Assert.IsFalse(events.IsStored);
            events.Step();
            board.Step(1);
            string text = TestJson.Text(board.Broker.Published(i).Payload);
            counts += text.Substring(text.IndexOf("'message':'") + 11, 1);
        }

        Assert.AreEqual("1235", counts);
        Assert.IsTrue(events.IsStored);
    }

    [TestMethod]
    public void An_event_that_the_flash_does_not_keep_is_sent_without_a_number()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        board.Shelf.Chip.IsWriteProtected = true;
        events.StorageTrouble(StorageStatus.WriteFailed);
        events.Step();
        Assert.IsTrue(events.IsStored);
        board.Step(1);
        Assert.AreEqual("e0", board.Sent());
        Assert.AreEqual(1u, board.Shelf.Events.Next, "no number is used up");
        board.Shelf.Chip.IsWriteProtected = false;
        events.Note(EventKind.CommandRetained, 0);
        events.Step();
        board.Step(1);
        Assert.AreEqual("e0 e1", board.Sent());
    }

    [TestMethod]
    public void The_oldest_event_goes_when_there_are_too_many_and_is_counted()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        for (int i = 0; i < Limits.Events + 2; i++)
        {
            events.Note(EventKind.CommandRetained, 0);
            events.Step();
            board.Shelf.Clock.Advance(2);
            board.Shelf.Log.Step(true);
        }

        Assert.AreEqual(Limits.Events, board.Shelf.Events.Count);
        Assert.AreEqual(2u, board.Shelf.State.DroppedEvents);
        Assert.AreEqual(2u, board.Shelf.State.AcknowledgedEvents);
        board.Step(1);
        Assert.AreEqual("e3", board.Sent());
    }

    [TestMethod]
    public void Before_a_mount_events_are_sent_without_a_number()
    {
        OutboxBoard board = new();
        SlotLog log = new(new SpiNorFlash(board.Shelf.Chip, board.Shelf.Clock), 0, 16);
        LockState state = new(log, board.Shelf.Clock);
        FrameWindow window = new(Limits.Events);
        Outbox outbox = new(board.Broker, board.Shelf.Json, log, null,
            new ActionAttempts(log, Limits.RememberedMin), window, state, new Topics("d"),
            board.Shelf.Answers, new AccessCode());
        EventLog events = new(
            log, window, state, outbox, board.Shelf.Time, new SeededRandom(1),
            new byte[Frame.SizeBytes]);
        events.StorageTrouble(StorageStatus.UnknownFormat);
        events.Step();
        outbox.Step();
        Assert.AreEqual("e0", board.Sent());
    }

    [TestMethod]
    public void A_number_that_is_too_large_is_told_as_the_largest()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        events.Note(EventKind.LockedOut, 70_000);
        events.Step();
        board.Step(1);
        Assert.IsTrue(TextOf(board, 0).EndsWith("'seconds':65535}"), TextOf(board, 0));
    }

    [TestMethod]
    public void A_refused_command_is_told_with_the_place_of_its_error()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        Command command = new();
        command.RefuseJson(CommandMember.Code, JsonError.DuplicateMember, 300);
        events.CommandRefused(command);
        events.Step();
        board.Step(1);
        Assert.IsTrue(TextOf(board, 0).IndexOf("twice at byte 300") > 0, TextOf(board, 0));
    }

    [TestMethod]
    public void An_event_holds_nothing_of_one_before_it()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        events.Duress(TestBook.Id(5));
        events.Step();
        events.Note(EventKind.Tamper, 0);
        events.Step();
        byte[] frame = new byte[Frame.SizeBytes];
        FrameWindow window = board.Shelf.Events;
        StorageStatus status = board.Shelf.Log.Read(window.LocationOf(2), frame, 1);
        Assert.AreEqual((int)StorageStatus.Ok, (int)status);
        Assert.AreEqual((int)EventKind.Tamper, (int)frame[Frame.Action]);
        Assert.IsTrue(Uuid.IsZero(frame, Frame.AccessCodeId));
        Assert.AreEqual(SectorIndex.NoSlot, (int)Frame.GetUInt16(frame, Frame.Slot));
    }

    [TestMethod]
    public void A_change_that_is_overwritten_while_it_waits_has_all_codes_told_again()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        FillHead(board.Shelf);
        board.Shelf.State.ToldUtc = 7;
        for (int i = 0; i < Limits.WaitingEvents; i++)
        {
            events.Changed(CodeChange.SetOnDevice, TestBook.Attempt(i));
        }

        Assert.AreEqual(0, events.LostChanges);
        events.Note(EventKind.Tamper, 0);
        Assert.AreEqual(1, events.LostChanges);
        Assert.AreEqual(0u, board.Shelf.State.ToldUtc);
        events.Note(EventKind.Tamper, 0);
        Assert.AreEqual(1, events.LostChanges, "that was no change");
    }

    private static EventLog LogOf(OutboxBoard board) =>
        board.EventsOver(board.Outbox);

    private static string IdOf(OutboxBoard board, int index) =>
        TextOf(board, index).Substring(0, 50);

    private static string TextOf(OutboxBoard board, int index) =>
        TestJson.Text(board.Broker.Published(index).Payload);

    // Nobody makes sectors ready: the lock is busy with its keypad.
    private static void FillHead(TestBook shelf)
    {
        for (int i = 1; shelf.Log.IsReady; i++)
        {
            shelf.Append(TestBook.Attempt(i));
        }

        shelf.Attempts.Window.RaiseFloor(Limits.Slots);
        shelf.State.AcknowledgedAnswers = Limits.Slots;
    }
}
