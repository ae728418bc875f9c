using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

/// <summary>
/// Skips where node or the packages of tests/host/contract are not installed; with
/// KEYWAY_FORBID_SKIP=1, as in CI, it runs and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresNodeAttribute : ConditionBaseAttribute
{
    public RequiresNodeAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "skipped: not installed (node packages)";
    }

    /// <inheritdoc/>
    public override string GroupName => nameof(RequiresNodeAttribute);

    /// <inheritdoc/>
    public override bool IsConditionMet =>
        Environment.GetEnvironmentVariable("KEYWAY_FORBID_SKIP") == "1"
        || (Programs.Find("node") != null && Directory.Exists(ContractCheck.Packages));
}
