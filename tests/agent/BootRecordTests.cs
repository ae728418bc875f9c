using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class BootRecordTests
{
    private const int SecondMs = 1000;

    [TestMethod]
    public void Without_a_record_nothing_is_known()
    {
        BootRecord first = new(null);
        Assert.AreEqual("unknown", first.Reason);
        Assert.IsFalse(first.IsKeypadOnly);
    }

    [TestMethod]
    public void A_record_with_a_wrong_bit_is_none()
    {
        for (int bit = 0; bit < BootRecord.SizeBytes * 8; bit++)
        {
            byte[] stored = new BootRecord(null).Note(BootEnd.Crash, SecondMs);
            stored[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.AreEqual("unknown", new BootRecord(stored).Reason);
        }

        Assert.AreEqual("unknown", new BootRecord(new byte[3]).Reason);
    }

    [TestMethod]
    [DataRow(0, "power")]
    [DataRow(1, "power")]
    [DataRow(2, "crash")]
    [DataRow(3, "hang")]
    [DataRow(4, "planned")]
    public void The_reason_is_how_the_last_run_ended(int end, string reason)
    {
        byte[] stored = new BootRecord(null).Note((BootEnd)end, SecondMs);
        Assert.AreEqual(reason, new BootRecord(stored).Reason);
    }

    [TestMethod]
    public void Three_crashes_in_five_minutes_leave_the_keypad_alone()
    {
        byte[] stored = Run(null, BootEnd.Crash, 100);
        stored = Run(stored, BootEnd.Hang, 100);
        Assert.IsFalse(new BootRecord(stored).IsKeypadOnly);
        stored = Run(stored, BootEnd.Crash, 100);
        BootRecord next = new(stored);
        Assert.IsTrue(next.IsKeypadOnly);
        Assert.AreEqual("boot_loop", next.Reason);
    }

    [TestMethod]
    public void Three_crashes_in_more_than_five_minutes_do_not()
    {
        byte[] stored = Run(null, BootEnd.Crash, 100);
        stored = Run(stored, BootEnd.Crash, 101);
        stored = Run(stored, BootEnd.Crash, 100);
        Assert.IsFalse(new BootRecord(stored).IsKeypadOnly);
        stored = Run(stored, BootEnd.Crash, 99);
        Assert.IsTrue(new BootRecord(stored).IsKeypadOnly);
    }

    [TestMethod]
    public void A_crash_after_a_long_run_begins_anew()
    {
        byte[] stored = Run(null, BootEnd.Crash, 1);
        stored = Run(stored, BootEnd.Crash, 400_000_000);
        stored = Run(stored, BootEnd.Crash, 1);
        Assert.IsFalse(new BootRecord(stored).IsKeypadOnly);
        stored = Run(stored, BootEnd.Crash, 1);
        Assert.IsFalse(new BootRecord(stored).IsKeypadOnly);
        stored = Run(stored, BootEnd.Crash, 1);
        Assert.IsTrue(new BootRecord(stored).IsKeypadOnly);
    }

    [TestMethod]
    public void Short_runs_of_which_nobody_knows_the_end_count_as_crashes()
    {
        byte[] stored = new BootRecord(null).Note(BootEnd.Short, 0);
        for (int run = 1; run < Limits.BootLoopCrashes; run++)
        {
            BootRecord record = new(stored);
            Assert.IsFalse(record.IsKeypadOnly);
            stored = record.Note(BootEnd.Short, 0);
        }

        Assert.IsTrue(new BootRecord(stored).IsKeypadOnly);
    }

    [TestMethod]
    public void A_run_that_lasted_ends_the_loop()
    {
        byte[] stored = Run(null, BootEnd.Crash, 1);
        stored = Run(stored, BootEnd.Crash, 1);
        stored = Run(stored, BootEnd.Crash, 1);
        stored = new BootRecord(stored).Note(BootEnd.Lasted, 0);
        BootRecord next = new(stored);
        Assert.IsFalse(next.IsKeypadOnly);
        Assert.AreEqual("power", next.Reason);
        Assert.IsFalse(new BootRecord(next.Note(BootEnd.Crash, SecondMs)).IsKeypadOnly);
    }

    private static byte[] Run(byte[] stored, BootEnd end, int seconds) =>
        new BootRecord(stored).Note(end, (long)seconds * SecondMs);
}
