namespace Keyway.Tests.Host;

/// <summary>The time of day, moved forward by a test.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _shift;

    /// <summary>Moves it forward.</summary>
    public void Advance(TimeSpan by) => _shift += by;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}
