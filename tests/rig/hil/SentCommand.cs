using System.Text.Json;

namespace Keyway.Tests.Rig;

/// <summary>A command that a scenario has sent.</summary>
internal sealed class SentCommand(string id, string topic, byte[] payload)
{
    /// <summary>Its action_attempt_id.</summary>
    public string Id { get; } = id;

    /// <summary>Behind the lock's prefix.</summary>
    public string Topic { get; } = topic;

    /// <summary>What was sent; sent again it is the same command.</summary>
    public byte[] Payload { get; } = payload;

    /// <summary>When it was sent last, by the bench's time.</summary>
    public long SentMs { get; set; }

    /// <summary>Sightings from here on may be its answer.</summary>
    public int SeenFrom { get; set; }

    /// <summary>The answer; null before.</summary>
    public string? Answer { get; private set; }

    /// <summary>The access code that it is about, as far as the answer says; until then, or
    /// without one, a create's code is called like its attempt.</summary>
    public string AccessCodeId { get; private set; } = id;

    /// <summary>The answer has come.</summary>
    public void Take(LockMessage answer)
    {
        Answer = answer.Json;
        if (answer.Root.TryGetProperty("access_code", out JsonElement code)
            && code.ValueKind == JsonValueKind.Object)
        {
            AccessCodeId = code.GetProperty("access_code_id").GetString()!;
        }
    }
}
