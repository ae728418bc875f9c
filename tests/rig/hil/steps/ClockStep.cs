namespace Keyway.Tests.Rig;

/// <summary>Moves the time of day forward. A flashed lock cannot be told, so there it is waited
/// for.</summary>
internal sealed record ClockStep(int Seconds) : IStep
{
    /// <inheritdoc/>
    public string Says => $"move the clock {Seconds} s forward";

    /// <summary>Reads one.</summary>
    public static ClockStep Read(StepFields fields, HashSet<string> known)
    {
        long ms = fields.Ms("clock");
        return ms % 1000 == 0
            ? new ClockStep((int)(ms / 1000))
            : throw fields.Wrong("clock: must be whole seconds");
    }

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) =>
        play.Bench.StepClockAsync(Seconds, cancel);
}
