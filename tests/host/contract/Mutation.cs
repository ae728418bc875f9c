using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Keyway.Tests.Host;

/// <summary>Makes wrong payloads of a topic out of right ones.</summary>
/// <param name="good">Payloads that match.</param>
/// <param name="wrong">Receives those that must not.</param>
/// <param name="topic">How the topic ends.</param>
internal sealed class Mutation(SeenPayloads good, SeenPayloads wrong, string topic)
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds the first payload that holds a text, with something wrong.</summary>
    /// <param name="part">As the lock writes it.</param>
    /// <param name="change">Makes it wrong.</param>
    /// <param name="retain">Instead of what it was published with.</param>
    public void Of(string part, Action<JsonObject> change, bool? retain = null)
    {
        JsonObject line = good.Lines.FirstOrDefault(line => Holds(line, part))
            ?? throw new AssertFailedException($"no payload of {topic} holds {part}");
        JsonObject payload = line["payload"]!.DeepClone().AsObject();
        change(payload);
        wrong.AddRefused(line["topic"]!.GetValue<string>(), payload,
            retain ?? line["retain"]!.GetValue<bool>());
    }

    private bool Holds(JsonObject line, string part) =>
        line["topic"]!.GetValue<string>().EndsWith(topic, StringComparison.Ordinal)
        && line["payload"] is JsonObject payload
        && payload.ToJsonString(Readable).Contains(part, StringComparison.Ordinal);
}
