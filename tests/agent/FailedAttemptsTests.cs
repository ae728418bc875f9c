using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class FailedAttemptsTests
{
    [TestMethod]
    public void The_last_ones_are_known_and_the_oldest_makes_room()
    {
        FailedAttempts failed = new();
        for (int i = 1; i <= 2 * Limits.FailedAttempts; i++)
        {
            Assert.IsFalse(failed.Contains(TestBook.Id(i)));
            failed.Add(TestBook.Id(i));
            for (int j = 1; j <= i; j++)
            {
                Assert.AreEqual(
                    j > i - Limits.FailedAttempts, failed.Contains(TestBook.Id(j)));
            }
        }
    }
}
