using System.Text.Json.Nodes;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>A request that is refused, as the API says it.</summary>
internal sealed class ApiFailure : Exception
{
    private ApiFailure(int status, string type, string message)
        : base(message)
    {
        Status = status;
        Type = type;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>error.type.</summary>
    public string Type { get; }

    /// <summary>error.validation_errors; null for none.</summary>
    public JsonObject? ValidationErrors { get; private init; }

    /// <summary>Retry-After in s; 0 for none.</summary>
    public int RetryAfterSeconds { get; private init; }

    /// <summary>The envelope.</summary>
    public JsonObject ToJson()
    {
        var error = new JsonObject { ["type"] = Type, ["message"] = Message };
        if (ValidationErrors != null)
        {
            error["validation_errors"] = ValidationErrors.DeepClone();
        }

        return new JsonObject { ["error"] = error, ["ok"] = false };
    }

    /// <summary>400 without a field.</summary>
    public static ApiFailure Invalid(string message) => new(400, "invalid_input", message)
    {
        ValidationErrors = new JsonObject { ["_errors"] = new JsonArray(message) },
    };

    /// <summary>400 with what is wrong, in zod's form; an empty field is the root.</summary>
    public static ApiFailure Invalid(IReadOnlyList<(string Field, string Message)> problems)
    {
        var errors = new JsonObject { ["_errors"] = new JsonArray() };
        foreach ((string field, string message) in problems)
        {
            JsonNode at = errors;
            if (field != "")
            {
                errors[field] ??= new JsonObject { ["_errors"] = new JsonArray() };
                at = errors[field]!;
            }

            at["_errors"]!.AsArray().Add(message);
        }

        string[] texts = [.. problems.Select(problem => TextOf(problem.Field, problem.Message))];
        return new ApiFailure(400, "invalid_input", texts.Length == 1
            ? texts[0] : $"{texts.Length} Input Errors: {string.Join(", ", texts)}")
        {
            ValidationErrors = errors,
        };
    }

    /// <summary>400 with a type of its own.</summary>
    public static ApiFailure Refused(string type, string message) => new(400, type, message);

    public static ApiFailure Unauthorized(string message) => new(401, "unauthorized", message);

    public static ApiFailure Forbidden(string message) => new(403, "forbidden", message);

    public static ApiFailure NotFound(string type, string message) => new(404, type, message);

    public static ApiFailure WrongMethod(string message) => new(405, "method_not_allowed", message);

    public static ApiFailure Duplicate(string message) =>
        new(409, "duplicate_access_code", message);

    public static ApiFailure TooLarge(string message) => new(413, "payload_too_large", message);

    public static ApiFailure TooMany(int seconds) => new(429, "too_many_requests",
        $"Too many requests for this device; come again in {seconds} s")
    {
        RetryAfterSeconds = seconds,
    };

    public static ApiFailure Internal() => new(500, "internal_server_error",
        "Something went wrong in the gateway; its log says what, under the seam-request-id");

    private static string TextOf(string field, string message) =>
        field == "" ? message
        : message == "Required" ? $"{field} is required" : $"{message} for \"{field}\"";
}
