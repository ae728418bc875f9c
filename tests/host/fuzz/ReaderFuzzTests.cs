using Keyway.Tests.Fuzz;

namespace Keyway.Tests.Host.Fuzz;

/// <summary>Readers of what comes from outside neither throw nor hang, and say what a second
/// reading says, over seeded inputs.</summary>
[TestClass]
public sealed class ReaderFuzzTests
{
    private const int Seed = 1;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("json", 300_000)]
    [DataRow("iso", 300_000)]
    [DataRow("command", 200_000)]
    [DataRow("frame", 100_000)]
    [DataRow("keys", 100_000)]
    [DataRow("hash", 50_000)]
    [DataRow("offline", 50_000)]
    [DataRow("packet", 50_000)]
    public void Reader_and_reference_agree(string target, int inputs)
    {
        var sweep = new FuzzSweep(Seed);
        sweep.Run(target, inputs);
        TestContext.WriteLine($"{sweep.Inputs} inputs, {sweep.Bytes} bytes");
        Findings.AssertNone(sweep.Findings);
        Assert.IsGreaterThanOrEqualTo(inputs, sweep.Inputs);
    }

    [TestMethod]
    public void Every_target_is_run_here_and_the_shares_are_all_of_a_long_run()
    {
        string[] run = [.. typeof(ReaderFuzzTests)
            .GetMethod(nameof(Reader_and_reference_agree))!
            .GetCustomAttributes(typeof(DataRowAttribute), false)
            .Cast<DataRowAttribute>().Select(row => (string)row.Data![0]!)];
        CollectionAssert.AreEquivalent(Targets.All.Select(target => target.Name).ToArray(), run);
        Assert.AreEqual(100, Targets.All.Sum(target => target.Share));
    }

    [TestMethod]
    [DataRow("json")]
    [DataRow("iso")]
    [DataRow("command")]
    [DataRow("frame")]
    [DataRow("keys")]
    [DataRow("hash")]
    [DataRow("offline")]
    [DataRow("packet")]
    public void Inputs_depend_on_the_seed_alone(string target)
    {
        ulong first = ContentsOf(Seed, target);
        Assert.AreEqual(first, ContentsOf(Seed, target));
        Assert.AreNotEqual(first, ContentsOf(Seed + 1, target));
    }

    private static ulong ContentsOf(int seed, string target)
    {
        var sweep = new FuzzSweep(seed);
        sweep.Run(target, 3000);
        return sweep.Contents;
    }
}
