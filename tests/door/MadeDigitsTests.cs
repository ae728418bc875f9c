using System;
using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class MadeDigitsTests
{
    [TestMethod]
    [DataRow(31)]
    [DataRow(33)]
    public void Secret_has_32_bytes(int count) => Assert.ThrowsException(typeof(ArgumentException),
        () => new MadeDigits(new ManagedHmac(), new byte[count], new CodeConstraints()));

    [TestMethod]
    public void Digits_are_those_of_the_MAC_of_label_id_and_try()
    {
        byte[] message = new byte[18];
        message[0] = (byte)'m';
        message[1] = 7;
        message[17] = 5;
        byte[] hash = new byte[32];
        new ManagedHmac().Compute(Secret(1), message, 0, 18, hash);
        byte[] expected = new byte[6];
        int count = 0;
        for (int i = 0; count < 6; i++)
        {
            if (hash[i] < 250) expected[count++] = (byte)('0' + hash[i] % 10);
        }

        byte[] digits = new byte[6];
        Assert.IsTrue(Made(1, new CodeConstraints()).TryMake(IdOf(7), 1, 16, 6, 5, digits));
        CollectionAssert.AreEqual(expected, digits);
    }

    [TestMethod]
    public void Digits_are_the_same_on_two_locks_with_one_secret()
    {
        Assert.AreEqual(First(1, 7, 8), First(1, 7, 8));
        Assert.AreEqual(First(1, 7, 16), First(1, 7, 16));
        Assert.IsFalse(First(1, 7, 8) == First(2, 7, 8));
        Assert.IsFalse(First(1, 7, 8) == First(1, 8, 8));
        Assert.IsFalse(First(1, 7, 8) == First(1, 7, 16));
    }

    [TestMethod]
    public void Labels_are_not_those_of_the_other_MACs()
    {
        KeptMessageHash hash = new();
        MadeDigits made = new(hash, Secret(1), new CodeConstraints());
        byte[] digits = new byte[12];
        made.TryMake(IdOf(7), 1, 16, 4, 0, digits);
        int idLabel = hash.Message[0];
        made.TryMake(IdOf(7), 1, 8, 4, 0, digits);
        int keyLabel = hash.Message[0];
        Assert.AreNotEqual(idLabel, keyLabel);
        DeviceSecret secret = new(hash, Secret(1));
        for (int use = 0; use < 5; use++)
        {
            if (use == 0) secret.ComputeDigitsMac(digits, 4, new byte[8], 0);
            if (use == 1) secret.ComputeTag(TestBook.Code(1), new byte[8], 0);
            if (use == 2) secret.ComputeCommonKeyMac(digits, 0, 4, new byte[8], 0);
            if (use == 3) secret.ComputeFirstFourMac(digits, new byte[8], 0);
            if (use == 4) secret.ComputeBackupId(new byte[16], new byte[16], 0);
            Assert.AreNotEqual(idLabel, (int)hash.Message[0]);
            Assert.AreNotEqual(keyLabel, (int)hash.Message[0]);
        }
    }

    // Bytes of the seed, length, try.
    [TestMethod]
    [DataRow(16, 0, 0)]
    [DataRow(16, 3, 0)]
    [DataRow(16, 13, 0)]
    [DataRow(16, 5, 0)]
    [DataRow(16, 4, -1)]
    [DataRow(16, 4, 256)]
    [DataRow(0, 4, 0)]
    [DataRow(7, 4, 0)]
    [DataRow(17, 4, 0)]
    public void TryMake_gives_nothing_for_what_is_out_of_range(int count, int length, int attempt)
    {
        byte[] digits = { 1, 2, 3, 4 };
        MadeDigits made = Made(1, new CodeConstraints { Lengths = 1 << 4 });
        Assert.IsFalse(made.TryMake(IdOf(7), 1, count, length, attempt, digits));
        Assert.AreEqual(0, digits[0] + digits[3]);
        Assert.IsTrue(made.TryMake(IdOf(7), 1, 16, 4, 255, digits));
    }

    [TestMethod]
    public void TryMake_gives_only_what_the_constraints_let_pass()
    {
        CodeConstraints constraints = new()
        {
            Rules = CodeConstraint.ThreeUniqueDigits | CodeConstraint.NoTripleConsecutive
                | CodeConstraint.Without0789 | CodeConstraint.NotStartingWith12,
        };
        MadeDigits made = Made(1, constraints);
        byte[] digits = new byte[4];
        int count = 0;
        for (int i = 0; i < 64; i++)
        {
            bool isMade = made.TryMake(IdOf(7), 1, 16, 4, i, digits);
            if (isMade) count++;
            Assert.AreEqual(isMade, digits[0] != 0);
            Assert.AreEqual(isMade, constraints.Judge(digits, 4) == Refusal.None);
        }

        Assert.IsTrue(count > 32 && count < 64);
    }

    [TestMethod]
    public void Tries_go_through_the_existing_set_once()
    {
        CodeConstraints constraints = new()
        {
            Rules = CodeConstraint.FromExistingSet,
            ExistingSet = new[] { "1111", "222222", "3333", "4444" },
        };
        MadeDigits made = Made(1, constraints);
        byte[] digits = new byte[6];
        int sum = 0;
        for (int i = 0; i < 3; i++)
        {
            Assert.IsTrue(made.TryMake(IdOf(7), 1, 16, 4, i, digits));
            sum += digits[0] - '0';
        }

        Assert.AreEqual(1 + 3 + 4, sum);
        Assert.IsFalse(made.TryMake(IdOf(7), 1, 16, 4, 3, digits));
        Assert.IsFalse(made.TryMake(IdOf(7), 1, 16, 5, 0, digits));
        Assert.IsTrue(made.TryMake(IdOf(7), 1, 16, 6, 0, digits));
        Assert.AreEqual("222222", Encoding.UTF8.GetString(digits, 0, 6));
    }

    private static string First(byte secret, byte id, int count)
    {
        byte[] digits = new byte[12];
        Assert.IsTrue(
            Made(secret, new CodeConstraints()).TryMake(IdOf(id), 1, count, 12, 0, digits));
        return Encoding.UTF8.GetString(digits, 0, 12);
    }

    private static MadeDigits Made(byte secret, CodeConstraints constraints) =>
        new(new ManagedHmac(), Secret(secret), constraints);

    /// <summary>An id, from the second byte on.</summary>
    private static byte[] IdOf(byte first)
    {
        byte[] bytes = new byte[18];
        bytes[1] = first;
        return bytes;
    }

    private static byte[] Secret(byte first)
    {
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        secret[0] = first;
        return secret;
    }
}
