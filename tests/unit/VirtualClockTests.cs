using Keyway.Boards.Virtual;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class VirtualClockTests
{
    [TestMethod]
    public void Time_stands_still_until_it_is_advanced()
    {
        VirtualClock clock = new();
        Assert.AreEqual(0L, clock.Milliseconds);
        clock.Advance(5);
        clock.AdvanceNanoseconds(999999);
        Assert.AreEqual(5L, clock.Milliseconds);
        clock.Spend(1);
        Assert.AreEqual(6L, clock.Milliseconds);
        Assert.AreEqual(6000000L, clock.Nanoseconds);
    }

    [TestMethod]
    public void Utc_is_not_known_until_it_is_set()
    {
        VirtualClock clock = new();
        clock.StepUtc(100);
        Assert.IsFalse(clock.TryGetUtc(out long unixSeconds));
        Assert.AreEqual(0L, unixSeconds);
    }

    [TestMethod]
    public void Utc_runs_on_with_the_time()
    {
        VirtualClock clock = new();
        clock.Advance(300);
        clock.SetUtc(1800000000);
        clock.Advance(2999);
        Assert.IsTrue(clock.TryGetUtc(out long unixSeconds));
        Assert.AreEqual(1800000002L, unixSeconds);
    }

    [TestMethod]
    public void Utc_steps_without_the_time()
    {
        VirtualClock clock = new();
        clock.SetUtc(1800000000);
        clock.StepUtc(-86400);
        clock.TryGetUtc(out long unixSeconds);
        Assert.AreEqual(1800000000L - 86400, unixSeconds);
        Assert.AreEqual(0L, clock.Milliseconds);
    }

    [TestMethod]
    public void Utc_can_be_forgotten()
    {
        VirtualClock clock = new();
        clock.SetUtc(1800000000);
        clock.ForgetUtc();
        Assert.IsFalse(clock.TryGetUtc(out long unixSeconds));
        Assert.AreEqual(0L, unixSeconds);
    }
}
