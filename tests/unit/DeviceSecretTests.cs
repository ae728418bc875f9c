using System;
using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class DeviceSecretTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(31)]
    [DataRow(33)]
    public void Secret_has_32_bytes(int count) =>
        Assert.ThrowsException(typeof(ArgumentException),
            () => new DeviceSecret(new ManagedHmac(), new byte[count]));

    [TestMethod]
    public void Digits_MAC_is_the_start_of_the_HMAC_of_a_label_and_the_digits()
    {
        byte[] secret = Secret(1);
        byte[] hash = new byte[32];
        new ManagedHmac().Compute(secret, Encoding.UTF8.GetBytes("d1234"), 0, 5, hash);
        byte[] mac = new byte[Frame.MacBytes + 2];
        new DeviceSecret(new ManagedHmac(), secret)
            .ComputeDigitsMac(Encoding.UTF8.GetBytes("12345678"), 4, mac, 1);
        Assert.IsTrue(DeviceSecret.AreEqual(hash, 0, mac, 1));
        Assert.AreEqual(0, mac[0] + mac[Frame.MacBytes + 1]);
    }

    [TestMethod]
    public void Digits_MAC_differs_for_other_digits_and_other_secrets()
    {
        byte[] mac = MacOf(1, "1234");
        Assert.IsFalse(DeviceSecret.AreEqual(mac, 0, MacOf(1, "12345"), 0));
        Assert.IsFalse(DeviceSecret.AreEqual(mac, 0, MacOf(1, "1243"), 0));
        Assert.IsFalse(DeviceSecret.AreEqual(mac, 0, MacOf(2, "1234"), 0));
        Assert.IsTrue(DeviceSecret.AreEqual(mac, 0, MacOf(1, "1234"), 0));
    }

    [TestMethod]
    public void Backup_id_is_a_UUID_of_version_8_from_the_HMAC_of_a_label_and_the_id()
    {
        byte[] message = new byte[1 + Uuid.SizeBytes];
        message[0] = (byte)'b';
        TestBook.Id(5).CopyTo(message, 1);
        byte[] hash = new byte[32];
        new ManagedHmac().Compute(Secret(1), message, 0, message.Length, hash);
        byte[] output = new byte[Uuid.SizeBytes + 2];
        new DeviceSecret(new ManagedHmac(), Secret(1)).ComputeBackupId(TestBook.Id(5), output, 1);
        for (int i = 0; i < Uuid.SizeBytes; i++)
        {
            int expected = i == 6 ? hash[i] & 0x0F | 0x80
                : i == 8 ? hash[i] & 0x3F | 0x80 : hash[i];
            Assert.AreEqual(expected, (int)output[i + 1]);
        }

        Assert.AreEqual(0, output[0] + output[Uuid.SizeBytes + 1]);
    }

    [TestMethod]
    public void Digits_and_tags_have_labels_of_their_own()
    {
        MessageHash hash = new();
        DeviceSecret secret = new(hash, Secret(1));
        secret.ComputeDigitsMac(new byte[12], 12, new byte[8], 0);
        int digitsLabel = hash.Message[0];
        secret.ComputeTag(TestBook.Code(1), new byte[8], 0);
        Assert.AreNotEqual(digitsLabel, (int)hash.Message[0]);
    }

    [TestMethod]
    public void Tag_covers_every_byte_but_checksums_and_itself()
    {
        DeviceSecret secret = new(new MessageHash(), Secret(1));
        AccessCode code = TestBook.Code(1);
        secret.ComputeTag(code, code.Bytes, AccessCode.TagOffset);
        for (int i = 0; i < AccessCode.TagOffset; i++)
        {
            bool isChecksum = i >= Frame.BodyBytes && i < Frame.SizeBytes;
            code.Bytes[i] ^= 0x10;
            Assert.AreEqual(isChecksum, secret.HasTag(code), "byte " + i);
            code.Bytes[i] ^= 0x10;
        }

        code.Bytes[Frame.SizeBytes + Frame.BodyBytes] ^= 1;
        Assert.IsTrue(secret.HasTag(code));
        code.Bytes[AccessCode.TagOffset] ^= 1;
        Assert.IsFalse(secret.HasTag(code));
    }

    [TestMethod]
    public void Tag_of_one_lock_is_not_that_of_another()
    {
        AccessCode code = TestBook.Code(1);
        new DeviceSecret(new ManagedHmac(), Secret(1))
            .ComputeTag(code, code.Bytes, AccessCode.TagOffset);
        Assert.IsTrue(new DeviceSecret(new ManagedHmac(), Secret(1)).HasTag(code));
        Assert.IsFalse(new DeviceSecret(new ManagedHmac(), Secret(2)).HasTag(code));
    }

    [TestMethod]
    public void AreEqual_looks_at_all_8_bytes()
    {
        byte[] one = new byte[10];
        byte[] other = new byte[10];
        one[0] = 9;
        other[9] = 9;
        Assert.IsTrue(DeviceSecret.AreEqual(one, 1, other, 1));
        for (int i = 1; i <= Frame.MacBytes; i++)
        {
            other[i] = 0x80;
            Assert.IsFalse(DeviceSecret.AreEqual(one, 1, other, 1));
            other[i] = 0;
        }
    }

    private static byte[] Secret(byte first)
    {
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        secret[0] = first;
        return secret;
    }

    private static byte[] MacOf(byte secret, string digits)
    {
        byte[] mac = new byte[Frame.MacBytes];
        byte[] bytes = Encoding.UTF8.GetBytes(digits);
        new DeviceSecret(new ManagedHmac(), Secret(secret))
            .ComputeDigitsMac(bytes, bytes.Length, mac, 0);
        return mac;
    }
}
