// From a request to its parameters: JSON or query string, types, and what the firmware's reader
// says of each member by itself. Api calls it.

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyway.Firmware;
using Microsoft.OpenApi;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Reads and checks parameters; unknown ones are dropped.</summary>
internal static class ParameterReader
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    /// <summary>Reads a body.</summary>
    /// <exception cref="ApiFailure">It is no JSON object, or names a member twice.</exception>
    public static JsonObject FromBody(byte[] body)
    {
        if (body.Length == 0)
        {
            return [];
        }

        JsonNode? root;
        try
        {
            root = JsonNode.Parse(body, null, Strict);
        }
        catch (JsonException broken)
        {
            // The parser's own text may quote the body.
            throw ApiFailure.Invalid(broken.BytePositionInLine is { } at
                ? $"Malformed JSON at byte {at} of line {broken.LineNumber + 1}"
                : "Malformed JSON: a member is given twice");
        }

        return root as JsonObject
            ?? throw ApiFailure.Invalid($"Expected object, received {KindOf(root)}");
    }

    /// <summary>Reads a query string; each value becomes what its parameter is.</summary>
    public static JsonObject FromQuery(IQueryCollection query, Parameter[] parameters)
    {
        var values = new JsonObject();
        foreach (Parameter parameter in parameters)
        {
            if (!query.TryGetValue(parameter.Name, out var given))
            {
                continue;
            }

            if (parameter.Kind == ParameterKind.Uuids)
            {
                values[parameter.Name] = new JsonArray([.. given
                    .SelectMany(text => (text ?? "").Split(','))
                    .Select(text => (JsonNode)text)]);
            }
            else if (given.Count > 1)
            {
                throw ApiFailure.Invalid([(parameter.Name, "Given more than once")]);
            }
            else
            {
                values[parameter.Name] = FromText(given.ToString(), parameter);
            }
        }

        return values;
    }

    /// <summary>Checks every parameter and keeps those that the route knows.</summary>
    /// <exception cref="ApiFailure">All that is wrong.</exception>
    public static JsonObject Check(JsonObject given, Parameter[] parameters)
    {
        var problems = new List<(string, string)>();
        var kept = new JsonObject();
        foreach (Parameter parameter in parameters)
        {
            if (!given.TryGetPropertyValue(parameter.Name, out JsonNode? value))
            {
                if (parameter.IsRequired)
                {
                    problems.Add((parameter.Name, "Required"));
                }

                continue;
            }

            string? problem = ProblemOf(value, parameter);
            if (problem != null)
            {
                problems.Add((parameter.Name, problem));
            }
            else
            {
                kept[parameter.Name] = value!.DeepClone();
            }
        }

        return problems.Count == 0 ? kept : throw ApiFailure.Invalid(problems);
    }

    /// <summary>The JSON type of a member that the firmware knows.</summary>
    public static JsonSchemaType JsonTypeOf(string name) =>
        CommandMembers.KindOf(MemberOf(name)) switch
        {
            JsonToken.True => JsonSchemaType.Boolean,
            JsonToken.Number => JsonSchemaType.Integer,
            _ => JsonSchemaType.String,
        };

    private static JsonNode FromText(string text, Parameter parameter)
    {
        JsonToken kind = parameter.Kind switch
        {
            ParameterKind.Boolean => JsonToken.True,
            ParameterKind.Integer => JsonToken.Number,
            ParameterKind.OfFirmware => CommandMembers.KindOf(MemberOf(parameter.Name)),
            _ => JsonToken.String,
        };
        if (kind == JsonToken.True && text is "true" or "false")
        {
            return text == "true";
        }

        return kind == JsonToken.Number && long.TryParse(text, out long number) ? number : text;
    }

    private static string? ProblemOf(JsonNode? value, Parameter parameter)
    {
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        return parameter.Kind switch
        {
            ParameterKind.Text => kind == JsonValueKind.String ? null : Expected("string", value),
            ParameterKind.Uuid => kind != JsonValueKind.String ? Expected("string", value)
                : IsUuid(value) ? null : "Invalid uuid",
            ParameterKind.Uuids => ProblemOfUuids(value),
            ParameterKind.Boolean => kind is JsonValueKind.True or JsonValueKind.False
                ? null : Expected("boolean", value),
            ParameterKind.Integer => kind != JsonValueKind.Number ? Expected("number", value)
                : value!.AsValue().TryGetValue(out int number) && number > 0
                    ? null : "Expected a whole number greater than 0",
            _ => ProblemOfMember(value, parameter.Name),
        };
    }

    private static string? ProblemOfUuids(JsonNode? value) =>
        value is not JsonArray array ? Expected("array", value)
        : array.Count == 0 ? "Array must contain at least 1 element(s)"
        : array.All(IsUuid) ? null : "Invalid uuid";

    private static bool IsUuid(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String
        && Uuid.TryRead(value.GetValue<string>(), new byte[Uuid.SizeBytes], 0);

    // The lock's own reader judges the member alone, so that each gets its error.
    private static string? ProblemOfMember(JsonNode? value, string name)
    {
        var command = new Command();
        byte[] alone = Encoding.UTF8.GetBytes(
            new JsonObject { [name] = value?.DeepClone() }.ToJsonString());
        if (name != "name")
        {
            new CommandReader($"{Guid.Empty}").Read(
                alone, 0, alone.Length, CommandAction.Create, command);
        }
        else if (value?.GetValueKind() != JsonValueKind.String)
        {
            return Expected("string", value);
        }

        return command.Refusal switch
        {
            Refusal.None => null,
            Refusal.NotAString => Expected("string", value),
            Refusal.NotABoolean => Expected("boolean", value),
            Refusal.NotANumber when value?.GetValueKind() != JsonValueKind.Number
                => Expected("number", value),
            Refusal.NotAUuid => "Invalid uuid",
            Refusal.NotJson => "Is too long",
            Refusal refusal => Refusals.TextOf(refusal),
        };
    }

    private static CommandMember MemberOf(string name)
    {
        CommandMember member = CommandMember.OfflineIndex;
        while (member != CommandMember.Payload && CommandMembers.NameOf(member) != name)
        {
            member--;
        }

        return member;
    }

    private static string Expected(string what, JsonNode? value) =>
        $"Expected {what}, received {KindOf(value)}";

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind kind => kind.ToString().ToLowerInvariant(),
    };
}
