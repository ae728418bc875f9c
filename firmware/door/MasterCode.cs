namespace Keyway.Firmware;

/// <summary>What the digits must be that open programming mode; DeviceSecret knows them.</summary>
public static class MasterCode
{
    /// <summary>True when digits can be a master code: 8 to 12 of them.</summary>
    /// <param name="digits">ASCII, all of them.</param>
    public static bool IsSound(byte[] digits)
    {
        bool areDigits = digits.Length >= Limits.MasterDigitsMin
            && digits.Length <= Limits.CodeDigitsMax;
        for (int i = 0; i < digits.Length; i++)
        {
            areDigits &= digits[i] >= '0' && digits[i] <= '9';
        }

        return areDigits;
    }
}
