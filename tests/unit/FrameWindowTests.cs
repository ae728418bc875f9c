using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class FrameWindowTests
{
    private const int Size = 4;

    [TestMethod]
    public void Numbers_that_were_given_are_not_given_again()
    {
        FrameWindow window = new(4);
        window.RaiseNext(6);
        Assert.AreEqual(7u, window.Next);
        Assert.AreEqual(0u, window.Floor);
        window.RaiseNext(3);
        Assert.AreEqual(7u, window.Next);
    }

    [TestMethod]
    public void Numbers_begin_at_1()
    {
        FrameWindow window = new(Size);
        Assert.AreEqual(1u, window.Next);
        Assert.AreEqual(1u, window.First);
        Assert.AreEqual(0, window.Count);
        Assert.AreEqual(0, window.LocationOf(0));
        Assert.AreEqual(0, window.LocationOf(1));
        Assert.IsFalse(window.IsComplete);
    }

    [TestMethod]
    public void The_last_frames_count_and_no_others()
    {
        FrameWindow window = new(Size);
        for (uint number = 1; number <= 6; number++)
        {
            window.Add(Numbered(number, false), 100 + (int)number);
            Assert.AreEqual(number < Size ? (int)number : Size, window.Count);
        }

        Assert.AreEqual(7u, window.Next);
        Assert.AreEqual(3u, window.First);
        Assert.AreEqual(0, window.LocationOf(2));
        Assert.AreEqual(103, window.LocationOf(3));
        Assert.AreEqual(106, window.LocationOf(6));
        Assert.AreEqual(0, window.LocationOf(7));
        Assert.IsTrue(window.IsLive(Numbered(3, false), 103));
        Assert.IsFalse(window.IsLive(Numbered(3, false), 104), "another copy counts");
        Assert.IsFalse(window.IsLive(Numbered(2, false), 102));
    }

    [TestMethod]
    [DataRow(6u)]
    [DataRow(8u)]
    [DataRow(100u)]
    public void Numbers_that_were_given_without_a_frame_do_not_lie_where_older_ones_did(uint given)
    {
        FrameWindow window = new(Size);
        for (uint number = 1; number <= 4; number++)
        {
            window.Add(Numbered(number, false), 100 + (int)number);
        }

        window.RaiseNext(given);
        for (uint number = window.First; number <= given; number++)
        {
            Assert.AreEqual(number <= 4 ? 100 + (int)number : 0, window.LocationOf(number));
        }

        window.Add(Numbered(given + 1, false), 150);
        Assert.AreEqual(150, window.LocationOf(given + 1));
        Assert.AreEqual(0, window.LocationOf(given));
    }

    [TestMethod]
    public void Move_follows_a_frame_that_was_carried_on()
    {
        FrameWindow window = new(Size);
        window.Add(Numbered(1, false), 50);
        window.Move(Numbered(1, true), 60);
        Assert.AreEqual(60, window.LocationOf(1));
        Assert.AreEqual(60, window.LocationAt(window.PlaceOf(1)));
        Assert.IsFalse(window.IsLive(Numbered(1, false), 50));
    }

    [TestMethod]
    public void Numbers_up_to_the_floor_do_not_count()
    {
        FrameWindow window = new(Size);
        window.Add(Numbered(1, false), 51);
        window.Add(Numbered(2, false), 52);
        window.RaiseFloor(1);
        Assert.AreEqual(1, window.Count);
        Assert.AreEqual(2u, window.First);
        Assert.AreEqual(0, window.LocationOf(1));
        window.RaiseFloor(0);
        Assert.AreEqual(1u, window.Floor);
        window.RaiseFloor(9);
        Assert.AreEqual(0, window.Count);
        Assert.AreEqual(10u, window.Next, "no number is given twice");
        Assert.AreEqual(0, window.LocationOf(2));
    }

    [TestMethod]
    public void Learn_from_the_newest_on_is_complete_when_all_that_count_are_there()
    {
        FrameWindow window = new(Size);
        for (uint number = 9; number > 5; number--)
        {
            Assert.IsFalse(window.IsComplete);
            Assert.IsTrue(window.Learn(Numbered(number, false), 100 + (int)number));
        }

        Assert.IsTrue(window.IsComplete);
        Assert.IsFalse(window.Learn(Numbered(5, false), 105));
        Assert.AreEqual(10u, window.Next);
        Assert.AreEqual(106, window.LocationOf(6));
        Assert.AreEqual(Size, window.Count);
    }

    [TestMethod]
    public void Learn_takes_the_newest_copy()
    {
        FrameWindow window = new(Size);
        Assert.IsTrue(window.Learn(Numbered(3, true), 203));
        Assert.IsTrue(window.Learn(Numbered(4, false), 104));
        Assert.IsFalse(window.Learn(Numbered(3, false), 103));
        Assert.AreEqual(203, window.LocationOf(3));
        Assert.AreEqual(5u, window.Next);
    }

    [TestMethod]
    public void Carried_frames_before_the_newest_number_decide_nothing()
    {
        FrameWindow window = new(Size);
        Assert.IsTrue(window.Learn(Numbered(3, true), 203));
        Assert.IsTrue(window.Learn(Numbered(2, true), 202));
        Assert.IsFalse(window.IsComplete);

        // The newest that was not carried pushes 2 and 3 out; 6 was carried, too.
        Assert.IsTrue(window.Learn(Numbered(8, false), 108));
        Assert.AreEqual(0, window.LocationOf(3));
        Assert.IsFalse(window.Learn(Numbered(3, false), 103));
        Assert.IsTrue(window.Learn(Numbered(7, false), 107));
        Assert.IsTrue(window.Learn(Numbered(6, true), 106));
        Assert.IsFalse(window.IsComplete);
        Assert.IsTrue(window.Learn(Numbered(5, false), 105));
        Assert.IsTrue(window.IsComplete);
    }

    [TestMethod]
    public void Where_all_frames_were_carried_the_highest_number_counts()
    {
        FrameWindow window = new(Size);
        window.Learn(Numbered(2, true), 202);
        window.Learn(Numbered(5, true), 205);
        Assert.IsFalse(window.IsComplete);
        Assert.AreEqual(6u, window.Next);
        window.Add(Numbered(6, false), 106);
        Assert.AreEqual(0, window.LocationOf(2));
        Assert.AreEqual(205, window.LocationOf(5));
    }

    [TestMethod]
    public void A_floor_found_first_ends_the_search_early()
    {
        FrameWindow window = new(Size);
        window.RaiseFloor(7);
        Assert.IsTrue(window.Learn(Numbered(8, false), 108));
        Assert.IsTrue(window.IsComplete);
        Assert.IsFalse(window.Learn(Numbered(7, false), 107));
        Assert.AreEqual(1, window.Count);
    }

    [TestMethod]
    public void A_frame_without_a_command_does_not_say_which_number_is_the_last()
    {
        FrameWindow window = new(Size);
        Assert.IsFalse(window.Learn(Numbered(0, false), 100));
        Assert.IsFalse(window.IsComplete);
        Assert.IsTrue(window.Learn(Numbered(2, false), 102));
        Assert.IsFalse(window.IsComplete);
        Assert.IsTrue(window.Learn(Numbered(1, false), 101));
        Assert.IsTrue(window.IsComplete);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-0x0FFFFFFF)]
    [DataRow(-1)]
    public void Forged_numbers_change_nothing(int number)
    {
        FrameWindow window = new(Size);
        Assert.IsFalse(window.Learn(Numbered((uint)number, false), 99));
        Assert.AreEqual(1u, window.Next);
        Assert.IsTrue(window.Learn(Numbered(2, false), 102));
        Assert.AreEqual(3u, window.Next);
    }

    private static byte[] Numbered(uint number, bool isCarried)
    {
        byte[] frame = new byte[Frame.SizeBytes];
        frame[Frame.Group] = (byte)(Frame.GroupByte(1, 0) | (isCarried ? Frame.Carried : 0));
        Frame.PutUInt32(frame, Frame.Serial, number);
        return frame;
    }
}
