using System.Text;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;

namespace Keyway.Tests.Host.Codes;

/// <summary>Every code that the constraints allow is made equally often.</summary>
[TestClass]
public sealed class MadeDigitsUniformityTests
{
    private const CodeConstraint Hard = CodeConstraint.NoTripleConsecutive
        | CodeConstraint.NoSequence | CodeConstraint.ThreeUniqueDigits
        | CodeConstraint.NotStartingWith12;

    [TestMethod]
    [DataRow(CodeConstraint.None, 10_000)]
    [DataRow(CodeConstraint.NoZeros, 6_561)]
    [DataRow(CodeConstraint.Without089, 2_401)]
    [DataRow(CodeConstraint.Without0789, 1_296)]
    [DataRow(Hard | CodeConstraint.NoZeros, 0)]
    [DataRow(Hard | CodeConstraint.Without0789, 0)]
    public void Codes_of_four_digits_are_equally_likely(CodeConstraint rules, int allowed)
    {
        var constraints = new CodeConstraints { Rules = rules };
        var counts = new Dictionary<string, int>();
        for (int number = 0; number < 10_000; number++)
        {
            byte[] digits = Encoding.ASCII.GetBytes($"{number:D4}");
            if (constraints.Judge(digits, 4) == Refusal.None)
                counts.Add($"{number:D4}", 0);
        }

        if (allowed > 0) Assert.HasCount(allowed, counts);
        Assert.IsLessThan(4, Deviation(constraints, counts, 4, 20 * counts.Count));
    }

    [TestMethod]
    public void Digits_are_equally_likely_at_each_of_twelve_places()
    {
        MadeDigits made = Made(new CodeConstraints());
        int[,] counts = new int[12, 10];
        const int codes = 20_000;
        for (int i = 0; i < codes; i++)
        {
            byte[] digits = Make(made, i, 12);
            for (int place = 0; place < 12; place++)
            {
                counts[place, digits[place] - '0']++;
            }
        }

        for (int place = 0; place < 12; place++)
        {
            double sum = 0;
            for (int digit = 0; digit < 10; digit++)
            {
                sum += Math.Pow(counts[place, digit] - codes / 10.0, 2) / (codes / 10.0);
            }

            // Chi-square with 9 degrees of freedom: above 33.7 once in 10,000.
            Assert.IsLessThan(33.7, sum, $"place {place}");
        }
    }

    [TestMethod]
    [DataRow(7)]
    [DataRow(200)]
    [DataRow(256)]
    public void Codes_of_an_existing_set_are_equally_likely(int size)
    {
        string[] set = [.. Enumerable.Range(0, size).Select(i => $"{i * 37:D4}")];
        var constraints = new CodeConstraints
        {
            Rules = CodeConstraint.FromExistingSet,
            ExistingSet = set,
        };
        Assert.IsLessThan(
            4, Deviation(constraints, set.ToDictionary(code => code, _ => 0), 4, 100 * size));
    }

    /// <summary>How many standard deviations chi-square lies off its mean.</summary>
    private static double Deviation(
        CodeConstraints constraints, Dictionary<string, int> counts, int length, int codes)
    {
        MadeDigits made = Made(constraints);
        for (int i = 0; i < codes; i++)
        {
            counts[Encoding.ASCII.GetString(Make(made, i, length))]++;
        }

        double expected = (double)codes / counts.Count;
        double sum = counts.Values.Sum(count => Math.Pow(count - expected, 2) / expected);
        int freedom = counts.Count - 1;
        return Math.Abs(sum - freedom) / Math.Sqrt(2.0 * freedom);
    }

    private static byte[] Make(MadeDigits made, int number, int length)
    {
        byte[] id = new byte[Uuid.SizeBytes];
        BitConverter.TryWriteBytes(id, number);
        byte[] digits = new byte[length];
        for (int attempt = 0; !made.TryMake(id, 0, id.Length, length, attempt, digits); attempt++)
        {
            Assert.IsLessThan(Limits.MadeTries, attempt);
        }

        return digits;
    }

    private static MadeDigits Made(CodeConstraints constraints)
    {
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        new Random(17).NextBytes(secret);
        return new MadeDigits(new HostKeyedHash(), secret, constraints);
    }
}
