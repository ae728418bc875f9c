using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

/// <summary>
/// Skips where node or a generation of the official client is not installed; with
/// KEYWAY_FORBID_SKIP=1, as in CI, it runs and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresSdkAttribute : ConditionBaseAttribute
{
    public RequiresSdkAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "skipped: not installed (node packages of tests/host/gateway/sdk)";
    }

    /// <inheritdoc/>
    public override string GroupName => nameof(RequiresSdkAttribute);

    /// <inheritdoc/>
    public override bool IsConditionMet =>
        Environment.GetEnvironmentVariable("KEYWAY_FORBID_SKIP") == "1"
        || (Programs.Find("node") != null && SdkTests.Generations.All(
            name => Directory.Exists(Path.Combine(SdkTests.Folder, name, "node_modules"))));
}
