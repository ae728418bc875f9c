using Keyway.Tests.Model;

namespace Keyway.Tests.Host;

/// <summary>Random sequences of commands: the lock does what a plain model of it says.</summary>
[TestClass]
public sealed class CommandModelTests
{
    private const int Sequences = 100_000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Lock_and_model_agree_over_random_sequences()
    {
        var sweep = new CommandSweep(1);
        sweep.Run(Sequences);
        TestContext.WriteLine($"{sweep.Sequences} sequences, {sweep.Steps} steps");
        Findings.AssertNone(sweep.Findings.Take(10));
        Assert.IsGreaterThanOrEqualTo(Sequences, sweep.Sequences);
    }
}
