using System.Text;
using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class UuidTests
{
    [TestMethod]
    [DataRow("00112233-4455-6677-8899-aabbccddeeff")]
    [DataRow("00112233-4455-6677-8899-AABBCCDDEEFF")]
    [DataRow("00112233-4455-6677-8899-AaBbCcDdEeFf")]
    public void TryRead_gives_the_bytes_in_the_order_of_the_text(string text)
    {
        byte[] output = new byte[18];
        Assert.IsTrue(Uuid.TryRead(text, output, 1));
        Assert.AreEqual(0, (int)output[0]);
        for (int i = 0; i < 16; i++) Assert.AreEqual(0x11 * i, (int)output[1 + i]);
        Assert.AreEqual(0, (int)output[17]);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("00112233-4455-6677-8899-aabbccddeef")]
    [DataRow("00112233-4455-6677-8899-aabbccddeefff")]
    [DataRow("00112233-4455-6677-8899-aabbccddeefg")]
    [DataRow("g0112233-4455-6677-8899-aabbccddeeff")]
    [DataRow("00112233 4455 6677 8899 aabbccddeeff")]
    [DataRow("001122334-455-6677-8899-aabbccddeeff")]
    [DataRow("00112233-4455-6677-88990aabbccddeeff")]
    [DataRow("00112233-4455-6677-8899-aabbccdd-eff")]
    [DataRow("00112233445566778899aabbccddeeff")]
    [DataRow("00112233445566778899aabbccddeeff0000")]
    [DataRow("{00112233-4455-6677-8899-aabbccddee}")]
    [DataRow("{00112233-4455-6677-8899-aabbccddeeff}")]
    [DataRow(" 00112233-4455-6677-8899-aabbccddeeff")]
    [DataRow("00112233-4455-6677-8899-aabbccddee:0")]
    [DataRow("00112233-4455-6677-8899-aabbccddee@0")]
    [DataRow("00112233-4455-6677-8899-aabbccddee`0")]
    [DataRow("00112233-4455-6677-8899-aabbccddee/0")]
    public void TryRead_refuses_another_spelling_and_leaves_zeros(string text)
    {
        byte[] output = Filled(16);
        Assert.IsFalse(Uuid.TryRead(text, output, 0));
        Assert.IsTrue(Uuid.IsZero(output, 0));
    }

    [TestMethod]
    public void TryRead_refuses_null()
    {
        byte[] output = Filled(16);
        Assert.IsFalse(Uuid.TryRead(null, output, 0));
        Assert.IsTrue(Uuid.IsZero(output, 0));
    }

    [TestMethod]
    public void TryRead_reads_only_its_range()
    {
        byte[] text = Encoding.UTF8.GetBytes("a00112233-4455-6677-8899-aabbccddeeffb");
        byte[] output = new byte[16];
        Assert.IsTrue(Uuid.TryRead(text, 1, 36, output, 0));
        Assert.AreEqual("00112233-4455-6677-8899-aabbccddeeff", Uuid.ToText(output, 0));
        Assert.IsFalse(Uuid.TryRead(text, 1, 37, output, 0));
        Assert.IsFalse(Uuid.TryRead(text, 0, 36, output, 0));
    }

    [TestMethod]
    public void ToText_is_lower_case()
    {
        byte[] output = new byte[17];
        Uuid.TryRead("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", output, 1);
        Assert.AreEqual("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", Uuid.ToText(output, 1));
    }

    [TestMethod]
    public void AreEqual_looks_at_every_byte_of_its_ranges()
    {
        byte[] a = Filled(20);
        byte[] b = Filled(16);
        Assert.IsTrue(Uuid.AreEqual(a, 4, b, 0));
        for (int i = 0; i < 16; i++)
        {
            b[i] ^= 1;
            Assert.IsFalse(Uuid.AreEqual(a, 4, b, 0));
            b[i] ^= 1;
        }

        a[3] = 0;
        Assert.IsTrue(Uuid.AreEqual(a, 4, b, 0));
    }

    [TestMethod]
    public void IsZero_looks_at_every_byte_of_its_range()
    {
        byte[] buffer = new byte[18];
        buffer[0] = 1;
        buffer[17] = 1;
        Assert.IsTrue(Uuid.IsZero(buffer, 1));
        for (int i = 1; i <= 16; i++)
        {
            buffer[i] = 0x80;
            Assert.IsFalse(Uuid.IsZero(buffer, 1));
            buffer[i] = 0;
        }
    }

    [TestMethod]
    [DataRow(0x00, "00000000-0000-4000-8000-000000000000")]
    [DataRow(0xFF, "ffffffff-ffff-4fff-bfff-ffffffffffff")]
    [DataRow(0x5A, "5a5a5a5a-5a5a-4a5a-9a5a-5a5a5a5a5a5a")]
    public void NewRandom_keeps_all_bits_but_version_4_and_the_variant(int value, string text)
    {
        byte[] buffer = new byte[18];
        Uuid.NewRandom(new SameBytes((byte)value), buffer, 1);
        Assert.AreEqual(text, Uuid.ToText(buffer, 1));
        Assert.AreEqual(0, (int)buffer[0]);
        Assert.AreEqual(0, (int)buffer[17]);
    }

    private static byte[] Filled(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = 0xA5;
        return bytes;
    }

    private sealed class SameBytes : IRandom
    {
        private readonly byte _value;

        public SameBytes(byte value) => _value = value;

        public void Fill(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++) buffer[offset + i] = _value;
        }
    }
}
