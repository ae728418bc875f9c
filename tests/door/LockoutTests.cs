using System;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class LockoutTests
{
    private const int GD25Q32C = 0xC84016;

    [TestMethod]
    public void Wrong_entries_without_room_cannot_be_shed_by_a_power_cut()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        for (int i = 0; i < 400; i++)
        {
            door.Type("1111#");
        }

        door.EnterWrong(4);
        door.CutPower();
        door.PowerUp();
        while (!door.Agent.IsLoaded)
        {
            door.Step(1);
        }

        door.Type("1111#");
        Assert.IsFalse(door.IsOpen);
        door.Wait(1000L * (Limits.LockoutSeconds + 20));
        Assert.IsTrue(door.Opens("1111"));
    }

    [TestMethod]
    [DataRow(15, 900)]
    [DataRow(60, 3600)]
    [DataRow(24 * 60, 86_400)]
    public void Five_wrong_entries_lock_and_each_further_one_doubles(int minutes, int longest)
    {
        TestBook shelf = new();
        Lockout lockout = new(shelf.State, minutes);
        lockout.Start(0, true);
        long nowMs = 0;
        int expected = 30;
        for (int i = 1; i <= 20; i++)
        {
            Assert.IsFalse(lockout.IsLocked(nowMs));
            lockout.Add(nowMs);
            int seconds = lockout.Step(nowMs);
            Assert.AreEqual(0, lockout.Step(nowMs));
            Assert.AreEqual(i < 5 ? 0 : expected, seconds);
            Assert.AreEqual(i >= 5, lockout.IsLocked(nowMs));
            Assert.AreEqual(i >= 5, i >= 5 && lockout.IsLocked(nowMs + seconds * 1000L - 1));
            nowMs += seconds * 1000L;
            int doubled = expected * 2 < longest ? expected * 2 : longest;
            expected = i < 5 ? expected : doubled;
        }
    }

    [TestMethod]
    [DataRow(14)]
    [DataRow(24 * 60 + 1)]
    public void The_longest_lockout_is_bounded(int minutes) =>
        Assert.ThrowsException(typeof(ArgumentOutOfRangeException),
            () => new Lockout(new TestBook().State, minutes));

    [TestMethod]
    public void During_a_lockout_nothing_is_looked_at_and_nothing_counts()
    {
        TestLock door = WithCode();
        door.EnterWrong(4);
        Assert.IsFalse(door.HasPublished("keyway.locked_out"));
        door.EnterWrong(1);
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.locked_out") > 0, door.LastEvent);
        Assert.IsTrue(door.LastEvent.EndsWith("'seconds':30}"), door.LastEvent);
        int before = door.Hash.Computations;
        door.Type("1111#");
        door.EnterWrong(3);
        Assert.IsFalse(door.IsOpen);
        Assert.AreEqual(before, door.Hash.Computations);
        Assert.AreEqual(4, door.CountOf("'locked_out'"));
        door.Wait(30_000);
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen, "a right code opens again");
        door.EnterWrong(1);
        Assert.IsTrue(door.LastEvent.EndsWith("'seconds':60}"), "and has reset nothing");
    }

    [TestMethod]
    public void A_start_begins_the_whole_lockout_again()
    {
        TestLock door = WithCode();
        door.EnterWrong(5);
        door.Wait(25_000);
        door.Broker.ClearPublished();
        door.PowerCut();
        Assert.IsTrue(door.HasPublished("'seconds':30"));
        door.Wait(25_000);
        door.Type("1111#");
        Assert.IsFalse(door.IsOpen);
        door.Wait(5_000);
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    [DataRow(-400 * 86_400)]
    [DataRow(400 * 86_400)]
    [DataRow(0)]
    public void The_time_of_day_changes_nothing(int seconds)
    {
        TestLock door = WithCode();
        door.EnterWrong(5);
        if (seconds == 0)
        {
            door.Clock.ForgetUtc();
        }

        door.Clock.StepUtc(seconds);
        door.Step(10);
        door.Type("1111#");
        Assert.IsFalse(door.IsOpen);
        door.Wait(30_000);
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void Right_codes_of_another_user_never_reset_it()
    {
        TestLock door = WithCode();
        for (int i = 0; i < 2; i++)
        {
            door.EnterWrong(2);
            door.Type("1111#");
            Assert.IsTrue(door.IsOpen);
            door.Wait(50 * 60_000);
        }

        door.EnterWrong(1);
        Assert.IsTrue(door.LastEvent.EndsWith("'seconds':30}"), door.LastEvent);
    }

    [TestMethod]
    public void For_hours_two_wrong_a_right_one_and_two_wrong_gain_nothing()
    {
        TestLock door = WithCode();
        int looked = 0;
        for (int hour = 0; hour < 12; hour++)
        {
            for (int i = 0; i < 6; i++)
            {
                int before = door.Hash.Computations;
                door.EnterWrong(1);
                looked += door.Hash.Computations > before ? 1 : 0;
                door.Type("1111#");
                door.Broker.ClearPublished();
                door.Wait(10 * 60_000);
            }
        }

        // Five are free, and six hours of lockouts of 15 min let about four an hour through.
        Assert.IsTrue(looked <= 5 + 12 * 4, "" + looked);
        Assert.IsTrue(looked >= 12);
    }

    [TestMethod]
    public void A_quiet_hour_takes_one_off_and_that_survives_a_start()
    {
        TestLock door = WithCode();
        door.EnterWrong(4);
        door.Wait(Limits.QuietMs);
        door.Wait(Limits.QuietMs);
        door.Settle();
        door.PowerCut();
        door.EnterWrong(2);
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
        door.EnterWrong(1);
        Assert.IsTrue(door.LastEvent.EndsWith("'seconds':30}"), door.LastEvent);
    }

    [TestMethod]
    public void A_wrong_entry_is_on_flash_before_its_feedback()
    {
        TestLock door = WithCode();
        for (int i = 0; i < 5; i++)
        {
            door.TypeUpToEnter("0000");
            Assert.AreEqual(0, door.Board.Denied.Changes);
            door.PowerCut();
        }

        door.Type("1111#");
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.LastEvent.IndexOf("'locked_out'") > 0, door.LastEvent);
    }

    [TestMethod]
    [DataRow((int)PowerCut.Before)]
    [DataRow((int)PowerCut.After)]
    public void A_power_cut_while_it_is_written_comes_before_any_feedback(int cut)
    {
        TestLock door = WithCode();
        door.EnterWrong(4);
        int changes = door.Board.Denied.Changes;
        door.Step(Limits.StateDelayMs + Limits.FeedbackShowMs);
        door.Settle();
        changes = door.Board.Denied.Changes;
        door.Chip.CutPowerAt(1, (PowerCut)cut, 1);
        Assert.ThrowsException(typeof(PowerCutException), () => door.TypeUpToEnter("0000"));
        Assert.AreEqual(changes, door.Board.Denied.Changes);
        door.Board.Keypad.Release('#');
        door.PowerCut();
        door.Type("1111#");
        Assert.AreEqual(cut == (int)PowerCut.Before, door.IsOpen);
    }

    [TestMethod]
    public void What_the_storage_cannot_take_yet_counts_and_is_saved_later()
    {
        TestLock door = new(20, GD25Q32C);
        door.Chip.EraseNanoseconds = 300 * 1000000;
        door.PowerUp();
        door.Step(300);
        Assert.IsTrue(door.Agent.IsLoaded);
        door.EnterWrong(5);
        int before = door.Hash.Computations;
        door.EnterWrong(1);
        Assert.AreEqual(before, door.Hash.Computations);
        door.Settle();
        Assert.IsTrue(door.HasPublished("keyway.locked_out"));
        door.PowerCut();
        door.EnterWrong(1);
        Assert.AreEqual(before, door.Hash.Computations);
    }

    [TestMethod]
    public void It_counts_also_when_the_flash_keeps_nothing()
    {
        TestLock door = WithCode();
        door.Chip.IsWriteProtected = true;
        door.EnterWrong(5);
        door.Type("1111#");
        Assert.IsFalse(door.IsOpen);
        door.Chip.IsWriteProtected = false;
        door.Wait(30_000);
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    private static TestLock WithCode()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        return door;
    }
}
