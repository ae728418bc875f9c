using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Browser;

/// <summary>
/// Skips where chromium is not installed; with KEYWAY_FORBID_SKIP=1, as in CI, it runs and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresChromiumAttribute : ConditionBaseAttribute
{
    public RequiresChromiumAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "skipped: not installed (chromium)";
    }

    /// <summary>Where it is; null when it is not installed.</summary>
    public static string? Chromium => Programs.Find("chromium");

    /// <inheritdoc/>
    public override string GroupName => nameof(RequiresChromiumAttribute);

    /// <inheritdoc/>
    public override bool IsConditionMet =>
        Environment.GetEnvironmentVariable("KEYWAY_FORBID_SKIP") == "1" || Chromium != null;
}
