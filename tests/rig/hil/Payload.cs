using System.Text.Json;

namespace Keyway.Tests.Rig;

/// <summary>A member of a command as a scenario gives it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">A string, which may be a placeholder, a long, a bool or null.</param>
internal sealed record PayloadMember(string Name, object? Value);

/// <summary>Makes a command's bytes.</summary>
internal static class Payload
{
    /// <summary>The members, and the two that every command needs, unless they are given.</summary>
    public static byte[] Write(IEnumerable<PayloadMember> members, string attempt, string deviceId,
        Func<string, string> resolve)
    {
        var command = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["action_attempt_id"] = attempt,
            ["device_id"] = deviceId,
        };
        foreach (PayloadMember member in members)
        {
            command[member.Name] = member.Value is string text ? resolve(text) : member.Value;
        }

        return JsonSerializer.SerializeToUtf8Bytes(command);
    }
}
