using System;
using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class OfflineCodeTests
{
    private const bool Bound = false;
    private const bool Once = true;
    private const int Last = (int)OfflineCode.LastStartHour;

    [TestMethod]
    [DataRow(31)]
    [DataRow(33)]
    public void Secret_has_32_bytes(int count) => Assert.ThrowsException(typeof(ArgumentException),
        () => new OfflineCode(new ManagedHmac(), new byte[count]));

    // Rows of contract/offline-codes.json.
    [TestMethod]
    [DataRow(Bound, 498754, 0, "752154598")]
    [DataRow(Bound, 498754, 671, "308322315")]
    [DataRow(Bound, 498754, 672, "005961372")]
    [DataRow(Bound, 498754, 999, "934163772")]
    [DataRow(Bound, 0, 0, "450700750")]
    [DataRow(Bound, 0, 671, "158758729")]
    [DataRow(Bound, 0, 672, "120548900")]
    [DataRow(Bound, 0, 999, "895509387")]
    [DataRow(Bound, Last, 0, "923476447")]
    [DataRow(Bound, Last, 671, "943433839")]
    [DataRow(Bound, Last, 672, "062643747")]
    [DataRow(Bound, Last, 999, "376732645")]
    [DataRow(Once, 498754, 0, "008717291")]
    [DataRow(Once, 498754, 671, "581203707")]
    [DataRow(Once, 498754, 672, "463286505")]
    [DataRow(Once, 498754, 999, "785519267")]
    [DataRow(Once, 0, 0, "143661482")]
    [DataRow(Once, 0, 671, "628018939")]
    [DataRow(Once, 0, 672, "311403236")]
    [DataRow(Once, 0, 999, "919895025")]
    [DataRow(Once, Last, 0, "022472550")]
    [DataRow(Once, Last, 671, "546299576")]
    [DataRow(Once, Last, 672, "908650586")]
    [DataRow(Once, Last, 999, "192484709")]
    [DataRow(Once, 498755, 22, "000628350")]
    [DataRow(Once, 498771, 809, "898000089")]
    [DataRow(Once, 500703, 314, "312999999")]
    public void Make_gives_the_digits_of_the_contract(
        bool isOneTime, int startHour, int index, string digits)
    {
        byte[] made = new byte[OfflineCode.Digits];
        Code(0).Make(isOneTime, startHour, index, made);
        Assert.AreEqual(digits, Encoding.UTF8.GetString(made, 0, made.Length));
    }

    [TestMethod]
    public void TagOf_is_the_truncated_MAC_of_label_start_and_index()
    {
        KeptMessageHash hash = new();
        OfflineCode code = new(hash, new byte[32]);
        code.TagOf(false, 0x010203, 0x0304);
        byte[] expected = { (byte)'b', 0, 1, 2, 3, 3, 4 };
        CollectionAssert.AreEqual(expected, hash.Message);
        code.TagOf(true, 0, 0);
        Assert.AreEqual('o', (int)hash.Message[0]);
    }

    [TestMethod]
    public void TagOf_leaves_nothing_of_the_MAC_behind()
    {
        KeptMessageHash hash = new();
        new OfflineCode(hash, new byte[32]).TagOf(false, 1, 2);
        CollectionAssert.AreEqual(new byte[32], hash.Output);
    }

    [TestMethod]
    public void IndexOf_takes_off_the_mask()
    {
        OfflineCode code = Code(0);
        byte[] digits = new byte[OfflineCode.Digits];
        for (int index = 0; index < OfflineCode.Indexes; index += 37)
        {
            code.Make(true, 5, index, digits);
            int masked = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + digits[2] - '0';
            int tag = code.TagOf(true, 5, index);
            Assert.AreEqual(index, OfflineCode.IndexOf(masked, tag));
        }

        Assert.AreEqual(2, OfflineCode.IndexOf(0, 999999));
        Assert.AreEqual(999, OfflineCode.IndexOf(999, 0));
    }

    [TestMethod]
    [DataRow(Bound, 0, 3600)]
    [DataRow(Bound, 671, 28 * 86400)]
    [DataRow(Bound, 672, 29 * 86400)]
    [DataRow(Bound, 999, 356 * 86400)]
    [DataRow(Once, 0, 86400)]
    [DataRow(Once, 999, 86400)]
    public void EndOf_is_after_the_duration(bool isOneTime, int index, int seconds)
    {
        Assert.AreEqual((long)seconds, OfflineCode.EndOf(isOneTime, 0, index));
        long end = OfflineCode.EndOf(isOneTime, Last, index);
        Assert.AreEqual(Last * 3600L + seconds, end);
        Assert.IsTrue(end <= Iso8601.Maximum);
    }

    [TestMethod]
    [DataRow(0, 0, true)]
    [DataRow(Last, 999, true)]
    [DataRow(Last + 1, 0, false)]
    [DataRow(-1, 0, false)]
    [DataRow(0, 1000, false)]
    [DataRow(0, -1, false)]
    public void IsSound_knows_what_there_is(int startHour, int index, bool isSound) =>
        Assert.AreEqual(isSound, OfflineCode.IsSound(startHour, index));

    [TestMethod]
    [DataRow(Bound, 0, 0)]
    [DataRow(Once, Last, 999)]
    [DataRow(Bound, 498754, 672)]
    public void Id_is_of_version_8_and_can_be_read_again(bool isOneTime, int startHour, int index)
    {
        byte[] id = new byte[18];
        OfflineCode.WriteId(isOneTime, startHour, index, id, 1);
        Assert.AreEqual(0, id[0] + id[17]);
        Assert.AreEqual(0x80, id[7] & 0xF0);
        Assert.AreEqual(0x80, id[9] & 0xC0);
        Assert.IsTrue(OfflineCode.TryReadId(id, 1, out bool label, out long start, out int i));
        Assert.AreEqual(isOneTime, label);
        Assert.AreEqual((long)startHour, start);
        Assert.AreEqual(index, i);

        byte[] digits = new byte[9];
        byte[] again = new byte[9];
        Code(0).Make(isOneTime, startHour, index, digits);
        Assert.IsTrue(Code(0).TryMakeFromId(id, 1, again));
        CollectionAssert.AreEqual(digits, again);
    }

    [TestMethod]
    public void TryReadId_refuses_ids_that_no_offline_code_has()
    {
        byte[] id = new byte[16];
        OfflineCode.WriteId(false, 498754, 999, id, 0);
        for (int i = 0; i < 16; i++)
        {
            // Another start or index is another code.
            if (i == 2 || i == 3 || i == 5) continue;
            byte[] other = (byte[])id.Clone();
            other[i] ^= 0x44;
            Assert.IsFalse(OfflineCode.TryReadId(other, 0, out _, out _, out _), "byte " + i);
        }

        Assert.IsFalse(OfflineCode.TryReadId(TestBook.Id(1), 0, out _, out _, out _));
        Assert.IsFalse(OfflineCode.TryReadId(new byte[16], 0, out _, out _, out _));
        Assert.IsFalse(Code(0).TryMakeFromId(TestBook.Id(1), 0, new byte[9]));
    }

    internal static OfflineCode Code(byte change)
    {
        byte[] secret = new byte[32];
        for (int i = 0; i < 32; i++)
        {
            secret[i] = (byte)(i ^ change);
        }

        return new OfflineCode(new ManagedHmac(), secret);
    }
}
