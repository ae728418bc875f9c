using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class StepWatchTests
{
    [TestMethod]
    public void A_loop_that_goes_round_does_not_hang()
    {
        StepWatch watch = new();
        for (int look = 0; look < 3 * Limits.HungLooks; look++)
        {
            watch.Stepped();
            Assert.IsFalse(watch.IsHung());
        }
    }

    [TestMethod]
    public void A_loop_that_stops_hangs_after_so_many_looks()
    {
        StepWatch watch = new();
        watch.Stepped();
        Assert.IsFalse(watch.IsHung());
        for (int look = 1; look < Limits.HungLooks; look++)
        {
            Assert.IsFalse(watch.IsHung());
        }

        Assert.IsTrue(watch.IsHung());
    }

    [TestMethod]
    public void One_step_in_between_begins_anew()
    {
        StepWatch watch = new();
        for (int round = 0; round < 3; round++)
        {
            for (int look = 1; look < Limits.HungLooks; look++)
            {
                Assert.IsFalse(watch.IsHung());
            }

            watch.Stepped();
            Assert.IsFalse(watch.IsHung());
        }
    }
}
