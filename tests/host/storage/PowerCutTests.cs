using System.Globalization;

namespace Keyway.Tests.Host.Storage;

/// <summary>Power cuts; a failure prints scenarios; KEYWAY_POWERCUT=scenario replays one.</summary>
[TestClass]
public sealed class PowerCutTests
{
    private const string ReplayVariable = "KEYWAY_POWERCUT";
    private const string SeedVariable = "KEYWAY_POWERCUT_SEED";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Replay_of_a_scenario()
    {
        string? scenario = Environment.GetEnvironmentVariable(ReplayVariable);
        PowerCutSweep.Replay(string.IsNullOrEmpty(scenario) ? "1:2:2:4:1/After/1" : scenario);
    }

    [TestMethod]
    public void Nothing_breaks_without_a_cut()
    {
        var sweep = new PowerCutSweep(StorageShape.Make);
        for (int seed = 0; seed < 20; seed++)
        {
            sweep.Run(new Scenario(seed, 40, 20, []) { Sectors = 6 });
        }

        AssertClean(sweep);
    }

    [TestMethod]
    public void Cut_at_each_step_of_a_first_start()
    {
        var sweep = new PowerCutSweep(StorageShape.Make);
        sweep.CutEverywhere(1, 0, 8, 1);
        AssertClean(sweep);
    }

    [TestMethod]
    public void Cut_at_each_step_while_a_sector_closes()
    {
        var sweep = new PowerCutSweep(StorageShape.Make);
        sweep.CutEverywhere(1, 27, 6, 1);
        AssertClean(sweep);
    }

    [TestMethod]
    public void Cut_again_at_each_step_of_the_recovery()
    {
        var sweep = new PowerCutSweep(StorageShape.Make);
        sweep.CutTwiceEverywhere(6, 0, 6, 3, 5);
        AssertClean(sweep);
    }

    [TestMethod]
    public void Cut_again_at_each_step_of_the_recovery_of_a_closed_sector()
    {
        var sweep = new PowerCutSweep(StorageShape.Make);
        sweep.CutTwiceEverywhere(6, 30, 0, 1, 5);
        AssertClean(sweep);
    }

    [TestMethod]
    [DataRow("7:3:17:6:26/HalfErase/809912,4/UnstableCells/687971,2/UnstableCells/908726",
        DisplayName = "sectors made ready while codes are loaded")]
    [DataRow("1:0:6:4:8/UnstableCells/0", DisplayName = "the last group reads once, not twice")]
    [DataRow("14039:23:17:5:37/UnstableCells/808842", DisplayName = "a torn last page of a sector")]
    [DataRow("26163:27:25:5:18/UnstableCells/704200,3/HalfErase/237764,2/After/793294",
        DisplayName = "a copy torn behind the torn original")]
    [DataRow("11021:30:24:6:32/UnstableCells/651212", DisplayName = "no sector ready at mount")]
    public void Cut_that_once_broke_it(string scenario) => PowerCutSweep.Replay(scenario);

    [TestMethod]
    public void Cuts_anywhere()
    {
        string? seed = Environment.GetEnvironmentVariable(SeedVariable);
        int first = int.Parse(
            string.IsNullOrEmpty(seed) ? "1" : seed, CultureInfo.InvariantCulture);
        var sweep = new PowerCutSweep(StorageShape.Make);
        sweep.CutAnywhere(first, 600);
        AssertClean(sweep);
    }

    [TestMethod]
    public void Sweep_notices_when_nothing_is_burnt()
    {
        var sweep = new PowerCutSweep(Mutants.WithoutBurning);
        sweep.CutAnywhere(1, 60);
        Assert.IsTrue(sweep.Failed > 0, "a protection is off, and no scenario failed");
    }

    private void AssertClean(PowerCutSweep sweep)
    {
        TestContext.WriteLine($"{sweep.Scenarios} scenarios, {sweep.CutsDone} cuts, in flight "
            + $"{sweep.InFlight}");
        Findings.AssertNone(sweep.Findings);
    }
}
