using System.Text.Json.Serialization;

namespace Keyway.Tests.Bench;

/// <summary>A command as a program without a reader of its own would have it.</summary>
internal sealed class PlainOrder
{
    [JsonPropertyName("action_attempt_id")]
    public Guid ActionAttemptId { get; set; }

    [JsonPropertyName("access_code_id")]
    public Guid? AccessCodeId { get; set; }

    [JsonPropertyName("device_id")]
    public Guid DeviceId { get; set; }

    [JsonPropertyName("code")]
    public string? Code { get; set; }

    [JsonPropertyName("name")]
    public string? Name { get; set; }

    [JsonPropertyName("starts_at")]
    public DateTimeOffset? StartsAt { get; set; }

    [JsonPropertyName("ends_at")]
    public DateTimeOffset? EndsAt { get; set; }

    [JsonPropertyName("limit")]
    public int? Limit { get; set; }
}
