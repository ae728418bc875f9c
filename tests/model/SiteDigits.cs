using System.Collections.Concurrent;

namespace Keyway.Tests.Model;

/// <summary>The digits of each common code key, once a lock of the site has told them: every other
/// lock must give the same.</summary>
public static class SiteDigits
{
    private static readonly ConcurrentDictionary<string, string> Known =
        new(StringComparer.Ordinal);

    /// <summary>The digits, or question marks.</summary>
    public static string Of(string key) =>
        Known.GetValueOrDefault(key) ?? new string('?', ModelShape.SiteCodeLength);

    /// <summary>A lock has told them.</summary>
    public static void Learn(string key, string digits)
    {
        string known = Known.GetOrAdd(key, digits);
        Difference.Require(known == digits, $"digits of the key {key}", known, digits);
    }
}
