namespace Keyway.Tests.Host;

/// <summary>
/// Skips where something is not installed; with KEYWAY_FORBID_SKIP=1, as in CI, it runs and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public abstract class RequiresAttribute : ConditionBaseAttribute
{
    private readonly bool _isInstalled;

    protected RequiresAttribute(string what, bool isInstalled)
        : base(ConditionMode.Include)
    {
        IgnoreMessage = $"skipped: not installed ({what})";
        _isInstalled = isInstalled;
    }

    /// <inheritdoc/>
    public sealed override string GroupName => GetType().Name;

    /// <inheritdoc/>
    public sealed override bool IsConditionMet =>
        _isInstalled || Environment.GetEnvironmentVariable("KEYWAY_FORBID_SKIP") == "1";
}
