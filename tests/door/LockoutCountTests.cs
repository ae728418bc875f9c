using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>The number of wrong entries and what a start makes of it.</summary>
[TestClass]
public class LockoutCountTests
{
    [TestMethod]
    [DataRow(0, true, 0, 0)]
    [DataRow(6, true, 6, 60)]
    [DataRow(0, false, 5, 30)]
    [DataRow(6, false, 6, 60)]
    public void A_start_without_room_begins_with_a_lockout(
        int stored, bool hasRoom, int entries, int seconds)
    {
        TestBook shelf = new();
        shelf.State.WrongEntries = (uint)stored;
        Lockout lockout = new(shelf.State, 15);
        lockout.Start(0, hasRoom);
        Assert.AreEqual((uint)entries, shelf.State.WrongEntries);
        Assert.AreEqual(seconds, lockout.Step(0));
    }

    [TestMethod]
    public void A_quiet_hour_takes_one_off_and_never_one_that_is_not_there()
    {
        TestBook shelf = new();
        Lockout lockout = new(shelf.State, 15);
        lockout.Start(0, true);
        lockout.Add(0);
        lockout.Step(Limits.QuietMs - 1);
        Assert.AreEqual(1u, shelf.State.WrongEntries);
        for (int hour = 1; hour <= 3; hour++)
        {
            lockout.Step((long)hour * Limits.QuietMs);
            Assert.AreEqual(0u, shelf.State.WrongEntries);
        }
    }

    [TestMethod]
    public void The_number_of_wrong_entries_never_wraps_to_none()
    {
        TestBook shelf = new();
        shelf.State.WrongEntries = uint.MaxValue;
        Lockout lockout = new(shelf.State, 15);
        lockout.Start(0, true);
        lockout.Add(0);
        Assert.AreEqual(uint.MaxValue, shelf.State.WrongEntries);
    }
}
