namespace Keyway.Tests.Rig;

/// <summary>Sends a command. <see cref="ExpectAttemptStep"/> waits for its answer.</summary>
internal sealed record CommandStep(string Topic, string Name, PayloadMember[] Members) : IStep
{
    private static readonly string[] Topics =
    [
        "access_codes/create", "access_codes/update", "access_codes/delete",
        "locks/unlock_door", "locks/lock_door",
    ];

    /// <inheritdoc/>
    public string Says => $"send {Topic} as {Name}"
        + string.Concat(Members.Select(member => $", {member.Name} {member.Value ?? "null"}"));

    /// <summary>Reads one.</summary>
    public static CommandStep Read(StepFields fields, HashSet<string> known)
    {
        string topic = fields.Word("command", Topics);
        PayloadMember[] members = fields.Members("with", known);
        return new CommandStep(topic, fields.New("attempt", known), members);
    }

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) =>
        play.SendAsync(Name, Topic, Members);
}
