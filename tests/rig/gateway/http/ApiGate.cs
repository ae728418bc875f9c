// What every request passes: its id, its origin, who sends it, the method and the content type, in
// this order; and what every refusal looks like. GatewayHost puts it before the routes.

using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>The middleware before the routes.</summary>
internal sealed class ApiGate
{
    private const string RequestId = "seam-request-id";

    // Nothing of it goes into a page.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly RequestDelegate _next;
    private readonly ApiRoutes _routes;
    private readonly ILogger<ApiGate> _log;

    public ApiGate(RequestDelegate next, ApiRoutes routes, ILogger<ApiGate> log)
    {
        _next = next;
        _routes = routes;
        _log = log;
    }

    /// <summary>Takes a request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        string id = Guid.NewGuid().ToString();
        http.Response.Headers[RequestId] = id;
        using IDisposable? scope = _log.BeginScope(
            new Dictionary<string, object> { ["seam_request_id"] = id });
        try
        {
            ApiRoute? route = _routes.Find(http.Request.Path.Value ?? "");
            JudgeOrigin(http.Request);
            if (route != null)
            {
                await JudgeAsync(http, route);
            }

            await _next(http);
            if (http.Response.StatusCode == StatusCodes.Status404NotFound
                && !http.Response.HasStarted && http.GetEndpoint() == null)
            {
                throw ApiFailure.NotFound(
                    "not_found", $"No such route: {http.Request.Method} {http.Request.Path}");
            }
        }
        catch (ApiFailure failure)
        {
            await WriteAsync(http, failure);
        }
        catch (BadHttpRequestException failure)
        {
            await WriteAsync(http, failure.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ApiFailure.TooLarge("The body is too large") : ApiFailure.Invalid(
                    "The request cannot be read"));
        }
        catch (SqliteException trouble) when (!http.Response.HasStarted)
        {
            _log.LogError("database: {Code} {Message}", trouble.SqliteErrorCode, trouble.Message);
            await WriteAsync(http, ApiFailure.Internal());
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception bug) when (!http.Response.HasStarted)
        {
            // Its message may hold what was sent, and so digits.
            _log.LogError("{Type} at {Path}\n{Stack}",
                bug.GetType().Name, http.Request.Path, bug.StackTrace);
            await WriteAsync(http, ApiFailure.Internal());
        }
    }

    /// <summary>An envelope as text.</summary>
    public static string ToText(JsonObject envelope) => envelope.ToJsonString(Plain);

    /// <summary>Writes an envelope.</summary>
    public static Task WriteAsync(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(json);
    }

    private static Task WriteAsync(HttpContext http, ApiFailure failure)
    {
        if (http.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        if (failure.RetryAfterSeconds > 0)
        {
            http.Response.Headers.RetryAfter = failure.RetryAfterSeconds.ToString();
        }

        return WriteAsync(http, failure.Status, ToText(failure.ToJson()));
    }

    // A page of another site may send requests here, but not with our origin.
    private static void JudgeOrigin(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        if (origin != "" && origin != $"{request.Scheme}://{request.Host}")
        {
            throw ApiFailure.Forbidden("Requests of other origins are refused");
        }
    }

    private static async Task JudgeAsync(HttpContext http, ApiRoute route)
    {
        AuthenticateResult result = await http.AuthenticateAsync(SeamAuthentication.Name);
        if (!result.Succeeded)
        {
            throw ApiFailure.Unauthorized(result.Failure?.Message ?? "Unauthorized");
        }

        string method = http.Request.Method;
        if (!route.Methods.Contains(method))
        {
            http.Response.Headers.Allow = string.Join(", ", route.Methods);
            throw ApiFailure.WrongMethod(
                $"{method} is not allowed here; use {string.Join(" or ", route.Methods)}");
        }

        bool hasBody = http.Request.ContentLength is > 0
            || http.Request.Headers.TransferEncoding.Count > 0;
        // The older client sends an empty body as a form.
        if (HasBody(method) && hasBody && !IsJson(http.Request.ContentType))
        {
            throw ApiFailure.Refused("invalid_content_type",
                $"Content-Type must be {MediaTypeNames.Application.Json}");
        }
    }

    /// <summary>True for a method that takes its parameters from the body.</summary>
    public static bool HasBody(string method) => method is "POST" or "PUT" or "PATCH";

    private static bool IsJson(string? type) =>
        System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out var parsed)
        && parsed.MediaType == MediaTypeNames.Application.Json;
}
