namespace Keyway.Tests.Rig;

/// <summary>Opens or shuts the door.</summary>
internal sealed record DoorStep(bool IsOpen) : IStep
{
    /// <inheritdoc/>
    public string Says => IsOpen ? "open the door" : "shut the door";

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) =>
        play.Bench.SetDoorAsync(IsOpen, cancel);
}
