using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Host;

/// <summary>Payloads with their topics, each with what the contract must say of it.</summary>
internal sealed class SeenPayloads
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<JsonObject> _lines = [];

    /// <summary>The payloads, the oldest first.</summary>
    public IEnumerable<JsonObject> Lines => _lines;

    /// <summary>The same payloads, to add to.</summary>
    public SeenPayloads Copy()
    {
        var copy = new SeenPayloads();
        copy._lines.AddRange(_lines);
        return copy;
    }

    /// <summary>Adds one that must match its schema, as its bytes.</summary>
    /// <remarks>A lock publishes at most 2 KiB, and no member twice.</remarks>
    public void Add(string topic, byte[] payload, bool retain)
    {
        Assert.IsLessThanOrEqualTo(Limits.PublishBytes, payload.Length, topic);
        string text = new UTF8Encoding(false, true).GetString(payload);
        AddLine(topic, payload.Length == 0 ? null : Parse(text), retain, false);
    }

    /// <summary>Adds one that must not match its schema.</summary>
    public void AddRefused(string topic, JsonNode? payload, bool retain) =>
        AddLine(topic, payload, retain, true);

    /// <summary>What was seen on the topics that end in a word.</summary>
    public IEnumerable<JsonObject> On(string topic) => _lines
        .Where(line => line["topic"]!.GetValue<string>().EndsWith(topic, StringComparison.Ordinal)
            && line["payload"] != null)
        .Select(line => line["payload"]!.AsObject());

    /// <summary>The lines that check.js reads.</summary>
    public string ToText() =>
        string.Concat(_lines.Select(line => line.ToJsonString(Readable) + "\n"));

    private static JsonNode? Parse(string text) => JsonNode.Parse(
        text, null, new JsonDocumentOptions { AllowDuplicateProperties = false });

    private void AddLine(string topic, JsonNode? payload, bool retain, bool isRefused) =>
        _lines.Add(new JsonObject
        {
            ["topic"] = topic,
            ["payload"] = payload?.DeepClone(),
            ["retain"] = retain,
            ["refused"] = isRefused,
        });
}
