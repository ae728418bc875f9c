using System;
using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CodeConstraintsTests
{
    private const int EveryRule = 0x3FFF;

    [TestMethod]
    [DataRow(0, "1234", (int)Refusal.None)]
    [DataRow(0, "000000000000", (int)Refusal.None)]
    [DataRow(0, "123", (int)Refusal.CodeLength)]
    [DataRow(0, "1234567890123", (int)Refusal.CodeLength)]
    [DataRow(0, "12a4", (int)Refusal.NotDigits)]
    [DataRow((int)CodeConstraint.NoZeros, "1230", (int)Refusal.HasZero)]
    [DataRow((int)CodeConstraint.NoZeros, "0123", (int)Refusal.HasZero)]
    [DataRow((int)CodeConstraint.NoZeros, "123456789", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NotStartingWith12, "1299", (int)Refusal.StartsWith12)]
    [DataRow((int)CodeConstraint.NotStartingWith12, "2112", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NotStartingWith12, "1122", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NoTripleConsecutive, "1239", (int)Refusal.TripleDigits)]
    [DataRow((int)CodeConstraint.NoTripleConsecutive, "9012", (int)Refusal.TripleDigits)]
    [DataRow((int)CodeConstraint.NoTripleConsecutive, "32195", (int)Refusal.TripleDigits)]
    [DataRow((int)CodeConstraint.NoTripleConsecutive, "95111", (int)Refusal.TripleDigits)]
    [DataRow((int)CodeConstraint.NoTripleConsecutive, "8901", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NoTripleConsecutive, "1212", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NoTripleConsecutive, "1122", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NoTripleConsecutive, "1357", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NoSequence, "1234", (int)Refusal.DigitSequence)]
    [DataRow((int)CodeConstraint.NoSequence, "9876", (int)Refusal.DigitSequence)]
    [DataRow((int)CodeConstraint.NoSequence, "0123456789", (int)Refusal.DigitSequence)]
    [DataRow((int)CodeConstraint.NoSequence, "12345678900", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NoSequence, "1235", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NoSequence, "9123", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NoSequence, "1111", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NoSequence, "1357", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.ThreeUniqueDigits, "1211", (int)Refusal.FewUniqueDigits)]
    [DataRow((int)CodeConstraint.ThreeUniqueDigits, "1112223", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.NotAllSame, "5555", (int)Refusal.AllSameDigits)]
    [DataRow((int)CodeConstraint.NotAllSame, "5556", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.Without089, "1238", (int)Refusal.Has089)]
    [DataRow((int)CodeConstraint.Without089, "9123", (int)Refusal.Has089)]
    [DataRow((int)CodeConstraint.Without089, "1203", (int)Refusal.Has089)]
    [DataRow((int)CodeConstraint.Without089, "1234567", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.Without0789, "1237", (int)Refusal.Has0789)]
    [DataRow((int)CodeConstraint.Without0789, "8123", (int)Refusal.Has0789)]
    [DataRow((int)CodeConstraint.Without0789, "123456", (int)Refusal.None)]
    [DataRow((int)CodeConstraint.UniqueFirstFour, "1111", (int)Refusal.None)]
    [DataRow(EveryRule & ~(int)CodeConstraint.FromExistingSet, "2516", (int)Refusal.None)]
    public void Judge_refuses_what_a_rule_forbids(int rules, string digits, int refusal) =>
        Check(refusal, new CodeConstraints { Rules = (CodeConstraint)rules }, digits);

    [TestMethod]
    public void Judge_refuses_a_length_that_is_not_supported()
    {
        CodeConstraints constraints = new() { Lengths = 1 << 4 | 1 << 6 };
        Check((int)Refusal.None, constraints, "1111");
        Check((int)Refusal.LengthNotSupported, constraints, "11111");
        Check((int)Refusal.None, constraints, "111111");
        Check((int)Refusal.NotDigits, constraints, "1111x");
    }

    [TestMethod]
    public void Judge_lets_pass_only_what_is_in_the_existing_set()
    {
        CodeConstraints constraints = new()
        {
            Rules = CodeConstraint.FromExistingSet | CodeConstraint.NoZeros,
            ExistingSet = new[] { "4711", "471100", "1230" },
        };
        Check((int)Refusal.None, constraints, "4711");
        Check((int)Refusal.NotInExistingSet, constraints, "4712");
        Check((int)Refusal.LengthNotSupported, constraints, "47110");
        Check((int)Refusal.HasZero, constraints, "1230");
        constraints.ExistingSet = null;
        Check((int)Refusal.LengthNotSupported, constraints, "4711");
        Assert.AreEqual(0, constraints.ShortestLength);
    }

    [TestMethod]
    public void Existing_set_counts_only_with_its_rule()
    {
        CodeConstraints constraints = new() { ExistingSet = new[] { "471100" } };
        Check((int)Refusal.None, constraints, "1234");
        Assert.AreEqual(4, constraints.ShortestLength);
        constraints.Rules = CodeConstraint.FromExistingSet;
        Assert.AreEqual(6, constraints.ShortestLength);
    }

    [TestMethod]
    public void Supports_4_to_12_digits_by_default()
    {
        CodeConstraints constraints = new();
        for (int length = -1; length < 40; length++)
        {
            Assert.AreEqual(length >= 4 && length <= 12, constraints.Supports(length));
        }

        Assert.AreEqual(4, constraints.ShortestLength);
        Assert.AreEqual(0x1FF0, constraints.Lengths);
    }

    [TestMethod]
    [DataRow(0x0140, 6)]
    [DataRow(0x1000, 12)]
    [DataRow(0x200F, 0)]
    [DataRow(-1, 4)]
    public void ShortestLength_is_the_least_that_counts(int lengths, int shortest) =>
        Assert.AreEqual(shortest, new CodeConstraints { Lengths = lengths }.ShortestLength);

    [TestMethod]
    [DataRow("123")]
    [DataRow("1234567890123")]
    [DataRow("12a4")]
    [DataRow("")]
    public void ExistingSet_holds_only_codes(string code) =>
        Assert.ThrowsException(typeof(ArgumentException),
            () => new CodeConstraints().ExistingSet = new[] { code });

    [TestMethod]
    public void ExistingSet_is_bounded()
    {
        CodeConstraints constraints = new();
        string[] set = new string[Limits.ExistingCodes];
        for (int i = 0; i < set.Length; i++)
        {
            set[i] = "1234";
        }

        constraints.ExistingSet = set;
        Assert.AreEqual(Limits.ExistingCodes, constraints.CountExisting(4));
        string[] more = new string[set.Length + 1];
        Array.Copy(set, 0, more, 0, set.Length);
        more[set.Length] = "1234";
        Assert.ThrowsException(typeof(ArgumentException), () => constraints.ExistingSet = more);
    }

    [TestMethod]
    public void CopyExisting_gives_the_codes_of_a_length_in_order()
    {
        CodeConstraints constraints = new()
        {
            ExistingSet = new[] { "1111", "22222", "3333", "44444" },
        };
        byte[] digits = new byte[Limits.CodeDigitsMax];
        constraints.CopyExisting(5, 1, digits);
        Assert.AreEqual("44444", Encoding.UTF8.GetString(digits, 0, 5));
        constraints.CopyExisting(4, 1, digits);
        Assert.AreEqual("3333", Encoding.UTF8.GetString(digits, 0, 4));
        constraints.CopyExisting(4, 2, digits);
        Assert.AreEqual("33334", Encoding.UTF8.GetString(digits, 0, 5));
        Assert.AreEqual(2, constraints.CountExisting(5));
        Assert.AreEqual(0, constraints.CountExisting(6));
    }

    [TestMethod]
    [DataRow((int)CodeConstraint.None, 10)]
    [DataRow((int)CodeConstraint.NoZeros, 9)]
    [DataRow((int)CodeConstraint.Without089, 7)]
    [DataRow((int)CodeConstraint.Without0789, 6)]
    [DataRow(EveryRule, 6)]
    public void Alphabet_has_the_digits_that_are_allowed(int rules, int size)
    {
        CodeConstraints constraints = new() { Rules = (CodeConstraint)rules };
        Assert.AreEqual(size, DigitRules.SizeOf(constraints.Alphabet));
        for (int i = 0; i < size; i++)
        {
            int first = size == 10 ? '0' : '1';
            Assert.AreEqual(first + i, (int)DigitRules.Nth(constraints.Alphabet, i));
        }
    }

    [TestMethod]
    public void NameOf_each_rule_is_its_own()
    {
        Assert.AreEqual("no_zeros", CodeConstraints.NameOf(CodeConstraint.NoZeros));
        Assert.AreEqual("name_must_be_unique", CodeConstraints.NameOf(CodeConstraint.UniqueName));
        Assert.AreEqual("", CodeConstraints.NameOf(CodeConstraint.None));
        Assert.AreEqual("", CodeConstraints.NameOf((CodeConstraint)(EveryRule + 1)));
        for (int rule = 1; rule <= EveryRule; rule <<= 1)
        {
            string name = CodeConstraints.NameOf((CodeConstraint)rule);
            for (int other = 0; other < rule; other = other == 0 ? 1 : other << 1)
            {
                Assert.IsFalse(name == CodeConstraints.NameOf((CodeConstraint)other));
            }
        }
    }

    [TestMethod]
    public void Refusals_of_constraints_are_invalid_input_with_texts_of_their_own()
    {
        const int Last = (int)Refusal.OfflineTooLong;
        for (int i = (int)Refusal.LengthNotSupported; i <= Last; i++)
        {
            Assert.AreEqual("invalid_input", Refusals.TypeOf((Refusal)i));
            Assert.IsFalse(Refusals.IsRetryable((Refusal)i));
            string text = Refusals.TextOf((Refusal)i);
            for (int j = 0; j < i; j++)
            {
                Assert.IsFalse(text == Refusals.TextOf((Refusal)j));
            }
        }
    }

    private static void Check(int refusal, CodeConstraints constraints, string digits)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(digits);
        Assert.AreEqual(refusal, (int)constraints.Judge(bytes, bytes.Length), digits);
    }
}
