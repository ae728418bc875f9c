// What can be said of digits by looking at them. CodeConstraints and MadeDigits call it.

namespace Keyway.Firmware;

/// <summary>Questions about ASCII digits, one each; sets of digits are bit masks.</summary>
public static class DigitRules
{
    /// <summary>All ten digits, as a bit mask: bit 0 stands for 0.</summary>
    public const int AllDigits = 0x03FF;

    /// <summary>The set of the digits that occur; 0 when anything else occurs.</summary>
    /// <param name="digits">The caller's, only read.</param>
    /// <param name="count">How many.</param>
    public static int Used(byte[] digits, int count)
    {
        int used = 0;
        for (int i = 0; i < count; i++)
        {
            int digit = digits[i] - '0';
            if (digit < 0 || digit > 9) return 0;
            used |= 1 << digit;
        }

        return used;
    }

    /// <summary>How many digits a set has.</summary>
    public static int SizeOf(int set)
    {
        int size = 0;
        for (int left = set; left != 0; left &= left - 1)
        {
            size++;
        }

        return size;
    }

    /// <summary>The n-th smallest digit of a set, in ASCII.</summary>
    /// <param name="set">A bit mask.</param>
    /// <param name="n">0 to the size of the set - 1.</param>
    public static byte Nth(int set, int n)
    {
        int left = set;
        for (int i = 0; i < n; i++)
        {
            left &= left - 1;
        }

        int digit = 0;
        while ((left & (1 << digit)) == 0 && digit < 9)
        {
            digit++;
        }

        return (byte)('0' + digit);
    }

    /// <summary>True when three neighbours are consecutive, up or down, or the same: 123, 321,
    /// 111. From 9 to 0 is no step.</summary>
    public static bool HasTriple(byte[] digits, int count)
    {
        for (int i = 2; i < count; i++)
        {
            int step = digits[i] - digits[i - 1];
            if (step >= -1 && step <= 1 && digits[i - 1] - digits[i - 2] == step) return true;
        }

        return false;
    }

    /// <summary>True when the whole is one sequence of consecutive digits, up or down.</summary>
    public static bool IsSequence(byte[] digits, int count)
    {
        int step = digits[1] - digits[0];
        for (int i = 2; i < count; i++)
        {
            if (digits[i] - digits[i - 1] != step) return false;
        }

        return step == 1 || step == -1;
    }

    /// <summary>True when two codes are the same.</summary>
    /// <param name="digits">The first.</param>
    /// <param name="count">Its digits.</param>
    /// <param name="other">The second, the whole array.</param>
    public static bool AreEqual(byte[] digits, int count, byte[] other)
    {
        if (other.Length != count) return false;
        for (int i = 0; i < count; i++)
        {
            if (digits[i] != other[i]) return false;
        }

        return true;
    }
}
