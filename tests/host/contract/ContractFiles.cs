using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Keyway.Tests.Host;

/// <summary>Reads firmware/contract.</summary>
internal static partial class ContractFiles
{
    private static readonly string Folder =
        Path.Combine(SourceTree.Root, "firmware", "contract");

    /// <summary>The AsyncAPI document.</summary>
    public static string DocumentPath { get; } = Path.Combine(Folder, "asyncapi.yaml");

    /// <summary>Its text.</summary>
    public static string Document { get; } = File.ReadAllText(DocumentPath);

    /// <summary>The names of the schemas, without ending.</summary>
    public static string[] SchemaNames { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "schemas"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>The topics behind the device's prefix.</summary>
    public static string[] Topics { get; } =
        [.. Address().Matches(Document).Select(match => match.Groups[1].Value)];

    /// <summary>A schema.</summary>
    public static JsonNode Schema(string name) => JsonNode.Parse(Text(name))!;

    /// <summary>The text of a schema.</summary>
    public static string Text(string name) =>
        File.ReadAllText(Path.Combine(Folder, "schemas", name + ".json"));

    /// <summary>The names of a schema's members, and what it says of each.</summary>
    public static Dictionary<string, JsonNode> Members(string name) =>
        Schema(name)["properties"]!.AsObject().ToDictionary(
            member => member.Key, member => member.Value!);

    /// <summary>The words of an enum.</summary>
    /// <param name="name">The schema.</param>
    /// <param name="path">Leads to what has the enum.</param>
    public static string[] Words(string name, params string[] path)
    {
        JsonNode node = Schema(name);
        foreach (string step in path)
        {
            node = node[step]!;
        }

        return [.. node["enum"]!.AsArray().Select(word => word!.GetValue<string>())];
    }

    [GeneratedRegex(@"address: keyway/v1/\{device_id\}/(\S+)")]
    private static partial Regex Address();
}
