namespace Keyway.Tests.Host;

/// <summary>What a lock says and hears matches firmware/contract.</summary>
[TestClass]
[RequiresNode]
public sealed class ContractTests
{
    [TestMethod]
    public async Task Payloads_of_a_lock_match_the_document()
    {
        SeenPayloads seen = ContractRuns.Scenarios();
        ContractWriters.Refusals(seen);
        ContractWriters.Events(seen);
        string output = await ContractCheck.RunAsync(seen);
        StringAssert.Contains(output, "unseen: none");
    }

    [TestMethod]
    public async Task Payloads_that_are_wrong_do_not_match()
    {
        SeenPayloads good = ContractRuns.Scenarios();
        var wrong = new SeenPayloads();
        ContractMutations.Add(good, wrong);
        Assert.IsGreaterThan(40, wrong.Lines.Count());
        await ContractCheck.RunAsync(wrong);
    }
}
