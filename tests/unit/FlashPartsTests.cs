using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class FlashPartsTests
{
    [TestMethod]
    public void Find_knows_the_part_of_an_id() =>
        Assert.AreEqual("W25Q64JV", FlashParts.Find(0xEF4017).Name);

    [TestMethod]
    public void Find_answers_null_for_an_unknown_id() =>
        Assert.IsNull(FlashParts.Find(0xFFFFFF));
}
