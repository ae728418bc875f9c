namespace Keyway.Tests.Host;

/// <summary>All scenarios, run once.</summary>
internal static class ContractRuns
{
    private static readonly Lazy<SeenPayloads> Seen = new(Run);

    /// <summary>A copy of what the locks said and heard.</summary>
    public static SeenPayloads Scenarios() => Seen.Value.Copy();

    private static SeenPayloads Run()
    {
        var seen = new SeenPayloads();
        ContractScenarios.Codes(seen);
        ContractScenarios.Entries(seen);
        ContractScenarios.Guesses(seen);
        ContractScenarios.Timeless(seen);
        ContractScenarios.Refused(seen);
        ContractScenarios.Wrong(seen);
        ContractScenarios.Broken(seen);
        return seen;
    }
}
