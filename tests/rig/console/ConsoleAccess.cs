// Who may use the console. The rig prints a link with a token that works once; a browser that opens
// it gets a session cookie, which also passes the API's gate, for the desk's own lock.

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Keyway.Tests.Rig.Gateway;

namespace Keyway.Tests.Rig;

/// <summary>Tokens, and the sessions that they gave.</summary>
/// <remarks>
/// A page of another origin cannot use the cookie: it is SameSite=Strict and HttpOnly, and a
/// request with it must say that it comes from this very origin, since to SameSite all
/// ports are one site.
/// </remarks>
internal sealed class ConsoleAccess
{
    private const int SecretBytes = 32;
    private const int SessionsMax = 64;
    private readonly string _deviceId;
    private readonly ConcurrentQueue<byte[]> _sessions = new();
    private readonly Lock _gate = new();
    private string _token = NewSecret();

    /// <summary>Makes the first token.</summary>
    /// <param name="deviceId">The lock that a session may command.</param>
    public ConsoleAccess(string deviceId) => _deviceId = deviceId;

    /// <summary>A token was used; the next link is there. Not raised for the first.</summary>
    public event Action? TokenUsed;

    /// <summary>The path that opens the console once.</summary>
    public string Link
    {
        get
        {
            lock (_gate)
            {
                return $"/?token={_token}";
            }
        }
    }

    /// <summary>Exchanges a token for a session cookie.</summary>
    /// <returns>False when it is not the one that was printed last.</returns>
    public bool TryOpen(HttpContext http, string token)
    {
        lock (_gate)
        {
            if (!CryptographicOperations.FixedTimeEquals(HashOf(token), HashOf(_token)))
            {
                return false;
            }

            _token = NewSecret();
        }

        string session = NewSecret();
        _sessions.Enqueue(HashOf(session));
        while (_sessions.Count > SessionsMax)
        {
            _sessions.TryDequeue(out _);
        }

        http.Response.Cookies.Append(CookieOf(http), session, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            Path = "/",
            IsEssential = true,
        });
        TokenUsed?.Invoke();
        return true;
    }

    /// <summary>True for a request of the console's page.</summary>
    public bool IsOpen(HttpContext http)
    {
        string session = http.Request.Cookies[CookieOf(http)] ?? "";
        byte[] hash = HashOf(session);
        bool isKnown = false;
        foreach (byte[] known in _sessions)
        {
            isKnown |= CryptographicOperations.FixedTimeEquals(hash, known);
        }

        return isKnown && IsOfThisOrigin(http.Request);
    }

    /// <summary>Whom the API takes a request of the console for.</summary>
    public bool TryGetCaller(
        HttpContext http, GatewayDatabase database, [NotNullWhen(true)] out Caller? caller)
    {
        Device? device = IsOpen(http) ? database.Read(db => Device.Find(db, _deviceId)) : null;
        caller = device == null ? null : new Caller("console", device.WorkspaceId, [_deviceId]);
        return caller != null;
    }

    // ApiGate has refused an Origin that is not ours. What changes something must have one.
    private static bool IsOfThisOrigin(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        return site is "" or "same-origin" or "none"
            && (HttpMethods.IsGet(request.Method) || request.Headers.Origin.Count == 1);
    }

    // Cookies are of all ports of a host: two rigs would take each other's.
    private static string CookieOf(HttpContext http) => $"keyway-console-{http.Request.Host.Port}";

    private static string NewSecret() =>
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
