// Carries a request out: parameters, a step in the database, the answer. ApiGate has judged who
// sends it; the route says what is done.

using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Runs routes.</summary>
internal sealed class Api
{
    /// <summary>Largest body that is read, in bytes: names may be long.</summary>
    public const int BodyMaxBytes = 64 * 1024;

    private readonly GatewayDatabase _database;
    private readonly DigitsVault _vault;
    private readonly RepeatedRequests _repeats;
    private readonly Courier _courier;
    private readonly TimeProvider _time;

    public Api(GatewayDatabase database, DigitsVault vault, RepeatedRequests repeats,
        Courier courier, TimeProvider time)
    {
        _database = database;
        _vault = vault;
        _repeats = repeats;
        _courier = courier;
        _time = time;
    }

    /// <summary>Answers a request.</summary>
    /// <exception cref="ApiFailure">It is refused.</exception>
    public async Task RunAsync(HttpContext http, ApiRoute route)
    {
        Caller caller = SeamAuthentication.CallerOf(http);
        byte[] body = [];
        JsonObject given;
        if (ApiGate.HasBody(http.Request.Method))
        {
            using var buffer = new MemoryStream();
            await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
            body = buffer.ToArray();
            given = ParameterReader.FromBody(body);
        }
        else
        {
            given = ParameterReader.FromQuery(http.Request.Query, route.Parameters);
        }

        JsonObject parameters = ParameterReader.Check(given, route.Parameters);
        string answer = route.Changes
            ? await ChangeAsync(http, route, caller, parameters, body)
            : _database.Read(db => Envelope(route.Run(Call(db, caller, parameters))));
        await ApiGate.WriteAsync(http, StatusCodes.Status200OK, answer);
    }

    private async Task<string> ChangeAsync(HttpContext http, ApiRoute route, Caller caller,
        JsonObject parameters, byte[] body)
    {
        byte[] print = _vault.Mark("request", caller.CredentialId, caller.WorkspaceId,
            http.Request.Method, route.Path, http.Request.QueryString.Value ?? "",
            Convert.ToBase64String(body));
        (string id, string? answer) = await _repeats.BeginAsync(print, http.RequestAborted);
        http.Response.OnCompleted(() =>
        {
            _repeats.End(id, isLost: http.RequestAborted.IsCancellationRequested);
            return Task.CompletedTask;
        });
        if (answer == null)
        {
            JsonObject result = _database.Write(db =>
            {
                JsonObject made = route.Run(Call(db, caller, parameters));
                _repeats.Keep(db, id, Envelope(made));
                return made;
            });
            _courier.Wake();
            answer = Envelope(route.Complete == null ? result : await route.Complete(
                Call(null!, caller, parameters), result, http.RequestAborted));
        }

        return answer;
    }

    private ApiCall Call(SqliteConnection db, Caller caller, JsonObject parameters) =>
        new(db, caller, parameters, _time.GetUtcNow().ToUnixTimeMilliseconds());

    private static string Envelope(JsonObject answer)
    {
        JsonObject envelope = answer.DeepClone().AsObject();
        envelope["ok"] = true;
        return ApiGate.ToText(envelope);
    }
}
