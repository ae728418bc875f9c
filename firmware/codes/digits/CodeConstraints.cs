// What a lock asks of an access code. The board fills it; CodeDigits, CodeNames and MadeDigits ask
// it, it asks DigitRules. Keeps nothing of what it judges.

using System;
using System.Text;

namespace Keyway.Firmware;

/// <summary>What a lock asks of the digits and of what goes with them.</summary>
public sealed class CodeConstraints
{
    private const int AllLengths =
        (2 << Limits.CodeDigitsMax) - (1 << Limits.CodeDigitsMin);

    private const string DefaultWords = "Access code ";
    private const int WithoutZero = DigitRules.AllDigits & ~0x001;
    private const int Without089 = DigitRules.AllDigits & ~0x301;
    private const int Without0789 = DigitRules.AllDigits & ~0x381;
    private byte[][] _existing;

    /// <summary>The rules, the bits of <see cref="CodeConstraint"/>.</summary>
    public CodeConstraint Rules { get; set; }

    /// <summary>The lengths that codes may have, as a bit mask: bit 4 stands for four digits. All
    /// from <see cref="Limits.CodeDigitsMin"/> to <see cref="Limits.CodeDigitsMax"/> by default;
    /// other bits count for nothing.</summary>
    public int Lengths { get; set; } = AllLengths;

    /// <summary>min_length of name_length, in characters.</summary>
    public int NameMin { get; set; }

    /// <summary>max_length of name_length, in characters; the lock keeps no more than
    /// <see cref="Limits.NameBytes"/> bytes anyway.</summary>
    public int NameMax { get; set; } = Limits.NameBytes;

    /// <summary>The codes of pin_code_matches_existing_set, at most
    /// <see cref="Limits.ExistingCodes"/>; null: there are none.</summary>
    /// <exception cref="ArgumentException">There are more, or one is not made of 4 to 12 digits.
    /// </exception>
    public string[] ExistingSet
    {
        set
        {
            _existing = null;
            int count = value == null ? 0 : value.Length;
            if (count > Limits.ExistingCodes) throw new ArgumentException();
            var existing = new byte[count][];
            for (int i = 0; i < count; i++)
            {
                existing[i] = DigitsOf(value[i]);
            }

            _existing = count > 0 ? existing : null;
        }
    }

    /// <summary>The digits that a code may have, as a bit mask: bit 0 stands for 0.</summary>
    public int Alphabet
    {
        get
        {
            int alphabet = DigitRules.AllDigits;
            if (Asks(CodeConstraint.NoZeros)) alphabet &= WithoutZero;
            if (Asks(CodeConstraint.Without089)) alphabet &= Without089;
            if (Asks(CodeConstraint.Without0789)) alphabet &= Without0789;
            return alphabet;
        }
    }

    /// <summary>The least length that is supported; 0 when none is.</summary>
    public int ShortestLength
    {
        get
        {
            for (int length = Limits.CodeDigitsMin; length <= Limits.CodeDigitsMax; length++)
            {
                if (Supports(length)) return length;
            }

            return 0;
        }
    }

    /// <summary>True when the lock has a rule.</summary>
    public bool Asks(CodeConstraint rule) => (Rules & rule) != 0;

    /// <summary>True when a code may have so many digits. With an existing set: and one of the set
    /// has so many.</summary>
    public bool Supports(int length)
    {
        int lengths = Lengths & AllLengths;
        if (Asks(CodeConstraint.FromExistingSet) && CountExisting(length) == 0) lengths = 0;
        return length >= 0 && length <= Limits.CodeDigitsMax && (lengths & (1 << length)) != 0;
    }

    /// <summary>Judges digits by every rule that needs only them.</summary>
    /// <param name="digits">ASCII; the caller's, only read.</param>
    /// <param name="count">How many bytes, any number.</param>
    /// <returns><see cref="Refusal.None"/>, or the first rule that they break.</returns>
    public Refusal Judge(byte[] digits, int count)
    {
        if (count < Limits.CodeDigitsMin || count > Limits.CodeDigitsMax)
            return Refusal.CodeLength;

        int used = DigitRules.Used(digits, count);
        if (used == 0) return Refusal.NotDigits;
        if (!Supports(count)) return Refusal.LengthNotSupported;

        Refusal refusal = JudgeAlphabet(used);
        if (refusal == Refusal.None) refusal = JudgePattern(digits, count, used);
        return refusal != Refusal.None || !Asks(CodeConstraint.FromExistingSet)
            || IsExisting(digits, count) ? refusal : Refusal.NotInExistingSet;
    }

    /// <summary>The name of a code that was given none: Access code 1 for slot 0. Within
    /// name_length, where the lock asks for it: the words are cut, or zeros come before the number.
    /// </summary>
    /// <param name="slot">The code's.</param>
    public string DefaultName(int slot)
    {
        bool isBound = Asks(CodeConstraint.NameLength);
        int least = !isBound ? 0 : NameMin < Limits.NameBytes ? NameMin : Limits.NameBytes;
        int most = isBound && NameMax < Limits.NameBytes ? NameMax : Limits.NameBytes;
        string number = (slot + 1).ToString();
        int room = most > number.Length ? most - number.Length : 0;
        string words = room < DefaultWords.Length
            ? DefaultWords.Substring(0, room) : DefaultWords;
        while (words.Length + number.Length < least)
        {
            number = "0" + number;
        }

        return words + number;
    }

    /// <summary>How many codes of the existing set have a length.</summary>
    public int CountExisting(int length)
    {
        int count = 0;
        for (int i = 0; _existing != null && i < _existing.Length; i++)
        {
            if (_existing[i].Length == length) count++;
        }

        return count;
    }

    /// <summary>Copies the n-th code of the existing set that has a length.</summary>
    /// <param name="length">The length.</param>
    /// <param name="n">0 to <see cref="CountExisting"/> - 1.</param>
    /// <param name="digits">Receives the digits; nothing when there is no such code.</param>
    public void CopyExisting(int length, int n, byte[] digits)
    {
        int before = 0;
        for (int i = 0; _existing != null && i < _existing.Length; i++)
        {
            if (_existing[i].Length != length) continue;
            if (before++ != n) continue;
            Array.Copy(_existing[i], 0, digits, 0, length);
            return;
        }
    }

    /// <summary>The API's constraint_type of a rule.</summary>
    /// <param name="rule">One bit.</param>
    /// <returns>Empty for anything else.</returns>
    public static string NameOf(CodeConstraint rule) => rule switch
    {
        CodeConstraint.NoZeros => "no_zeros",
        CodeConstraint.NotStartingWith12 => "cannot_start_with_12",
        CodeConstraint.NoTripleConsecutive => "no_triple_consecutive_ints",
        CodeConstraint.NoSequence => "no_ascending_or_descending_sequence",
        CodeConstraint.ThreeUniqueDigits => "at_least_three_unique_digits",
        CodeConstraint.NotAllSame => "no_all_same_digits",
        CodeConstraint.UniqueFirstFour => "unique_first_four_digits",
        CodeConstraint.Without089 => "cannot_contain_089",
        CodeConstraint.Without0789 => "cannot_contain_0789",
        CodeConstraint.DigitsFromLockOnly => "cannot_specify_pin_code",
        CodeConstraint.FromExistingSet => "pin_code_matches_existing_set",
        CodeConstraint.StartInFuture => "start_date_in_future",
        CodeConstraint.NameLength => "name_length",
        CodeConstraint.UniqueName => "name_must_be_unique",
        _ => "",
    };

    private Refusal JudgeAlphabet(int used)
    {
        if (Asks(CodeConstraint.NoZeros) && (used & ~WithoutZero) != 0) return Refusal.HasZero;
        if (Asks(CodeConstraint.Without089) && (used & ~Without089) != 0) return Refusal.Has089;
        return Asks(CodeConstraint.Without0789) && (used & ~Without0789) != 0
            ? Refusal.Has0789
            : Refusal.None;
    }

    private Refusal JudgePattern(byte[] digits, int count, int used)
    {
        int different = DigitRules.SizeOf(used);
        if (Asks(CodeConstraint.NotStartingWith12) && digits[0] == '1' && digits[1] == '2')
            return Refusal.StartsWith12;
        if (Asks(CodeConstraint.NotAllSame) && different == 1) return Refusal.AllSameDigits;
        if (Asks(CodeConstraint.ThreeUniqueDigits) && different < 3)
            return Refusal.FewUniqueDigits;
        if (Asks(CodeConstraint.NoSequence) && DigitRules.IsSequence(digits, count))
            return Refusal.DigitSequence;

        // "No more than three digits in a row can be consecutive or the same", says the API's
        // document; the name says no triple. Three are refused, which keeps both.
        return Asks(CodeConstraint.NoTripleConsecutive) && DigitRules.HasTriple(digits, count)
            ? Refusal.TripleDigits
            : Refusal.None;
    }

    private bool IsExisting(byte[] digits, int count)
    {
        for (int i = 0; _existing != null && i < _existing.Length; i++)
        {
            if (DigitRules.AreEqual(digits, count, _existing[i])) return true;
        }

        return false;
    }

    private static byte[] DigitsOf(string code)
    {
        byte[] digits = Encoding.UTF8.GetBytes(code ?? "");
        if (digits.Length < Limits.CodeDigitsMin || digits.Length > Limits.CodeDigitsMax
            || DigitRules.Used(digits, digits.Length) == 0)
        {
            throw new ArgumentException();
        }

        return digits;
    }
}
