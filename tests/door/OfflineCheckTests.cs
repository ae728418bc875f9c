using System;
using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class OfflineCheckTests
{
    private const bool Bound = false;
    private const bool Once = true;
    private const int Start = 498754;
    private const int Hour = OfflineCode.HourSeconds;
    private const int Day = OfflineCode.DaySeconds;

    [TestMethod]
    [DataRow(Bound, 0, -1, false)]
    [DataRow(Bound, 0, 0, true)]
    [DataRow(Bound, 0, Hour - 1, true)]
    [DataRow(Bound, 0, Hour, false)]
    [DataRow(Bound, 22, 23 * Hour - 1, true)]
    [DataRow(Bound, 22, 23 * Hour, false)]
    [DataRow(Bound, 23, Day - 1, true)]
    [DataRow(Bound, 23, Day, false)]
    [DataRow(Bound, 671, Day - 1, true)]
    [DataRow(Bound, 999, Day - 1, true)]
    [DataRow(Bound, 999, Day, false)]
    [DataRow(Once, 0, -1, false)]
    [DataRow(Once, 0, 0, true)]
    [DataRow(Once, 0, Day - 1, true)]
    [DataRow(Once, 0, Day, false)]
    [DataRow(Once, 999, Day - 1, true)]
    public void Code_is_found_within_a_day_of_its_start_and_before_its_end(
        bool isOneTime, int index, int seconds, bool isFound)
    {
        OfflineCheck check = new(Code());
        byte[] digits = Digits(isOneTime, Start, index);
        check.Begin(digits, digits.Length, Start * (long)Hour + seconds);
        Assert.AreEqual(isFound, Finish(check));
        Assert.AreEqual(isFound, check.IsFound);
        Assert.AreEqual(isFound && isOneTime, check.IsOneTime);
        Assert.AreEqual(isFound ? Start : 0L, check.StartHour);
        Assert.AreEqual(isFound ? index : 0, check.Index);
        long end = OfflineCode.EndOf(isOneTime, Start, index);
        Assert.AreEqual(isFound ? end : 0L, check.EndsAt);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(8)]
    [DataRow(10)]
    [DataRow(12)]
    public void Only_nine_digits_are_looked_up(int count)
    {
        CountedHash hash = new();
        OfflineCheck check = new(new OfflineCode(hash, new byte[32]));
        int before = hash.Computations;
        byte[] digits = new byte[12];
        Array.Copy(Digits(Bound, Start, 0), 0, digits, 0, OfflineCode.Digits);
        check.Begin(digits, count, Start * (long)Hour);
        Assert.IsTrue(check.Step(out bool isFound));
        Assert.IsFalse(isFound);
        Assert.AreEqual(before, hash.Computations);
    }

    [TestMethod]
    public void Times_that_the_lock_cannot_store_find_nothing()
    {
        OfflineCheck check = new(Code());
        check.Begin(Digits(Once, 0, 0), 9, -1);
        Assert.IsFalse(Finish(check));
        check.Begin(Digits(Once, 0, 0), 9, Iso8601.Maximum + 1);
        Assert.IsFalse(Finish(check));
    }

    [TestMethod]
    public void What_is_no_digit_finds_nothing()
    {
        OfflineCheck check = new(Code());
        byte[] digits = Digits(Bound, Start, 0);
        digits[8] += 10;
        check.Begin(digits, 9, Start * (long)Hour);
        Assert.IsFalse(Finish(check));
    }

    [TestMethod]
    public void First_day_of_all_looks_at_no_negative_start()
    {
        OfflineCheck check = new(Code());
        check.Begin(Digits(Once, 0, 5), 9, 3 * Hour);
        Assert.IsTrue(Finish(check));
        Assert.AreEqual(0L, check.StartHour);
        check.Begin(Digits(Once, 0, 5), 9, Day);
        Assert.IsFalse(Finish(check));
    }

    // At :30 past, and 9 is the index of 10 hours: 10 starts count, and 14 are over.
    [TestMethod]
    [DataRow(999, 48)]
    [DataRow(23, 48)]
    [DataRow(9, 34)]
    [DataRow(0, 25)]
    public void Step_computes_a_few_MACs_of_at_most_48(int index, int macs)
    {
        CountedHash hash = new();
        OfflineCheck check = new(new OfflineCode(hash, new byte[32]));
        byte[] digits = Masked(index);
        check.Begin(digits, 9, Start * (long)Hour + Hour / 2);
        int before = hash.Computations;
        int last = before;
        bool isOver = false;
        while (!isOver)
        {
            isOver = check.Step(out bool isFound);
            Assert.IsFalse(isFound);
            Assert.IsTrue(hash.Computations - last <= Limits.OfflineMacsPerStep);
            last = hash.Computations;
        }

        Assert.AreEqual(macs, last - before);
    }

    [TestMethod]
    [DataRow(Bound, Start - 1, Once, Start)]
    [DataRow(Once, Start - 1, Bound, Start)]
    [DataRow(Once, Start, Bound, Start)]
    [DataRow(Bound, Start - 23, Bound, Start - 22)]
    public void Newest_start_wins_then_time_bound(
        bool isOneTime, int startHour, bool isWinnerOneTime, int winnerStart)
    {
        TwinHash hash = new(isOneTime, startHour, isWinnerOneTime, winnerStart);
        OfflineCode code = new(hash, new byte[32]);
        OfflineCheck check = new(code);
        byte[] digits = new byte[9];
        code.Make(isOneTime, startHour, 999, digits);
        check.Begin(digits, 9, Start * (long)Hour);
        Assert.IsTrue(Finish(check));
        Assert.AreEqual(isWinnerOneTime, check.IsOneTime);
        Assert.AreEqual((long)winnerStart, check.StartHour);
    }

    [TestMethod]
    public void Begin_and_Clear_forget_the_last_check()
    {
        OfflineCheck check = new(Code());
        check.Begin(Digits(Once, Start, 5), 9, Start * (long)Hour);
        check.Clear();
        Assert.IsFalse(Finish(check));
        check.Begin(Digits(Once, Start, 5), 9, Start * (long)Hour);
        Assert.IsTrue(Finish(check));
        Assert.IsTrue(Finish(check));
        check.Begin(Digits(Once, Start, 6), 8, Start * (long)Hour);
        Assert.IsFalse(Finish(check));
        Assert.AreEqual(0L, check.EndsAt);
    }

    private static OfflineCode Code() => OfflineCodeTests.Code(0);

    private static byte[] Digits(bool isOneTime, int startHour, int index)
    {
        byte[] digits = new byte[OfflineCode.Digits];
        Code().Make(isOneTime, startHour, index, digits);
        return digits;
    }

    /// <summary>Digits that say an index and the tag 0, which fits nothing here.</summary>
    private static byte[] Masked(int index)
    {
        byte[] digits = Encoding.UTF8.GetBytes("000000000");
        digits[0] = (byte)('0' + index / 100);
        digits[1] = (byte)('0' + index / 10 % 10);
        digits[2] = (byte)('0' + index % 10);
        return digits;
    }

    private static bool Finish(OfflineCheck check)
    {
        bool isFound;
        while (!check.Step(out isFound))
        {
        }

        return isFound;
    }
}
