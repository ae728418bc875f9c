namespace Keyway.Tests.Rig;

/// <summary>Sends the same bytes as a command before.</summary>
internal sealed record RepeatStep(string Name) : IStep
{
    /// <inheritdoc/>
    public string Says => $"send {Name} again";

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) => play.RepeatAsync(Name);
}
