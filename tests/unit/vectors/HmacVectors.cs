using System.Text;
using Keyway.Hal;

namespace Keyway.Tests.Unit;

/// <summary>The vectors of RFC 4231, section 4, for every keyed hash there is.</summary>
internal static class HmacVectors
{
    private const int MacBytes = 32;
    private const int Margin = 3;

    /// <summary>Puts all of them to a hash, each message in the middle of a buffer.</summary>
    /// <returns>What is wrong, or nothing.</returns>
    internal static string Compare(IKeyedHash hash) =>
        // 1: a short secret.
        Wrong(1, hash, Repeated(0x0B, 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        // 2: a secret shorter than the hash.
        + Wrong(2, hash, Bytes("Jefe"), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        // 3 and 4: more than a block in all.
        + Wrong(3, hash, Repeated(0xAA, 20), Repeated(0xDD, 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")
        + Wrong(4, hash, Counting(25), Repeated(0xCD, 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")
        // 5: only the first 16 bytes are known.
        + Wrong(5, hash, Repeated(0x0C, 20), "Test With Truncation",
            "a3b6167473100ee06e0c796c2955552b")
        // 6 and 7: a secret longer than a block, a message shorter and longer than one.
        + Wrong(6, hash, Repeated(0xAA, 131),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        + Wrong(7, hash, Repeated(0xAA, 131),
            "This is a test using a larger than block-size key and a larger than block-size data. "
                + "The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");

    private static string Wrong(
        int number, IKeyedHash hash, byte[] secret, string message, string mac) =>
        Wrong(number, hash, secret, Bytes(message), mac);

    private static string Wrong(
        int number, IKeyedHash hash, byte[] secret, byte[] message, string mac)
    {
        byte[] buffer = Repeated(0x55, message.Length + 2 * Margin);
        message.CopyTo(buffer, Margin);
        byte[] output = Repeated(0x55, MacBytes + 1);
        hash.Compute(secret, buffer, Margin, message.Length, output);
        bool isSound = output[MacBytes] == 0x55;
        char[] digits = mac.ToCharArray();
        for (int i = 0; i < digits.Length; i += 2)
        {
            isSound &= output[i / 2] == Digit(digits[i]) * 16 + Digit(digits[i + 1]);
        }

        return isSound ? "" : "case " + number + " ";
    }

    private static int Digit(char digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Counting(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)(i + 1);
        }

        return bytes;
    }

    private static byte[] Repeated(int value, int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)value;
        }

        return bytes;
    }
}
