using System.Text;
using Keyway.Boards.Virtual;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>The vectors of RFC 4231, section 4.</summary>
[TestClass]
public class ManagedHmacTests
{
    [TestMethod]
    public void Case_1_a_short_secret() => Check(
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        Repeated(0x0B, 20), Ascii("Hi There"));

    [TestMethod]
    public void Case_2_a_secret_shorter_than_the_hash() => Check(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        Ascii("Jefe"), Ascii("what do ya want for nothing?"));

    [TestMethod]
    public void Case_3_more_than_a_block_in_all() => Check(
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        Repeated(0xAA, 20), Repeated(0xDD, 50));

    [TestMethod]
    public void Case_4_a_counting_secret()
    {
        byte[] secret = new byte[25];
        for (int i = 0; i < secret.Length; i++)
        {
            secret[i] = (byte)(i + 1);
        }

        Check("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            secret, Repeated(0xCD, 50));
    }

    [TestMethod]
    public void Case_5_its_first_16_bytes() => Check(
        "a3b6167473100ee06e0c796c2955552b",
        Repeated(0x0C, 20), Ascii("Test With Truncation"));

    [TestMethod]
    public void Case_6_a_secret_longer_than_a_block() => Check(
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        Repeated(0xAA, 131), Ascii("Test Using Larger Than Block-Size Key - Hash Key First"));

    [TestMethod]
    public void Case_7_a_long_secret_and_a_long_message() => Check(
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        Repeated(0xAA, 131), Ascii("This is a test using a larger than block-size key and a larger "
            + "than block-size data. The key needs to be hashed before being used by the HMAC "
            + "algorithm."));

    [TestMethod]
    public void Compute_takes_a_range_and_leaves_no_trace_of_the_call_before()
    {
        ManagedHmac hmac = new();
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        byte[] message = Ascii("..Hi There..");
        hmac.Compute(Repeated(0x0B, 20), message, 2, 8, first);
        hmac.Compute(Ascii("Jefe"), message, 0, 0, second);
        hmac.Compute(Repeated(0x0B, 20), Ascii("Hi There"), 0, 8, second);
        CollectionAssert.AreEqual(first, second);
    }

    private static void Check(string expected, byte[] secret, byte[] message)
    {
        byte[] output = new byte[32];
        new ManagedHmac().Compute(secret, message, 0, message.Length, output);
        char[] digits = expected.ToCharArray();
        for (int i = 0; i < digits.Length; i += 2)
        {
            int value = Digit(digits[i]) * 16 + Digit(digits[i + 1]);
            Assert.AreEqual(value, (int)output[i / 2]);
        }
    }

    private static int Digit(char digit) => digit <= '9' ? digit - '0' : digit - 'a' + 10;

    private static byte[] Ascii(string text) => Encoding.UTF8.GetBytes(text);

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
