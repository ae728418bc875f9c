using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Keyway.Tests.Model;

/// <summary>A command as it is sent: any members, in any order, with any values.</summary>
/// <param name="Word">Its topic behind the device's.</param>
public sealed record Request(string Word)
{
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Names and values: SpelledTime, string, long, double, bool, null, array.</summary>
    public List<(string Name, object? Value)> Members { get; init; } = [];

    /// <summary>As if the broker had kept it.</summary>
    public bool IsRetained { get; init; }

    /// <summary>Characters that are missing at its end.</summary>
    public int Missing { get; init; }

    /// <summary>Characters beyond ASCII are escaped.</summary>
    public bool IsEscaped { get; init; }

    public bool Has(string name) => Members.Any(member => member.Name == name);

    public Request With(string name, object? value)
    {
        Members.Add((name, value));
        return this;
    }

    public Request Copy() => this with { Members = [.. Members] };

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToJson());

    public override string ToString() => $"{Word} {(IsRetained ? "retained " : "")}{ToJson()}";

    private string ToJson()
    {
        var json = new StringBuilder("{");
        foreach ((string name, object? value) in Members)
        {
            json.Append(json.Length > 1 ? "," : "").Append('"').Append(name).Append("\":");
            json.Append(TextOf(value));
        }

        json.Append('}');
        json.Length = Math.Max(0, json.Length - Missing);
        return json.ToString();
    }

    private string TextOf(object? value) => value switch
    {
        null => "null",
        SpelledTime moment => $"\"{moment.Text}\"",
        string text => JsonSerializer.Serialize(text, IsEscaped ? null : Plain),
        bool isTrue => isTrue ? "true" : "false",
        object[] => "[[],{\"code\":1}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException(),
    };
}
