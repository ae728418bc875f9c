using System.Globalization;
using System.Text.RegularExpressions;

namespace Keyway.Tests.Rig;

/// <summary>Durations as scenarios write them: 600ms, 5s, 2m, 1h.</summary>
internal static partial class Duration
{
    /// <summary>No step lasts longer: a day.</summary>
    public const long MaxMs = 24 * 60 * 60 * 1000;

    /// <summary>Reads one.</summary>
    /// <returns>Ms, 1 to <see cref="MaxMs"/>; null: it is none.</returns>
    public static long? Read(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        long unit = match.Groups[2].Value switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            _ => 3600_000,
        };
        long ms = long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * unit;
        return ms is >= 1 and <= MaxMs ? ms : null;
    }

    /// <summary>Writes one for people.</summary>
    public static string Write(long ms) => ms % 1000 == 0 ? $"{ms / 1000} s" : $"{ms} ms";

    [GeneratedRegex("^([0-9]{1,8})(ms|s|m|h)$")]
    private static partial Regex Form();
}
