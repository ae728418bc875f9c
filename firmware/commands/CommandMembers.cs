namespace Keyway.Firmware;

/// <summary>How the members of a command are spelled, as in the HTTP API.</summary>
public static class CommandMembers
{
    private const int Count = 10;

    /// <summary>The member's name in JSON.</summary>
    public static string NameOf(CommandMember member) => member switch
    {
        CommandMember.ActionAttemptId => "action_attempt_id",
        CommandMember.AccessCodeId => "access_code_id",
        CommandMember.DeviceId => "device_id",
        CommandMember.IssuedAt => "issued_at",
        CommandMember.ExpiresAt => "expires_at",
        CommandMember.Code => "code",
        CommandMember.Name => "name",
        CommandMember.StartsAt => "starts_at",
        CommandMember.EndsAt => "ends_at",
        _ => "payload",
    };

    /// <summary>The member whose name the reader has just read.</summary>
    /// <returns>The member, or <see cref="CommandMember.Payload"/> for an unknown one.</returns>
    public static CommandMember Read(JsonReader reader)
    {
        for (int i = 1; i < Count; i++)
        {
            if (reader.TextIs(NameOf((CommandMember)i)))
            {
                return (CommandMember)i;
            }
        }

        return CommandMember.Payload;
    }
}
