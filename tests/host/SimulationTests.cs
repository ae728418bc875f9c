using Keyway.Tests.Sim;

namespace Keyway.Tests.Host;

/// <summary>Whole locks on virtual time, with everything that may go wrong.</summary>
[TestClass]
public sealed class SimulationTests
{
    private const int Worlds = 200;
    private const double Days = 30;
    private const int WorldsToFind = 40;

    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<object[]> Safeguards =>
        from off in Enum.GetValues<Safeguard>()
        where off != Safeguard.None
        select new object[] { off };

    [TestMethod]
    public void Locks_keep_their_promises_for_a_month()
    {
        var sweep = new SimulationSweep(Days, Safeguard.None);
        sweep.Run(1, Worlds);
        TestContext.WriteLine(sweep.Counts.ToString());
        Findings.AssertNone(sweep.Findings.Take(10));
        Assert.AreEqual(Worlds, sweep.Counts.Worlds);
    }

    [TestMethod]
    [DynamicData(nameof(Safeguards))]
    public void A_protection_that_is_switched_off_is_missed(Safeguard without)
    {
        var sweep = new SimulationSweep(Days, without);
        int worlds = sweep.Find(1, WorldsToFind);
        Assert.AreNotEqual(0, worlds, $"nothing was found in {WorldsToFind} worlds");
        Assert.IsFalse(sweep.Findings[0].Contains("Exception", StringComparison.Ordinal),
            sweep.Findings[0]);
        TestContext.WriteLine($"world {worlds}: {sweep.Findings[0]}");
    }

    [TestMethod]
    public void A_world_follows_from_its_seed()
    {
        Assert.IsTrue(Trace(7).SequenceEqual(Trace(7)));
        Assert.IsFalse(Trace(7).SequenceEqual(Trace(8)));
    }

    private static List<string> Trace(int seed)
    {
        var trace = new List<string>();
        new SimulationSweep(3, Safeguard.None).Run(seed, trace.Add);
        return trace;
    }
}
