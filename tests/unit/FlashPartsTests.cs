using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class FlashPartsTests
{
    [TestMethod]
    [DataRow(0xEF4015, "W25Q16JV", true)]
    [DataRow(0xEF4016, "W25Q32JV", true)]
    [DataRow(0xEF4017, "W25Q64JV", true)]
    [DataRow(0xEF4018, "W25Q128JV", true)]
    [DataRow(0xC84016, "GD25Q32C", false)]
    public void Find_knows_the_part_of_an_id(int id, string name, bool canSuspend)
    {
        FlashPart part = FlashParts.Find(id);
        Assert.AreEqual(name, part.Name);
        Assert.AreEqual(canSuspend, part.CanSuspend);
    }

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
