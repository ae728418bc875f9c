// The digits that open programming mode. EntryJudge and ProgrammingMode ask it; it calls
// DeviceSecret.

using System;
using System.Text;

namespace Keyway.Firmware;

/// <summary>The provisioned master code, kept as a MAC.</summary>
public sealed class MasterCode
{
    private readonly DeviceSecret _secret;
    private readonly byte[] _mac = new byte[Frame.MacBytes];
    private readonly byte[] _entered = new byte[Frame.MacBytes];

    /// <summary>Computes the MAC.</summary>
    /// <param name="secret">Computes MACs.</param>
    /// <param name="digits">8 to 12 digits.</param>
    /// <exception cref="ArgumentException">They are anything else.</exception>
    public MasterCode(DeviceSecret secret, string digits)
    {
        _secret = secret;
        byte[] bytes = Encoding.UTF8.GetBytes(digits);
        if (!IsSound(bytes))
        {
            throw new ArgumentException();
        }

        secret.ComputeMasterMac(bytes, bytes.Length, _mac, 0);
        Array.Clear(bytes, 0, bytes.Length);
    }

    /// <summary>True when digits are the master code; in a time that does not depend on them.
    /// </summary>
    /// <param name="digits">ASCII digits; the caller's.</param>
    /// <param name="count">How many, at most 12.</param>
    public bool Matches(byte[] digits, int count)
    {
        _secret.ComputeMasterMac(digits, count, _entered, 0);
        return DeviceSecret.AreEqual(_entered, 0, _mac, 0);
    }

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
