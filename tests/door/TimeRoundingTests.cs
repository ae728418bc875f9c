using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class TimeRoundingTests
{
    private const int Start = 498754;
    private const int Hour = TimeRounding.HourSeconds;
    private const int Day = TimeRounding.DaySeconds;

    // From the start hour in s, to in s, the most, the index.
    [TestMethod]
    [DataRow(0, 1, Hour, 0)]
    [DataRow(0, Hour, Hour, 0)]
    [DataRow(0, Hour + 1, Hour, 1)]
    [DataRow(Hour - 1, Hour, Hour, 0)]
    [DataRow(Hour - 1, Hour + 1, Hour, 1)]
    [DataRow(1800, 672 * Hour, Hour, 671)]
    [DataRow(0, 672 * Hour, Day, 671)]
    [DataRow(0, 672 * Hour + 1, Day, 672)]
    [DataRow(0, 28 * Day + 23 * Hour, Hour, 672)]
    [DataRow(0, 29 * Day, Hour, 672)]
    [DataRow(1, 29 * Day + 1, Day, 673)]
    [DataRow(0, 30 * Day - Hour, Hour, 673)]
    [DataRow(0, 356 * Day, Hour, 999)]
    [DataRow(0, 355 * Day + 1, Day, 999)]
    public void TryRound_moves_as_little_as_possible(int from, int to, int max, int index)
    {
        long start = Start * (long)Hour;
        Check(Refusal.None, Start, index, start + from, start + to, max);
    }

    [TestMethod]
    [DataRow(0, 672 * Hour + 1, Hour, (int)Refusal.RoundingExceeded)]
    [DataRow(0, 28 * Day + 23 * Hour - 1, Hour, (int)Refusal.RoundingExceeded)]
    [DataRow(0, 29 * Day + 1, Hour, (int)Refusal.RoundingExceeded)]
    [DataRow(0, 30 * Day - Hour - 1, Hour, (int)Refusal.RoundingExceeded)]
    [DataRow(0, Hour - 1, 0, (int)Refusal.RoundingExceeded)]
    [DataRow(1, Hour, 0, (int)Refusal.RoundingExceeded)]
    [DataRow(0, 356 * Day + 1, Day, (int)Refusal.OfflineTooLong)]
    [DataRow(1, 356 * Day + 1, Day, (int)Refusal.OfflineTooLong)]
    [DataRow(5, 5, Day, (int)Refusal.WindowReversed)]
    [DataRow(6, 5, Day, (int)Refusal.WindowReversed)]
    public void TryRound_refuses_what_does_not_fit(int from, int to, int max, int refusal)
    {
        long start = Start * (long)Hour;
        Check((Refusal)refusal, 0, 0, start + from, start + to, max);
    }

    [TestMethod]
    public void TryRound_keeps_to_what_the_lock_can_store()
    {
        long last = OfflineCode.LastStartHour * Hour;
        Check(Refusal.None, 0, 0, 0, 1, Hour);
        Check(Refusal.None, OfflineCode.LastStartHour, 999, last + 1, last + 356 * Day, Hour);
        Check(Refusal.OfflineTooLong, 0, 0, last + Hour, last + Hour + 1, Hour);
        Check(Refusal.NotATime, 0, 0, -1, 1, Hour);
        Check(Refusal.NotATime, 0, 0, 1, Iso8601.Maximum + 1, Hour);
        Check(Refusal.NotATime, 0, 0, Iso8601.Maximum + 1, Iso8601.Maximum + 2, Hour);
    }

    [TestMethod]
    public void TryRound_never_starts_later_nor_ends_earlier()
    {
        long start = Start * (long)Hour;
        for (int i = 1; i < 900; i++)
        {
            long from = start + i * 137 % Hour;
            long to = from + (long)i * i * 38 + 1;
            int max = i % 2 == 0 ? Hour : Day;
            Refusal refusal = TimeRounding.TryRound(
                from, to, max, out long startHour, out int index);
            if (refusal != Refusal.None)
            {
                Assert.AreEqual(Hour, max);
                Assert.AreEqual((int)Refusal.RoundingExceeded, (int)refusal);
                continue;
            }

            long begin = startHour * Hour;
            long end = OfflineCode.EndOf(false, startHour, index);
            Assert.IsTrue(begin <= from && from - begin < Hour);
            Assert.IsTrue(end >= to && end - to <= max);
        }
    }

    private static void Check(
        Refusal refusal, long startHour, int index, long from, long to, int max)
    {
        Refusal actual = TimeRounding.TryRound(from, to, max, out long s, out int i);
        Assert.AreEqual((int)refusal, (int)actual);
        Assert.AreEqual(startHour, s);
        Assert.AreEqual(index, i);
    }
}
