namespace Keyway.Tests.Rig;

/// <summary>Waits for the strike to move, or sees to it that it does not.</summary>
/// <remarks>
/// <c>energized</c> and <c>none</c> count from the last key going down or the last command;
/// <c>released</c> counts from the strike being energized.
/// </remarks>
internal sealed record ExpectStrikeStep(string State, long WithinMs) : IStep
{
    public const string Energized = "energized";
    public const string Released = "released";
    public const string None = "none";

    /// <inheritdoc/>
    public string Says => State == None
        ? $"expect that the strike does not move within {Duration.Write(WithinMs)}"
        : $"expect the strike {State} within {Duration.Write(WithinMs)}";

    /// <summary>Reads one.</summary>
    public static ExpectStrikeStep Read(StepFields fields, HashSet<string> known) =>
        new(fields.Word("expect_strike", [Energized, Released, None]), fields.Ms("within"));

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) => State switch
    {
        Energized => play.ExpectEnergizedAsync(WithinMs, cancel),
        Released => play.ExpectReleasedAsync(WithinMs, cancel),
        _ => play.ExpectStillAsync(WithinMs, cancel),
    };
}
