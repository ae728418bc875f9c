namespace Keyway.Tests.Rig;

/// <summary>Waits for an event; those before it are passed over.</summary>
internal sealed record ExpectEventStep(string Type, long WithinMs) : IStep
{
    /// <inheritdoc/>
    public string Says => $"expect the event {Type} within {Duration.Write(WithinMs)}";

    /// <summary>Reads one.</summary>
    public static ExpectEventStep Read(StepFields fields, HashSet<string> known) =>
        new(fields.Text("expect_event"), fields.Ms("within", "10s"));

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) =>
        play.ExpectEventAsync(Type, WithinMs, cancel);
}
