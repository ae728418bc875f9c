using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class FlashPartsTests
{
    [TestMethod]
    public void Find_knows_the_part_of_an_id() =>
        Assert.AreEqual("W25Q64JV", FlashParts.Find(0xEF4017).Name);

    /// <summary>The last byte of these ids is the binary logarithm of the size.</summary>
    [TestMethod]
    public void Each_part_has_an_id_of_its_own_that_says_its_size()
    {
        FlashPart[] parts = FlashParts.All();
        for (int i = 0; i < parts.Length; i++)
        {
            Assert.AreEqual(parts[i].Name, FlashParts.Find(parts[i].JedecId).Name);
            Assert.AreEqual(1 << (parts[i].JedecId & 0xFF), parts[i].SizeBytes);
        }
    }

    [TestMethod]
    public void Find_answers_null_for_an_unknown_id() =>
        Assert.IsNull(FlashParts.Find(0xFFFFFF));
}
