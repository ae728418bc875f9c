using System.Globalization;
using System.Text;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;

namespace Keyway.Tests.Host.Codes;

/// <summary>How likely a guess opens: by the structure, by counting, and by guessing.</summary>
[TestClass]
public sealed class OfflineGuessTests
{
    private const long Utc = 1795514400 + 1799;
    private const int Numbers = 1_000_000_000;
    private const double Allowed = 1.0 / 20_000;

    // A time-bound code of i + 1 hours is over for the starts that lie longer back.
    private const int Over = 23 * 24 / 2;
    private const int Pairs = 2 * 24 * OfflineCode.Indexes - Over;

    private readonly OfflineCode _code = new(new HostKeyedHash(), Secret());

    [TestMethod]
    public void Structure_bounds_a_guess_also_with_the_bias_of_the_tag()
    {
        const long values = 1L << 31;
        long most = (values + 999_999) / 1_000_000;
        double bound = 2.0 * Limits.OfflineFirstUseHours * most / values;
        Assert.IsLessThan(1 / 20_800.0, bound);
        Assert.IsLessThan(Allowed, bound);
        Assert.IsLessThan(Allowed, (double)Pairs / Numbers);
    }

    [TestMethod]
    public void Count_of_what_opens_at_one_moment_is_within_the_bound()
    {
        HashSet<int> open = Open();
        Assert.IsLessThanOrEqualTo(Pairs, open.Count);
        Assert.IsGreaterThan(Pairs - 20, open.Count);
        Assert.IsLessThan(Allowed, (double)open.Count / Numbers);
    }

    [TestMethod]
    public void Check_opens_for_what_is_counted_and_nothing_else()
    {
        HashSet<int> open = Open();
        var check = new OfflineCheck(_code);
        foreach (int number in open.Where((_, i) => i % 20 == 0))
        {
            Assert.IsTrue(Opens(check, number), $"{number:D9}");
            int neighbour = (number + 1) % Numbers;
            Assert.AreEqual(open.Contains(neighbour), Opens(check, neighbour), $"{neighbour:D9}");
        }

        var random = new Random(5);
        for (int i = 0; i < 5000; i++)
        {
            int number = random.Next(Numbers);
            Assert.AreEqual(open.Contains(number), Opens(check, number), $"{number:D9}");
        }
    }

    [TestMethod]
    public void Guesses_at_random_open_as_rarely_as_counted()
    {
        const int guesses = 40_000_000;
        HashSet<int> open = Open();
        var random = new Random(7);
        int hits = 0;
        for (int i = 0; i < guesses; i++)
        {
            hits += open.Contains(random.Next(Numbers)) ? 1 : 0;
        }

        // About 1,909 hits; four standard deviations are 175.
        double expected = (double)open.Count / Numbers * guesses;
        Assert.IsLessThan(4 * Math.Sqrt(expected), Math.Abs(hits - expected));
        Assert.IsLessThan(Allowed, (double)hits / guesses);
    }

    private static bool Opens(OfflineCheck check, int number)
    {
        byte[] digits = Encoding.ASCII.GetBytes(
            number.ToString("D9", CultureInfo.InvariantCulture));
        check.Begin(digits, digits.Length, Utc);
        bool isFound;
        while (!check.Step(out isFound))
        {
        }

        return isFound;
    }

    /// <summary>Every nine-digit number that opens at the moment, made one by one.</summary>
    private HashSet<int> Open()
    {
        HashSet<int> open = [];
        byte[] digits = new byte[OfflineCode.Digits];
        int last = (int)(Utc / OfflineCode.HourSeconds);
        foreach (bool isOneTime in (bool[])[false, true])
        {
            for (int startHour = last - 23; startHour <= last; startHour++)
            {
                for (int index = 0; index < OfflineCode.Indexes; index++)
                {
                    if (OfflineCode.EndOf(isOneTime, startHour, index) <= Utc) continue;
                    _code.Make(isOneTime, startHour, index, digits);
                    open.Add(int.Parse(digits, CultureInfo.InvariantCulture));
                }
            }
        }

        return open;
    }

    private static byte[] Secret()
    {
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        new Random(3).NextBytes(secret);
        return secret;
    }
}
