namespace Keyway.Tests.Rig;

/// <summary>Waits for a command's answer; a repeated command's is the same, byte for byte.
/// </summary>
internal sealed record ExpectAttemptStep(string Name, string Status, string? Error, long WithinMs)
    : IStep
{
    /// <inheritdoc/>
    public string Says => $"expect {Status}{(Error == null ? "" : $" {Error}")} as the answer to "
        + $"{Name} within {Duration.Write(WithinMs)}";

    /// <summary>Reads one.</summary>
    public static ExpectAttemptStep Read(StepFields fields, HashSet<string> known)
    {
        string name = fields.Known("expect_attempt", known);
        string status = fields.Word("status", ["success", "error"]);
        string? error = fields.TextOrNone("error");
        return error != null && status == "success"
            ? throw fields.Wrong("error does not go with status: success")
            : new ExpectAttemptStep(name, status, error, fields.Ms("within", "10s"));
    }

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) =>
        play.ExpectAnswerAsync(this, cancel);
}
