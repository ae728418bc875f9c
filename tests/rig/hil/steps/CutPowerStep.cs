namespace Keyway.Tests.Rig;

/// <summary>Cuts the power for a while, and waits until the lock is online again.</summary>
internal sealed record CutPowerStep(long Ms, long WithinMs) : IStep
{
    /// <inheritdoc/>
    public string Says => $"cut the power for {Duration.Write(Ms)}, expect the lock online within "
        + Duration.Write(WithinMs);

    /// <summary>Reads one.</summary>
    public static CutPowerStep Read(StepFields fields, HashSet<string> known) =>
        new(fields.Ms("cut_power"), fields.Ms("within", "90s"));

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) =>
        play.CutPowerAsync(Ms, WithinMs, cancel);
}
