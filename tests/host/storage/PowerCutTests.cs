using Keyway.Tests.Sweep;

namespace Keyway.Tests.Host.Storage;

/// <summary>Power cuts; a failure prints scenarios that `bench powercut --replay` runs again.
/// </summary>
[TestClass]
public sealed class PowerCutTests
{
    private const int MutantBudget = 4000;
    private const int MutantSlice = 100;
    private const int HalfErasedSectors = 12;

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
    public void Cut_at_each_step_of_a_first_start()
    {
        var sweep = new PowerCutSweep(Protection.None);
        sweep.CutEverywhere(new Scenario(8, 0, 0, 1, 12, []), 1);
        AssertClean(sweep);
    }

    [TestMethod]
    [DataRow(8, 310, 1)]
    [DataRow(9, 700, 2)]
    [DataRow(16, 1900, 4)]
    public void Cut_at_each_step_of_a_ring_in_use(int sectors, int age, int seed)
    {
        var sweep = new PowerCutSweep(Protection.None);
        sweep.CutEverywhere(new Scenario(sectors, age, 1, seed, 24, []), 1);
        AssertClean(sweep);
    }

    [TestMethod]
    public void Cut_again_at_each_step_of_the_recovery()
    {
        var sweep = new PowerCutSweep(Protection.None);
        sweep.CutTwiceEverywhere(new Scenario(8, 1200, 1, 2, 20, []), 8, 4);
        AssertClean(sweep);
    }

    [TestMethod]
    [DataRow("8:1200:1:1505:52:30/HalfErase/829445,17/After/237935",
        DisplayName = "commands fill the sector that is kept for carrying on")]
    [DataRow("8:1900:1:40088:39:62/UnstableCells/695048,13/Prefix/691627,2/WeakErase/582800",
        DisplayName = "restarts fill the sector that is kept for carrying on")]
    [DataRow("12:0:1:19039:26:2/UnstableCells/922625,1/UnstableCells/444126",
        DisplayName = "a torn header reads at the erase and not at mount")]
    [DataRow("16:0:1:60275:27:4/Prefix/873939",
        DisplayName = "a torn header looks like one older than the first")]
    [DataRow("8:1200:1:1384:34:30/Prefix/280043,19/Prefix/347715,5/WeakErase/780154",
        DisplayName = "the only ready sector has a torn header")]
    [DataRow("8:1200:1:25743:31:41/WeakErase/639367,16/UnstableCells/149277,8/WeakErase/91921",
        DisplayName = "a torn header looks like the oldest")]
    [DataRow(
        "12:1900:2:541020:45:29/RandomBits/653706,5/RandomBits/114950,5/Before/959309",
        DisplayName = "a sector that is erased again lies before one that has its header still")]
    [DataRow("8:1900:0:617548:55:39/Prefix/50387,29/HalfErase/411598,2/Prefix/634054",
        DisplayName = "a sector that is erased again has its header still")]
    [DataRow("8:1900:2:530743:63:81/Before/102439",
        DisplayName = "a sector that did not erase is taken for the one written last")]
    [DataRow("9:1200:2:577379:35:50/Before/278510,29/Before/494295,30/Before/96884",
        DisplayName = "a sector does not erase while too few are ready")]
    public void Cut_that_once_broke_it(string scenario)
    {
        var sweep = new PowerCutSweep(Protection.None);
        sweep.Run(Scenario.Parse(scenario));
        AssertClean(sweep);
    }

    [TestMethod]
    public void Cuts_anywhere()
    {
        var sweep = new PowerCutSweep(Protection.None);
        sweep.CutAnywhere(1, 1200);
        AssertClean(sweep);
    }

    [TestMethod]
    [DataRow(Protection.Burn, 1)]
    [DataRow(Protection.Reappend, 1)]
    [DataRow(Protection.Retire, 7801)]
    [DataRow(Protection.Seed, 1)]
    public void Sweep_notices_when_a_protection_is_off(Protection without, int firstSeed)
    {
        var sweep = new PowerCutSweep(without);
        for (int i = 0; i < MutantBudget && sweep.Counts.Failed == 0; i += MutantSlice)
        {
            sweep.CutAnywhere(firstSeed + i, MutantSlice);
        }

        TestContext.WriteLine($"{sweep.Counts}");
        Assert.IsTrue(sweep.Counts.Failed > 0, "a protection is off, and no scenario failed");
    }

    [TestMethod]
    public void Frames_of_an_earlier_life_do_not_count_where_an_erase_did_half_its_work()
    {
        var life = new HalfErasedLife(Protection.None);
        life.Run(HalfErasedSectors);
        Assert.AreEqual(HalfErasedSectors, life.Mounted);
    }

    [TestMethod]
    public void Frames_of_an_earlier_life_are_noticed_when_the_seed_is_off() =>
        Assert.ThrowsExactly<StorageViolation>(
            () => new HalfErasedLife(Protection.Seed).Run(HalfErasedSectors));

    private void AssertClean(PowerCutSweep sweep)
    {
        SweepCounts counts = sweep.Counts;
        TestContext.WriteLine($"{counts.Scenarios} scenarios, {counts}, in flight: kept "
            + $"{counts.Kept}, dropped {counts.Dropped}");
        Findings.AssertNone(counts.Findings.Select(found => $"{found.Scenario}  {found.What}"));
    }
}
