using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class OutboxTests
{
    [TestMethod]
    public void An_answer_goes_before_states_to_tell_and_both_before_events()
    {
        OutboxBoard board = new();
        board.Shelf.AppendEvent();
        Assert.IsTrue(board.Outbox.StateChanged(TestBook.Code(9).Bytes));
        board.Shelf.Append(TestBook.Attempt(1));
        board.Shelf.Add(TestBook.Code(2));
        board.Step(1);
        Assert.AreEqual("a1", board.Sent());
        board.Step(5);
        string ofCode = "keyway/v1/d/access_codes/state/" + TestJson.Id(2);
        string told = " keyway/v1/d/access_codes/state/" + TestJson.Id(9);
        Assert.AreEqual("a1 a2 " + ofCode + told + " e1", board.Sent());
        Assert.IsFalse(board.Broker.Published(0).Retained);
        Assert.IsTrue(board.Broker.Published(2).Retained);
        Assert.IsTrue(board.Broker.Published(3).Retained);
        Assert.AreEqual(0, board.Broker.Published(3).Payload.Length);
        Assert.IsFalse(board.Broker.Published(4).Retained);
    }

    [TestMethod]
    public void It_is_empty_when_all_has_been_acknowledged()
    {
        OutboxBoard board = new();
        Assert.IsTrue(board.Outbox.IsEmpty);
        board.Shelf.Append(TestBook.Attempt(1));
        Assert.IsFalse(board.Outbox.IsEmpty);
        board.Step(3);
        Assert.IsFalse(board.Outbox.IsEmpty);
        board.Acknowledge(0);
        Assert.IsTrue(board.Outbox.IsEmpty);
        board.Shelf.AppendEvent();
        Assert.IsFalse(board.Outbox.IsEmpty);
        board.Step(3);
        board.Acknowledge(0);
        Assert.IsTrue(board.Outbox.IsEmpty);
        board.Outbox.StateChanged(TestBook.Code(9).Bytes);
        Assert.IsFalse(board.Outbox.IsEmpty);
        board.Step(3);
        board.Acknowledge(0);
        Assert.IsTrue(board.Outbox.IsEmpty);

        // What is not kept is not waited for.
        board.Send("other");
        Assert.IsTrue(board.Outbox.IsEmpty);
    }

    [TestMethod]
    public void Acknowledged_is_what_lies_before_the_lowest_number_under_way()
    {
        OutboxBoard board = new();
        board.AppendAttempts(1, 4);
        board.Step(5);
        board.Acknowledge(2);
        Assert.AreEqual(0u, board.Shelf.State.AcknowledgedAnswers);
        board.Acknowledge(0);
        Assert.AreEqual(1u, board.Shelf.State.AcknowledgedAnswers);
        board.Acknowledge(0);
        Assert.AreEqual(3u, board.Shelf.State.AcknowledgedAnswers);
        board.Acknowledge(0);
        Assert.AreEqual(4u, board.Shelf.State.AcknowledgedAnswers);
        Assert.IsTrue(board.Outbox.IsEmpty);
    }

    [TestMethod]
    public void Events_and_answers_are_acknowledged_apart()
    {
        OutboxBoard board = new();
        board.AppendAttempts(1, 2);
        board.Shelf.AppendEvent();
        board.Shelf.AppendEvent();
        board.Step(5);
        board.Acknowledge(2);
        Assert.AreEqual(1u, board.Shelf.State.AcknowledgedEvents);
        Assert.AreEqual(1u, board.Shelf.Events.Floor);
        Assert.AreEqual(1, board.Shelf.Events.Count);
        Assert.AreEqual(0u, board.Shelf.State.AcknowledgedAnswers);
        board.Acknowledge(1);
        board.Acknowledge(1);
        Assert.AreEqual(2u, board.Shelf.State.AcknowledgedEvents);
        Assert.AreEqual(0, board.Shelf.Events.Count);
        Assert.AreEqual(0u, board.Shelf.State.AcknowledgedAnswers);
        Assert.AreEqual(2, board.Shelf.Attempts.Window.Count, "attempts stay known");
    }

    [TestMethod]
    public void No_more_than_8_are_under_way()
    {
        OutboxBoard board = new();
        board.AppendAttempts(1, Limits.InFlight + 1);
        board.Step(40);
        Assert.AreEqual(Limits.InFlight, board.Broker.UnacknowledgedCount);
        board.Acknowledge(3);
        Assert.AreEqual(Limits.InFlight, board.Broker.UnacknowledgedCount);
        Assert.IsTrue(board.Sent().EndsWith(" a9"));
    }

    [TestMethod]
    public void Rewind_sends_again_from_the_first_that_was_not_acknowledged()
    {
        OutboxBoard board = new();
        board.AppendAttempts(1, 3);
        board.Shelf.AppendEvent();
        board.Outbox.StateChanged(TestBook.Code(9).Bytes);
        board.Step(6);
        board.Acknowledge(1);
        board.Acknowledge(0);
        int late = board.Broker.Unacknowledged(0);
        board.Broker.DropConnection();
        board.Outbox.Rewind();
        board.Broker.BeginConnect("will", new byte[0]);
        board.Broker.ClearPublished();
        Assert.IsFalse(board.Broker.Acknowledge(late));
        board.Step(6);
        Assert.AreEqual(
            "a3 keyway/v1/d/access_codes/state/" + TestJson.Id(9) + " e1", board.Sent());
    }

    [TestMethod]
    public void Acknowledgements_of_others_and_from_before_a_rewind_count_for_nothing()
    {
        OutboxBoard board = new();
        board.Broker.Publish("status", new byte[0], true);
        board.AppendAttempts(1, 1);
        board.Step(1);
        board.Broker.Acknowledge(board.Broker.Unacknowledged(1));
        board.Outbox.Rewind();
        board.Acknowledge(0);
        Assert.AreEqual(0u, board.Shelf.State.AcknowledgedAnswers);
        board.Step(1);
        Assert.AreEqual("status a1 a1", board.Sent());
        board.Acknowledge(0);
        Assert.IsTrue(board.Outbox.IsEmpty);
    }

    [TestMethod]
    public void An_answer_that_has_rotted_is_passed_over()
    {
        OutboxBoard board = new();
        board.AppendAttempts(1, 1);
        int location = board.Shelf.Append(TestBook.Attempt(2));
        board.AppendAttempts(3, 3);
        board.Shelf.Rot(location, Frame.Detail);
        board.Step(4);
        Assert.AreEqual("a1 a3", board.Sent());
        board.Acknowledge(0);
        Assert.AreEqual(2u, board.Shelf.State.AcknowledgedAnswers);
        board.Acknowledge(0);
        Assert.IsTrue(board.Outbox.IsEmpty);
    }

    [TestMethod]
    public void The_only_answer_has_rotted_and_nothing_is_left_to_send()
    {
        OutboxBoard board = new();
        board.Shelf.Rot(board.Shelf.Append(TestBook.Attempt(1)), Frame.Detail);
        Assert.IsFalse(board.Outbox.IsEmpty);
        board.Step(1);
        Assert.AreEqual("", board.Sent());
        Assert.AreEqual(1u, board.Shelf.State.AcknowledgedAnswers);
        Assert.IsTrue(board.Outbox.IsEmpty);
    }

    [TestMethod]
    public void An_answer_counts_as_acknowledged_together_with_the_state_behind_it()
    {
        OutboxBoard board = new();
        for (int i = 0; i < LoopbackSession.InflightDepth - 1; i++)
        {
            board.Broker.Publish("other", new byte[0], false);
        }

        board.Shelf.Add(TestBook.Code(1));
        board.Step(2);
        Assert.IsTrue(board.Sent().EndsWith(" a1"), "the session does not take the state");
        board.Acknowledge(LoopbackSession.InflightDepth - 1);
        Assert.IsTrue(board.Sent().EndsWith("access_codes/state/" + TestJson.Id(1)));
        Assert.AreEqual(0u, board.Shelf.State.AcknowledgedAnswers);
        board.Acknowledge(LoopbackSession.InflightDepth - 1);
        Assert.AreEqual(1u, board.Shelf.State.AcknowledgedAnswers);
    }

    [TestMethod]
    public void An_error_is_followed_by_no_state()
    {
        OutboxBoard board = new();
        byte[] attempt = TestBook.Attempt(1);
        TestBook.Id(2).CopyTo(attempt, Frame.AccessCodeId);
        attempt[Frame.Error] = (byte)Refusal.Missing;
        board.Shelf.Append(attempt);
        board.Step(3);
        Assert.AreEqual("a1", board.Sent());
    }

    [TestMethod]
    public void A_state_for_which_there_is_no_room_is_refused()
    {
        OutboxBoard board = new();
        for (int i = 0; i < Limits.ToldStates; i++)
        {
            Assert.IsTrue(board.Outbox.StateChanged(TestBook.Attempt(i)));
        }

        Assert.IsFalse(board.Outbox.StateChanged(TestBook.Attempt(9)));
    }

    [TestMethod]
    public void A_flash_that_does_not_answer_is_asked_again()
    {
        OutboxBoard board = new();
        board.AppendAttempts(1, 2);
        board.Shelf.Chip.IsGone = true;
        board.Step(3);
        Assert.AreEqual("", board.Sent());
        board.Shelf.Chip.IsGone = false;
        board.Step(3);
        Assert.AreEqual("a1 a2", board.Sent());
    }

    [TestMethod]
    public void After_a_reload_it_sends_what_was_not_saved_as_acknowledged()
    {
        OutboxBoard board = new();
        board.AppendAttempts(1, 3);
        board.Step(4);
        board.Acknowledge(0);
        board.Acknowledge(0);
        StorageStatus status = board.Shelf.State.Save();
        Assert.AreEqual((int)StorageStatus.Ok, (int)status);
        board.Acknowledge(0);
        board.Shelf.Reload(20);
        board.Broker.ClearPublished();
        Outbox outbox = board.NewOutbox();
        Assert.IsFalse(outbox.IsEmpty);
        outbox.Step();
        outbox.Step();
        Assert.AreEqual("a3", board.Sent());
    }

    [TestMethod]
    public void An_event_that_is_pushed_out_is_not_sent()
    {
        OutboxBoard board = new();
        for (int i = 0; i <= Limits.Events; i++)
        {
            board.Shelf.AppendEvent();
            board.Shelf.MakeReady();
        }

        board.Step(1);
        Assert.AreEqual("e2", board.Sent());
    }
}
