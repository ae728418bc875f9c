using Keyway.Tests.Sweep;

namespace Keyway.Tests.Host.Storage;

/// <summary>Many operations on a ring of the usual size.</summary>
[TestClass]
public sealed class EnduranceTests
{
    [TestMethod]
    public void Sectors_wear_evenly_and_no_operation_erases()
    {
        var endurance = new Endurance(64, 250);
        endurance.Run(50_000, () => { });
        Assert.IsGreaterThan(3, endurance.WearMin);
        Assert.IsLessThanOrEqualTo(1, endurance.WearMax - endurance.WearMin);
        Assert.AreEqual(0, endurance.ErasesInside);
        Assert.AreEqual(0, endurance.Waits);
    }
}
