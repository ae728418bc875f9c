using System.Globalization;

namespace Keyway.Tests.Model;

/// <summary>An instant as somebody wrote it.</summary>
/// <param name="Unix">In unix seconds.</param>
/// <param name="Text">ISO 8601 with any zone.</param>
public sealed record SpelledTime(long Unix, string Text)
{
    /// <summary>As the lock writes it.</summary>
    public static string InZ(long unix) => DateTimeOffset.FromUnixTimeSeconds(unix)
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>In a zone.</summary>
    public static SpelledTime At(long unix, int offsetMinutes) => new(unix,
        DateTimeOffset.FromUnixTimeSeconds(unix).ToOffset(TimeSpan.FromMinutes(offsetMinutes))
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    public static SpelledTime At(long unix) => new(unix, InZ(unix));
}
