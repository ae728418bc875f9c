using System.Reflection;

namespace Keyway.Tests.Rig;

/// <summary>The page's files, out of the assembly. They hold no secret.</summary>
internal static class ConsoleFiles
{
    /// <summary>The page.</summary>
    public const string Page = "index.html";

    /// <summary>What is shown to somebody without a session.</summary>
    public const string Closed = "closed.html";

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; "
        + "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    private static readonly Dictionary<string, string> Types = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>Answers with what a page refers to.</summary>
    public static Task WritePartAsync(HttpContext http, string file) =>
        Path.GetExtension(file) is ".css" or ".js" or ".svg"
            ? WriteAsync(http, file, StatusCodes.Status200OK) : NotFound(http);

    /// <summary>Answers with a file.</summary>
    public static async Task WriteAsync(HttpContext http, string file, int status)
    {
        Assembly here = typeof(ConsoleFiles).Assembly;
        using Stream? content = here.GetManifestResourceStream("console/" + file);
        if (content == null)
        {
            await NotFound(http);
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = Types[Path.GetExtension(file)];
        http.Response.ContentLength = content.Length;
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static Task NotFound(HttpContext http) => throw Gateway.ApiFailure.NotFound(
        "not_found", $"No such route: {http.Request.Method} {http.Request.Path}");
}
