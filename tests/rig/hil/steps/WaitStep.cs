namespace Keyway.Tests.Rig;

/// <summary>Lets time pass.</summary>
internal sealed record WaitStep(long Ms) : IStep
{
    /// <inheritdoc/>
    public string Says => $"wait {Duration.Write(Ms)}";

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) =>
        play.Bench.PassAsync(Ms, cancel);
}
