// What a request says, by the table of parameters: the model's own reader.

using System.Text;

namespace Keyway.Tests.Model;

/// <summary>The members of a request that have a value of their kind.</summary>
public sealed class Reading
{
    private const int NameBytes = 32;
    private const int KeyCharacters = 64;
    private const int NumberMax = 0xFFFF;

    private static readonly string[] Booleans =
    [
        "allow_external_modification", "is_external_modification_allowed",
        "prefer_native_scheduling", "attempt_for_offline_device", "is_offline_access_code",
        "use_offline_access_code", "is_one_time_use", "use_backup_access_code_pool",
        "keyway_duress",
    ];

    private static readonly string[] Times = ["issued_at", "expires_at", "starts_at", "ends_at"];
    private static readonly string[] Numbers = ["preferred_code_length", "limit"];
    private static readonly string[] Ids = ["action_attempt_id", "access_code_id", "device_id"];

    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public Reading(Request request)
    {
        IsBroken = request.Missing > 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, object? value) in request.Members)
        {
            IsBroken |= !names.Add(name);
            if (Read(name, value) is { } read)
            {
                _values[name] = read;
            }
            else
            {
                IsBroken = true;
            }
        }

        int ids = request.Members.Count(member => member.Name == "action_attempt_id");
        bool isCut = request.Missing > 1 && request.Members[^1].Name == "action_attempt_id";
        Attempt = ids == 1 && !isCut ? Text("action_attempt_id") : null;
    }

    /// <summary>The payload or a member is not what it should be.</summary>
    public bool IsBroken { get; }

    /// <summary>The attempt's id, lower case; null when it cannot be relied on.</summary>
    public string? Attempt { get; }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name) as string;

    public long? Time(string name) => (_values.GetValueOrDefault(name) as SpelledTime)?.Unix;

    public bool? Flag(string name) => _values.GetValueOrDefault(name) as bool?;

    public bool IsTrue(string name) => Flag(name) == true;

    public long Number(string name) => _values.GetValueOrDefault(name) as long? ?? 0;

    public bool Contradicts(string one, string other) =>
        Flag(one) is { } first && Flag(other) is { } second && first != second;

    /// <summary>The name as the lock keeps it: whole characters in at most 32 bytes.</summary>
    public static string Cut(string name)
    {
        var kept = new StringBuilder();
        int bytes = 0;
        foreach (Rune character in name.EnumerateRunes())
        {
            bytes += character.Utf8SequenceLength;
            if (bytes > NameBytes)
            {
                break;
            }

            kept.Append(character);
        }

        return kept.ToString();
    }

    // Null: it is not of its kind. Members that nobody knows may be anything.
    private static object? Read(string name, object? value)
    {
        if (Times.Contains(name))
        {
            return value as SpelledTime;
        }

        if (Booleans.Contains(name))
        {
            return value as bool?;
        }

        if (Numbers.Contains(name))
        {
            return value is long number && number >= 0 && number <= NumberMax ? value : null;
        }

        if (Ids.Contains(name))
        {
            return value is string id && Guid.TryParseExact(id, "D", out Guid guid)
                ? guid.ToString("D") : null;
        }

        return name switch
        {
            "code" => value is string code && code.Length is >= 4 and <= 12
                && code.All(char.IsAsciiDigit) ? code : null,
            "name" => value is string text ? Cut(text) : null,
            "common_code_key" => value is string key
                && key.EnumerateRunes().Count() is >= 1 and <= KeyCharacters ? key : null,
            "type" => value is "ongoing" or "time_bound" ? value : null,
            "max_time_rounding" => value is "1hour" or "1h" or "1day" or "1d" ? value : null,
            "page_cursor" => value is string cursor && cursor.Length is >= 1 and <= 4
                && cursor.All(char.IsAsciiDigit) ? cursor : null,
            _ => value ?? "null",
        };
    }

    /// <summary>The two aliases say the same, or one of them says it.</summary>
    public bool AllowsExternal => IsTrue("allow_external_modification")
        || IsTrue("is_external_modification_allowed");
}
