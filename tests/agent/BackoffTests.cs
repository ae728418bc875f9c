using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class BackoffTests
{
    [TestMethod]
    public void Every_wait_is_in_the_upper_half_of_a_bound_that_doubles()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            Backoff backoff = new(new SeededRandom(seed));
            int boundMs = 2 * Limits.ReconnectMinMs;
            for (int i = 0; i < 12; i++)
            {
                int waitMs = backoff.NextMs();
                Assert.IsTrue(waitMs >= boundMs / 2);
                Assert.IsTrue(waitMs <= boundMs);
                boundMs = boundMs < Limits.ReconnectMaxMs / 2 ? 2 * boundMs : Limits.ReconnectMaxMs;
            }

            Assert.AreEqual(Limits.ReconnectMaxMs, boundMs);
        }
    }

    [TestMethod]
    public void Two_locks_wait_differently()
    {
        int different = 0;
        for (int seed = 1; seed <= 50; seed++)
        {
            Backoff one = new(new SeededRandom(seed));
            Backoff other = new(new SeededRandom(seed + 1000));
            different += one.NextMs() != other.NextMs() ? 1 : 0;
        }

        Assert.IsTrue(different > 45);
    }

    [TestMethod]
    public void Reset_makes_the_next_wait_short()
    {
        Backoff backoff = new(new SeededRandom(1));
        for (int i = 0; i < 10; i++)
        {
            backoff.NextMs();
        }

        Assert.IsTrue(backoff.NextMs() >= Limits.ReconnectMaxMs / 2);
        backoff.Reset();
        Assert.IsTrue(backoff.NextMs() <= 2 * Limits.ReconnectMinMs);
    }
}
