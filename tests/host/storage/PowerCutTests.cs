using Keyway.Tests.Sweep;

namespace Keyway.Tests.Host.Storage;

/// <summary>Power cuts; a failure prints scenarios that `bench powercut --replay` runs again.
/// </summary>
[TestClass]
public sealed class PowerCutTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Nothing_breaks_without_a_cut()
    {
        var sweep = new PowerCutSweep(Protection.None);
        foreach (int sectors in (int[])[8, 12, 16])
        {
            sweep.Run(new Scenario(sectors, 0, 0, 1, 2500, []));
        }

        AssertClean(sweep);
    }

    [TestMethod]
    public void Cuts_anywhere()
    {
        var sweep = new PowerCutSweep(Protection.None);
        sweep.CutAnywhere(1, 400);
        AssertClean(sweep);
    }

    private void AssertClean(PowerCutSweep sweep)
    {
        SweepCounts counts = sweep.Counts;
        TestContext.WriteLine($"{counts.Scenarios} scenarios, {counts}, in flight: kept "
            + $"{counts.Kept}, dropped {counts.Dropped}");
        Findings.AssertNone(counts.Findings.Select(found => $"{found.Scenario}  {found.What}"));
    }
}
