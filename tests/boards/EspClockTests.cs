using Keyway.Boards.Esp32;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>When the board knows the time of day, and when something has confirmed it.</summary>
[TestClass]
public sealed class EspClockTests
{
    // 1970-01-01T00:16:40Z; 2024-12-31T23:59:59Z; a second later.
    [TestMethod]
    [DataRow(1_000, false)]
    [DataRow(1_735_689_599, false)]
    [DataRow(1_735_689_600, true)]
    public void Before_2025_the_time_is_not_known(long utc, bool isKnown)
    {
        using Controller controller = new();
        EspClock clock = new();
        controller.SetUtc(utc);
        Assert.AreEqual(isKnown, clock.TryGetUtc(out long seconds));
        Assert.AreEqual(isKnown ? utc : 0, seconds);
    }

    /// <summary>A drift is corrected by SNTP; a step is somebody's.</summary>
    [TestMethod]
    [DataRow(0, true)]
    [DataRow(299, true)]
    [DataRow(-299, true)]
    [DataRow(300, false)]
    [DataRow(-300, false)]
    public void A_step_of_the_clock_takes_the_confirmation_back(int seconds, bool isConfirmed)
    {
        using Controller controller = new();
        EspClock clock = new();
        controller.SetUtc(Controller.StartUtc);
        Assert.IsFalse(clock.IsUtcConfirmed);
        clock.Confirm();
        controller.Clock.Advance(3_600_000);
        Assert.IsTrue(clock.IsUtcConfirmed);
        controller.SetUtc(controller.UtcNow + seconds);
        Assert.AreEqual(isConfirmed, clock.IsUtcConfirmed);
    }
}
