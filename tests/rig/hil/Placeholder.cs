using System.Globalization;

namespace Keyway.Tests.Rig;

/// <summary>
/// What stands for something that only a run knows: $now, $now+90s, $now-5s, and $ with the name
/// of a command, which stands for the id of its access code.
/// </summary>
internal static class Placeholder
{
    private const string Now = "$now";

    /// <summary>True for text that is none, or one that can be resolved.</summary>
    public static bool IsSound(string text, IReadOnlySet<string> known) =>
        !text.StartsWith('$') || Offset(text) != null || known.Contains(text[1..]);

    /// <summary>The text that it stands for.</summary>
    /// <param name="text">Sound.</param>
    /// <param name="now">The lock's time of day.</param>
    /// <param name="idOf">The id of a command's access code.</param>
    public static string Resolve(string text, DateTimeOffset now, Func<string, string> idOf) =>
        !text.StartsWith('$') ? text
            : Offset(text) is { } offset
                ? now.AddMilliseconds(offset)
                    .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
                : idOf(text[1..]);

    private static long? Offset(string text)
    {
        if (!text.StartsWith(Now, StringComparison.Ordinal))
        {
            return null;
        }

        string rest = text[Now.Length..];
        return rest == "" ? 0
            : rest[0] == '+' ? Duration.Read(rest[1..])
            : rest[0] == '-' ? -Duration.Read(rest[1..])
            : null;
    }
}
