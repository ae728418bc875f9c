using System.Text.Json.Nodes;

namespace Keyway.Tests.Host;

/// <summary>What the gateway has answered.</summary>
internal sealed record ApiAnswer(
    int Status, string Text, Dictionary<string, string> Headers)
{
    /// <summary>The body.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>error.type; empty for none.</summary>
    public string ErrorType => (string?)Json["error"]?["type"] ?? "";

    /// <summary>error.message; empty for none.</summary>
    public string Message => (string?)Json["error"]?["message"] ?? "";

    /// <summary>A string within the body.</summary>
    public string String(params string[] path) =>
        (string)path.Aggregate(Json, (node, step) => node[step]!)!;

    /// <summary>Reads a response.</summary>
    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode, await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(",", header.Value),
            StringComparer.OrdinalIgnoreCase));
}
