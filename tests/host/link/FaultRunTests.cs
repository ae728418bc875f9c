using Keyway.Tests.Faults;

namespace Keyway.Tests.Host;

/// <summary>
/// Whatever goes wrong between a lock and its broker: every command has one effect and an answer.
/// </summary>
[TestClass]
[DoNotParallelize] // It takes all the time there is; other locks must keep theirs.
public sealed class FaultRunTests
{
    private const int MosquittoRuns = 1024;
    private const int EarlyRuns = 256;
    private const int EmbeddedRuns = 128;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [RequiresMosquitto]
    public Task Commands_have_one_effect_over_mosquitto() =>
        RunAsync(FaultSweep.OverMosquitto(isEarly: false), MosquittoRuns);

    [TestMethod]
    [RequiresMosquitto]
    public Task Commands_have_one_effect_where_the_session_acknowledges_early() =>
        RunAsync(FaultSweep.OverMosquitto(isEarly: true), EarlyRuns);

    [TestMethod]
    public Task Commands_have_one_effect_over_the_embedded_broker() =>
        RunAsync(FaultSweep.OverEmbeddedBroker(isEarly: false), EmbeddedRuns);

    private async Task RunAsync(FaultSweep sweep, int runs)
    {
        await sweep.RunAsync(0, runs);
        TestContext.WriteLine($"{sweep}");
        Findings.AssertNone(sweep.Findings.Take(10));
        Assert.AreEqual(runs, sweep.Runs);
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            Assert.IsGreaterThan(0, sweep.Counts.Of(kind), $"{kind} never happened");
        }
    }
}
