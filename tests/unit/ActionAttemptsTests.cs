using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class ActionAttemptsTests
{
    [TestMethod]
    public void Find_gives_the_frame_of_the_attempt()
    {
        TestBook shelf = new();
        Assert.AreEqual(1u, shelf.Attempts.Window.Next);
        Assert.IsFalse(shelf.IsAnswered(TestBook.Id(1)));
        byte[] attempt = TestBook.Attempt(1);
        attempt[Frame.Error] = 9;
        shelf.Append(attempt);
        shelf.Add(TestBook.Code(2));
        Assert.AreEqual(3u, shelf.Attempts.Window.Next);

        AccessCode answer = new();
        byte[] frame = answer.Bytes;
        shelf.Attempts.Find(TestBook.Id(1), answer, out bool isFound);
        Assert.IsTrue(isFound);
        Assert.AreEqual(9, (int)frame[Frame.Error]);
        shelf.Attempts.Find(TestBook.Id(2), answer, out isFound);
        Assert.IsTrue(isFound);
        Assert.AreEqual((int)FrameType.Attempt, (int)frame[Frame.Type]);
        Assert.IsFalse(shelf.IsAnswered(TestBook.Id(3)));
    }

    [TestMethod]
    public void One_attempt_more_than_are_remembered_forgets_the_first()
    {
        TestBook shelf = new();
        int location = shelf.Append(TestBook.Attempt(1));
        shelf.Append(TestBook.Attempt(2));
        byte[] other = TestBook.Attempt(3);
        for (uint serial = 3; serial <= Limits.RememberedMin; serial++)
        {
            Frame.PutUInt32(other, Frame.Serial, serial);
            shelf.Attempts.Add(other, location);
        }

        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(1)));
        Frame.PutUInt32(other, Frame.Serial, Limits.RememberedMin + 1);
        shelf.Attempts.Add(other, location);
        Assert.IsFalse(shelf.IsAnswered(TestBook.Id(1)));
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(2)));
        Assert.AreEqual((uint)Limits.RememberedMin + 2, shelf.Attempts.Window.Next);
    }

    [TestMethod]
    [DataRow(1, 128)]
    [DataRow(128, 128)]
    [DataRow(250, 250)]
    [DataRow(512, 512)]
    [DataRow(5000, 512)]
    public void As_many_are_remembered_as_the_lock_has_slots_within_bounds(int slots, int attempts)
    {
        TestBook shelf = new();
        shelf.Mount(slots);
        Assert.AreEqual(attempts, shelf.Attempts.Window.Size);
        Assert.AreEqual(attempts, Limits.Remembered(slots));
    }

    [TestMethod]
    public void Learn_of_one_long_forgotten_changes_nothing()
    {
        TestBook shelf = new();
        Learn(shelf, TestBook.Attempt(Limits.RememberedMin + 1));
        Learn(shelf, TestBook.Attempt(1));
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(Limits.RememberedMin + 1)));
        Assert.IsFalse(shelf.IsAnswered(TestBook.Id(1)));
        Assert.AreEqual((uint)Limits.RememberedMin + 2, shelf.Attempts.Window.Next);
    }

    [TestMethod]
    public void Learn_of_an_older_copy_changes_nothing()
    {
        TestBook shelf = new();
        Learn(shelf, TestBook.Attempt(1));
        int older = Learn(shelf, TestBook.Attempt(1));
        shelf.Rot(older, Frame.Detail);
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(1)));
        Assert.AreEqual(2u, shelf.Attempts.Window.Next);
    }

    [TestMethod]
    public void Find_tells_ids_apart_whose_fingerprints_are_alike()
    {
        TestBook shelf = new();
        byte[] twin = TestBook.Twin(TestBook.Id(1));
        shelf.Append(TestBook.Attempt(1));
        Assert.IsFalse(shelf.IsAnswered(twin));

        // In the table's last place, so that looking on ends at its end.
        byte[] attempt = TestBook.Attempt(Limits.RememberedMin - 1);
        twin.CopyTo(attempt, Frame.AttemptId);
        shelf.Append(attempt);
        Assert.IsTrue(shelf.IsAnswered(twin));
        Assert.IsTrue(shelf.IsAnswered(TestBook.Id(1)));
        twin[15] ^= 1;
        Assert.IsFalse(shelf.IsAnswered(TestBook.Twin(twin)));
    }

    [TestMethod]
    public void Find_does_not_know_an_answer_that_has_rotted()
    {
        TestBook shelf = new();
        int location = shelf.Append(TestBook.Attempt(1));
        shelf.Rot(location, Frame.Detail);
        Assert.IsFalse(shelf.IsAnswered(TestBook.Id(1)));
    }

    [TestMethod]
    public void Find_knows_the_answer_in_each_place_of_the_table()
    {
        TestBook shelf = new();
        int first = Limits.RememberedMin - 1;
        for (int number = first; number < first + 3; number++)
        {
            shelf.Append(TestBook.Attempt(number));
            Assert.IsTrue(shelf.IsAnswered(TestBook.Id(number)));
        }
    }

    [TestMethod]
    public void Find_does_not_say_that_there_is_no_answer_while_the_flash_is_away()
    {
        TestBook shelf = new();
        shelf.Append(TestBook.Attempt(1));
        shelf.Chip.IsGone = true;
        StorageStatus status = shelf.Attempts.Find(TestBook.Id(1), new AccessCode(), out _);
        Assert.AreEqual((int)StorageStatus.ChipFailed, (int)status);
    }

    [TestMethod]
    public void An_answer_says_nothing_of_the_code_that_was_read_before()
    {
        TestBook shelf = new();
        AccessCode code = TestBook.Code(1);
        code.Bytes[AccessCode.CommonKeyOffset] = 7;
        shelf.Add(code);
        shelf.Append(TestBook.Attempt(2));
        AccessCode answer = new();
        shelf.Attempts.Find(TestBook.Id(1), answer, out _);
        Assert.AreEqual(7, (int)answer.Bytes[AccessCode.CommonKeyOffset]);
        shelf.Attempts.Find(TestBook.Id(2), answer, out bool isFound);
        Assert.IsTrue(isFound);
        Assert.AreEqual(0, (int)answer.Bytes[AccessCode.CommonKeyOffset]);
    }

    // As while loading: from the newest to the oldest.
    private static int Learn(TestBook shelf, byte[] attempt)
    {
        shelf.Log.Append(attempt, 1, out int location);
        shelf.Attempts.Learn(attempt, location);
        return location;
    }
}
