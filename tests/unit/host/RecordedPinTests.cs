using Keyway.Boards.Virtual;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class RecordedPinTests
{
    [TestMethod]
    public void Writes_and_changes_are_counted_apart()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        pin.Write(false);
        Assert.AreEqual(1, pin.Writes);
        Assert.AreEqual(0, pin.Changes);
        clock.Advance(7);
        pin.Write(true);
        clock.Advance(2);
        pin.Write(true);
        Assert.AreEqual(3, pin.Writes);
        Assert.AreEqual(1, pin.Changes);
        Assert.AreEqual(7L, pin.LastChangeMs);
    }

    [TestMethod]
    public void Active_time_adds_up()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        pin.Write(true);
        clock.Advance(10);
        pin.Write(false);
        clock.Advance(100);
        pin.Write(true);
        clock.Advance(5);
        Assert.AreEqual(15L, pin.ActiveMs);
        Assert.IsTrue(pin.IsActive);
    }
}
