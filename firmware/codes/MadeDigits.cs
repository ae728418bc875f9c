using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Stand-in.</summary>
public sealed class MadeDigits
{
    private readonly IKeyedHash _hash;
    private readonly byte[] _secret;
    private readonly CodeConstraints _constraints;
    private readonly byte[] _out = new byte[32];

    /// <summary>Stand-in.</summary>
    public MadeDigits(IKeyedHash hash, byte[] secret, CodeConstraints constraints)
    {
        _hash = hash;
        _secret = secret;
        _constraints = constraints;
    }

    /// <summary>Stand-in.</summary>
    public bool TryMake(byte[] seed, int offset, int count, int length, int attempt, byte[] digits)
    {
        byte[] message = new byte[count + 2];
        System.Array.Copy(seed, offset, message, 2, count);
        message[0] = (byte)'g';
        message[1] = (byte)attempt;
        _hash.Compute(_secret, message, 0, message.Length, _out);
        for (int i = 0; i < length; i++)
        {
            digits[i] = (byte)('0' + _out[i] % 10);
        }

        return _constraints.Judge(digits, length) == Refusal.None;
    }
}
