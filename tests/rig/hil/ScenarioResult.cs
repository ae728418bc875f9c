namespace Keyway.Tests.Rig;

/// <summary>How a scenario went.</summary>
/// <param name="Scenario">Which.</param>
/// <param name="Bench">On what.</param>
/// <param name="Steps">Those that were begun.</param>
/// <param name="Timings">What was measured.</param>
/// <param name="Failure">What the lock did not do; null: nothing.</param>
/// <param name="Error">Why the bench could not go on; null: it could.</param>
/// <param name="Took">How long it took here.</param>
internal sealed record ScenarioResult(Scenario Scenario, string Bench,
    IReadOnlyList<StepResult> Steps, IReadOnlyList<Timing> Timings, string? Failure,
    string? Error, TimeSpan Took)
{
    /// <summary>All was as expected.</summary>
    public bool IsPassed => Failure == null && Error == null;

    /// <summary>What went wrong and where, in the compiler's form; empty: nothing.</summary>
    public string Problem => IsPassed
        ? "" : $"{Scenario.Path}:{Steps.LastOrDefault()?.Line ?? 1}: {Failure ?? Error}";
}

/// <summary>A step that was begun.</summary>
/// <param name="Line">In its file.</param>
/// <param name="Says">What it does.</param>
/// <param name="AtMs">When it began, since the scenario's start, by the bench's time.</param>
internal sealed record StepResult(long Line, string Says, long AtMs);
