using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

/// <summary>
/// Skips where mosquitto is not installed; with KEYWAY_FORBID_SKIP=1, as in CI, it runs and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresMosquittoAttribute : ConditionBaseAttribute
{
    private static readonly string[] Needed = ["mosquitto", "mosquitto_pub", "mosquitto_sub"];

    public RequiresMosquittoAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "skipped: not installed (mosquitto)";
    }

    /// <inheritdoc/>
    public override string GroupName => nameof(RequiresMosquittoAttribute);

    /// <inheritdoc/>
    public override bool IsConditionMet =>
        Environment.GetEnvironmentVariable("KEYWAY_FORBID_SKIP") == "1"
        || Needed.All(name => Programs.Find(name) != null);
}
