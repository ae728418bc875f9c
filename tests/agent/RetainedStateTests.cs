using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>The states of codes at the broker are those of the lock, whatever came between.
/// </summary>
[TestClass]
public class RetainedStateTests
{
    private const long Hour = 3600;

    // From 14:00 to 16:00; the clock of the tests says 10:00 at first.
    private const string Window =
        ",'starts_at':'2026-11-24T14:00:00Z','ends_at':'2026-11-24T16:00:00Z'}";

    [TestMethod]
    public void A_command_during_a_pass_loses_no_state()
    {
        TestLock door = TestLock.Running();
        for (int i = 1; i <= 18; i++)
        {
            door.Send(TestLock.Create(i, "" + (1110 + i)) + Window);
        }

        door.Settle();
        door.Clock.SetUtc(TestLock.Utc + 4 * Hour);
        door.Step(2);
        door.Send(TestLock.Create(19, "2222") + "}");
        door.Settle();
        for (int i = 1; i <= 18; i++)
        {
            Assert.IsTrue(door.StateOf(i).IndexOf("'status':'set'") > 0, door.StateOf(i));
        }
    }

    [TestMethod]
    public void What_came_while_the_broker_was_away_is_told_after_a_power_cut()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window);
        door.Settle();
        door.Broker.DropConnection();
        door.Broker.RefuseConnections = true;
        door.Clock.SetUtc(TestLock.Utc + 4 * Hour);
        door.Pass(3 * Limits.StateDelayMs);
        door.CutPower();
        door.Broker.RefuseConnections = false;
        door.PowerUp();
        door.Settle();
        Assert.IsTrue(door.StateOf(1).IndexOf("'status':'set'") > 0, door.StateOf(1));

        // Once the broker has it, it is not told again.
        door.Broker.ClearPublished();
        door.PowerCut();
        Assert.AreEqual("", door.StateOf(1));
    }

    [TestMethod]
    public void A_clock_set_back_over_a_start_is_told()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window);
        door.Clock.SetUtc(TestLock.Utc + 5 * Hour);
        door.Settle();
        Assert.IsTrue(door.StateOf(1).IndexOf("'status':'set'") > 0, door.StateOf(1));
        door.Clock.SetUtc(TestLock.Utc + 3 * Hour);
        door.Settle();
        Assert.IsTrue(door.StateOf(1).IndexOf("'status':'unset'") > 0, door.StateOf(1));
    }

    [TestMethod]
    public void A_lock_whose_state_says_nothing_told_tells_all_codes_at_its_start()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Settle();
        door.Broker.ClearPublished();
        door.PowerCut();
        Assert.AreEqual("", door.StateOf(1));
        Untell(door);
        door.PowerCut();
        Assert.IsTrue(door.StateOf(1).IndexOf("'status':'set'") > 0, door.StateOf(1));
    }

    [TestMethod]
    public void The_event_of_a_code_that_is_gone_is_not_dropped_for_others()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        events.Changed(CodeChange.RemovedFromDevice, TestBook.Code(2).Bytes);
        for (int i = 0; i < 2 * Limits.Events; i++)
        {
            Note(board, events);
        }

        Assert.AreEqual(0, events.LostChanges);
        Assert.AreEqual(Limits.Events, board.Shelf.Events.Count);
        Assert.IsTrue(Drain(board, TestJson.Id(2)), "its state is emptied");
    }

    [TestMethod]
    public void Of_too_many_code_changes_the_oldest_goes_and_all_states_are_told_again()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        board.Shelf.State.ToldUtc = 5;
        int moved = 0;
        for (int i = 0; i <= Limits.Events; i++)
        {
            Assert.AreEqual(0, events.LostChanges);
            events.Changed(CodeChange.SetOnDevice, TestBook.Code(2).Bytes);
            moved = Settle(board, events);
        }

        Assert.AreEqual(Limits.MovedEvents, moved, "then one goes");
        Assert.AreEqual(1, events.LostChanges);
        Assert.AreEqual(1u, board.Shelf.State.DroppedEvents);
        Assert.AreEqual(0u, board.Shelf.State.ToldUtc);
    }

    [TestMethod]
    public void A_change_that_the_flash_does_not_keep_is_told_all_the_same()
    {
        OutboxBoard board = new();
        EventLog events = LogOf(board);
        board.Shelf.Chip.IsWriteProtected = true;
        events.Changed(CodeChange.RemovedFromDevice, TestBook.Code(2).Bytes);
        board.Step(3);
        Assert.AreEqual("e0 keyway/v1/d/access_codes/state/" + TestJson.Id(2), board.Sent());
        Assert.AreEqual(0, events.LostChanges);
        for (int i = 0; board.Outbox.HasRoomForState; i++)
        {
            board.Outbox.StateChanged(TestBook.Code(i).Bytes);
        }

        events.Changed(CodeChange.RemovedFromDevice, TestBook.Code(2).Bytes);
        Assert.AreEqual(1, events.LostChanges, "there was no room");
    }

    [TestMethod]
    public void A_code_that_cannot_be_read_now_is_not_told_to_be_gone()
    {
        OutboxBoard board = new();
        board.Shelf.Add(TestBook.Code(1));
        board.Step(1);
        board.Shelf.Chip.IsGone = true;
        board.Send("other");
        board.Step(2);
        Assert.AreEqual("a1 other", board.Sent());
        Assert.IsTrue(board.Outbox.StateChanged(TestBook.Code(1).Bytes));
        board.Step(2);
        Assert.AreEqual(2, board.Broker.PublishedCount);
        board.Shelf.Chip.IsGone = false;
        board.Step(2);
        Assert.AreEqual(4, board.Broker.PublishedCount);
        Assert.IsTrue(board.Broker.Published(2).Payload.Length > 0);
        Assert.IsTrue(board.Broker.Published(3).Payload.Length > 0);
    }

    [TestMethod]
    public void A_state_that_waited_is_that_of_when_it_is_sent()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window);
        door.Settle();
        door.Broker.AutoAcknowledge = false;
        door.Clock.SetUtc(TestLock.Utc + 4 * Hour);
        door.Pass(500);
        Assert.IsTrue(door.StateOf(1).IndexOf("'status':'set'") > 0, door.StateOf(1));
        door.Order("access_codes/delete", 2, 1, "");
        door.Broker.DropConnection();
        door.Broker.AutoAcknowledge = true;
        door.Pass(3 * Limits.ReconnectMinMs);
        door.Settle();
        Assert.AreEqual("", door.StateOf(1));
    }

    // As the frame of a lock of before: the told time is 0 in the newest State frame.
    private static void Untell(TestLock door)
    {
        byte[] image = door.Chip.Image;
        for (int at = 0; at < image.Length; at += Frame.SizeBytes)
        {
            if (image[at] == (byte)FrameType.State && image[at + Frame.Group] >> 4 == 1)
            {
                Frame.PutUInt32(image, at + 28, 0);
                uint sequence = Frame.GetUInt32(image, at / 4096 * 4096 + 4);
                new Checksum().Seal(sequence, image, at, 1);
            }
        }
    }

    private static EventLog LogOf(OutboxBoard board) =>
        board.EventsOver(board.Outbox);

    private static void Note(OutboxBoard board, EventLog events)
    {
        events.Note(EventKind.CommandRetained, 0);
        Settle(board, events);
    }

    // Returns how many events it has stored.
    private static int Settle(OutboxBoard board, EventLog events)
    {
        int stored = 0;
        for (; !events.IsStored; stored++)
        {
            events.Step();
            board.Shelf.Clock.Advance(2);
            board.Shelf.Log.Step(true);
            if (board.Shelf.Log.Ring.NeedsReclaim)
            {
                board.Shelf.Reclaim.Step(0);
            }
        }

        return stored;
    }

    private static bool Drain(OutboxBoard board, string id)
    {
        board.Broker.AutoAcknowledge = true;
        board.Step(4 * Limits.Events);
        for (int i = 0; i < board.Broker.PublishedCount; i++)
        {
            if (board.Broker.Published(i).Topic.EndsWith(id))
            {
                return board.Broker.Published(i).Payload.Length == 0;
            }
        }

        return false;
    }
}
