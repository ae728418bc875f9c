using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class StrikeTests
{
    private const int LongestMs = 5000;

    [TestMethod]
    public void Constructor_writes_the_safe_level()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        pin.Write(true);
        Strike strike = new(pin, clock, LongestMs);
        Assert.IsFalse(pin.IsActive);
        Assert.IsFalse(strike.IsEnergized);
    }

    [TestMethod]
    public void Pulse_ends_at_its_own_deadline()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        Strike strike = new(pin, clock, LongestMs);
        strike.Energize(1000);
        Assert.IsTrue(pin.IsActive);
        Run(strike, clock, 999);
        Assert.IsTrue(pin.IsActive);
        Run(strike, clock, 1);
        Assert.IsFalse(pin.IsActive);
        Assert.IsFalse(strike.IsEnergized);
        Assert.IsTrue(strike.HasExpired);
        Assert.AreEqual(1000L, pin.ActiveMs);
    }

    [TestMethod]
    public void Pulse_is_never_longer_than_the_longest()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        Strike strike = new(pin, clock, LongestMs);
        strike.Energize(int.MaxValue);
        Run(strike, clock, LongestMs);
        Assert.IsFalse(pin.IsActive);
        Assert.AreEqual((long)LongestMs, pin.ActiveMs);
    }

    [TestMethod]
    public void Second_call_extends_but_not_beyond_the_longest_from_the_first()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        Strike strike = new(pin, clock, LongestMs);
        strike.Energize(3000);
        Run(strike, clock, 2000);
        strike.Energize(2000);
        Run(strike, clock, 1999);
        Assert.IsTrue(pin.IsActive);
        strike.Energize(LongestMs);
        Run(strike, clock, 1000);
        Assert.IsTrue(pin.IsActive);
        Run(strike, clock, 1);
        Assert.IsFalse(pin.IsActive);
        Assert.AreEqual((long)LongestMs, pin.ActiveMs);
    }

    [TestMethod]
    public void Second_call_never_shortens()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        Strike strike = new(pin, clock, LongestMs);
        strike.Energize(3000);
        strike.Energize(10);
        Run(strike, clock, 2999);
        Assert.IsTrue(pin.IsActive);
    }

    [TestMethod]
    public void No_duration_does_nothing()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        Strike strike = new(pin, clock, LongestMs);
        strike.Energize(0);
        strike.Energize(-1);
        Assert.IsFalse(pin.IsActive);
        Assert.AreEqual(0, pin.Changes);
    }

    [TestMethod]
    public void Release_ends_a_pulse_and_the_next_one_is_whole()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        Strike strike = new(pin, clock, LongestMs);
        strike.Energize(3000);
        Run(strike, clock, 1000);
        strike.Release();
        Assert.IsFalse(pin.IsActive);
        Assert.IsFalse(strike.HasExpired);
        strike.Energize(LongestMs);
        Run(strike, clock, LongestMs - 1);
        Assert.IsTrue(pin.IsActive);
        Run(strike, clock, 1);
        Assert.IsFalse(pin.IsActive);
    }

    [TestMethod]
    public void Late_step_still_releases_and_a_late_call_begins_anew()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        Strike strike = new(pin, clock, LongestMs);
        strike.Energize(1000);
        clock.Advance(60000);
        strike.Energize(1000);
        Assert.AreEqual(3, pin.Changes, "it was off in between");
        Run(strike, clock, 1000);
        Assert.IsFalse(pin.IsActive);
    }

    private static void Run(Strike strike, VirtualClock clock, int ms)
    {
        clock.Advance(ms - 1);
        strike.Step();
        clock.Advance(1);
        strike.Step();
    }
}
