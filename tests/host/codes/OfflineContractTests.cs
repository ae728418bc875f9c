using System.Text;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Tests.Model;

namespace Keyway.Tests.Host.Codes;

/// <summary>The contract's vectors, against the firmware and a second implementation.</summary>
[TestClass]
public sealed class OfflineContractTests
{
    private static readonly OfflineVector[] Vectors = OfflineVector.All();

    [TestMethod]
    public void Vectors_are_enough_and_hold_the_boundaries()
    {
        Assert.IsGreaterThanOrEqualTo(40, Vectors.Length);
        foreach (string label in (string[])["time_bound", "one_time"])
        {
            int[] indexes = [.. Vectors.Where(row => row.Label == label).Select(row => row.Index)];
            int[] boundaries = [0, 1, 23, 24, 671, 672, 999];
            CollectionAssert.IsSubsetOf(boundaries, indexes);
        }

        CollectionAssert.Contains(Vectors.Select(row => row.StartHour).ToArray(), 0);
        CollectionAssert.Contains(
            Vectors.Select(row => row.StartHour).ToArray(), (int)OfflineCode.LastStartHour);
        Assert.HasCount(Vectors.Length, Vectors.Select(row => row.Digits).Distinct());
        Assert.HasCount(
            Vectors.Length, Vectors.Select(row => row.AccessCodeId + row.Secret).Distinct());
    }

    [TestMethod]
    public void Second_implementation_gives_the_vectors()
    {
        foreach (OfflineVector row in Vectors)
        {
            byte[] secret = row.SecretBytes;
            Assert.AreEqual(
                row.Digits,
                PlainOfflineCode.Digits(secret, row.Label, row.StartHour, row.Index));
            Assert.AreEqual(
                row.EndsAt, PlainOfflineCode.EndsAt(row.Label, row.StartHour, row.Index));
            Assert.AreEqual(
                row.AccessCodeId,
                PlainOfflineCode.AccessCodeId(row.Label, row.StartHour, row.Index));
        }
    }

    [TestMethod]
    public void Firmware_gives_the_vectors_and_finds_them()
    {
        foreach (OfflineVector row in Vectors)
        {
            bool isOneTime = row.Label == "one_time";
            var code = new OfflineCode(new HostKeyedHash(), row.SecretBytes);
            byte[] digits = new byte[OfflineCode.Digits];
            code.Make(isOneTime, row.StartHour, row.Index, digits);
            Assert.AreEqual(row.Digits, Encoding.ASCII.GetString(digits));
            Assert.AreEqual(row.EndsAt, OfflineCode.EndOf(isOneTime, row.StartHour, row.Index));

            byte[] id = new byte[Uuid.SizeBytes];
            OfflineCode.WriteId(isOneTime, row.StartHour, row.Index, id, 0);
            Assert.AreEqual(row.AccessCodeId, Uuid.ToText(id, 0));
            Assert.AreEqual(8, Guid.Parse(row.AccessCodeId).Version);
            byte[] again = new byte[OfflineCode.Digits];
            Assert.IsTrue(code.TryMakeFromId(id, 0, again));
            CollectionAssert.AreEqual(digits, again);

            var check = new OfflineCheck(code);
            check.Begin(digits, digits.Length, row.StartHour * 3600L);
            bool isFound;
            while (!check.Step(out isFound))
            {
            }

            Assert.IsTrue(isFound);
            Assert.AreEqual(row.StartHour, check.StartHour);
            Assert.AreEqual(row.Index, check.Index);
            Assert.AreEqual(isOneTime, check.IsOneTime);
            Assert.AreEqual(row.EndsAt, check.EndsAt);
        }
    }

    [TestMethod]
    public void Implementations_agree_on_seeded_codes()
    {
        var random = new Random(11);
        byte[] secret = new byte[32];
        byte[] digits = new byte[OfflineCode.Digits];
        for (int i = 0; i < 2000; i++)
        {
            random.NextBytes(secret);
            int startHour = random.Next((int)OfflineCode.LastStartHour + 1);
            int index = random.Next(OfflineCode.Indexes);
            bool isOnce = random.Next(2) == 0;
            new OfflineCode(new HostKeyedHash(), secret).Make(isOnce, startHour, index, digits);
            Assert.AreEqual(
                PlainOfflineCode.Digits(
                    secret, isOnce ? "one_time" : "time_bound", startHour, index),
                Encoding.ASCII.GetString(digits));
        }
    }
}
