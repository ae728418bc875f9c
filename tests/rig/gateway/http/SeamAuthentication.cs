using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>The API's three credentials, and the console's session, as a scheme of the framework.
/// </summary>
internal sealed class SeamAuthentication : AuthenticationHandler<AuthenticationSchemeOptions>
{
    /// <summary>Its name.</summary>
    public const string Name = "Seam";

    private const string Bearer = "Bearer ";
    private readonly GatewayDatabase _database;
    private readonly ConsoleAccess? _console;

    public SeamAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory logs, UrlEncoder encoder, GatewayDatabase database,
        GatewaySettings settings)
        : base(options, logs, encoder)
    {
        _database = database;
        _console = settings.Console?.Access;
    }

    /// <summary>Whom a request was authenticated as.</summary>
    public static Caller CallerOf(HttpContext http) => (Caller)http.Items[typeof(Caller)]!;

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        string given = Request.Headers.Authorization.ToString();
        if (given == "" && _console?.TryGetCaller(Context, _database, out Caller? own) == true)
        {
            return Success(own);
        }

        if (given == "")
        {
            return AuthenticateResult.Fail("No Authorization header");
        }

        if (!given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail("Authorization header is not of the form Bearer TOKEN");
        }

        string token = given[Bearer.Length..].Trim();
        string session = Request.Headers["client-session-token"].ToString();
        string workspace = Request.Headers["seam-workspace"].ToString().ToLowerInvariant();
        bool isSession = token.StartsWith(
            Credentials.PrefixOf(CredentialKind.ClientSession), StringComparison.Ordinal);
        bool isAccess = token.StartsWith(
            Credentials.PrefixOf(CredentialKind.AccessToken), StringComparison.Ordinal);
        if (isSession && session != token)
        {
            return AuthenticateResult.Fail(
                "A client session token needs the header client-session-token with the same token");
        }

        if (isAccess && workspace == "")
        {
            return AuthenticateResult.Fail(
                "A personal access token needs the header seam-workspace");
        }

        Caller? caller = _database.Read(db => Credentials.Find(db, token, workspace));
        if (caller == null)
        {
            return AuthenticateResult.Fail(isSession ? "Unknown client session token"
                : isAccess ? "Unknown personal access token, or not for this workspace"
                : "Unknown API key");
        }

        return Success(caller);
    }

    private AuthenticateResult Success(Caller caller)
    {
        Context.Items[typeof(Caller)] = caller;
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, caller.CredentialId)], Name);
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
