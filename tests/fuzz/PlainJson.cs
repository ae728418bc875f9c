// System.Text.Json as the reference, and above it, written once more, what our reader is stricter
// in: depth, members, names given twice, NUL, lone surrogates, UTF-8, bytes.

using System.Text;
using System.Text.Json;
using Keyway.Firmware;

namespace Keyway.Tests.Fuzz;

/// <summary>What a payload holds by System.Text.Json, up to the first thing that is wrong.
/// </summary>
public sealed class PlainJson
{
    private static readonly UTF8Encoding Strict = new(false, true);
    private readonly Stack<HashSet<string>?> _open = new();

    private PlainJson()
    {
    }

    /// <summary>The tokens before what is wrong.</summary>
    public List<JsonStep> Steps { get; } = [];

    /// <summary>True when System.Text.Json refuses the payload.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>What our reader may say of a token that breaks a rule of its own.</summary>
    public List<JsonError> Broken { get; } = [];

    /// <summary>True when our reader has to accept the payload, whatever its length.</summary>
    public bool IsSound => !IsMalformed && Broken.Count == 0;

    private int Places => _open.Sum(names => names == null ? 0 : 1 + names.Count);

    /// <summary>Reads a payload.</summary>
    public static PlainJson Read(byte[] payload)
    {
        var plain = new PlainJson();
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = 10_000 });
        try
        {
            while (plain.Broken.Count == 0 && reader.Read())
            {
                plain.Take(ref reader);
            }
        }
        catch (JsonException)
        {
            plain.IsMalformed = true;
        }

        return plain;
    }

    private void Take(ref Utf8JsonReader reader)
    {
        JsonStep step = reader.TokenType switch
        {
            JsonTokenType.StartObject => Open([], JsonToken.BeginObject),
            JsonTokenType.StartArray => Open(null, JsonToken.BeginArray),
            JsonTokenType.EndObject => Close(JsonToken.EndObject),
            JsonTokenType.EndArray => Close(JsonToken.EndArray),
            JsonTokenType.PropertyName => Name(TextOf(ref reader)),
            JsonTokenType.String => new JsonStep(JsonToken.String, TextOf(ref reader)),
            JsonTokenType.Number => new JsonStep(
                JsonToken.Number, "", reader.TryGetInt64(out long value) ? value : null),
            JsonTokenType.True => new JsonStep(JsonToken.True),
            JsonTokenType.False => new JsonStep(JsonToken.False),
            JsonTokenType.Null => new JsonStep(JsonToken.Null),
            _ => throw new InvalidOperationException(),
        };
        if (Broken.Count == 0)
        {
            Steps.Add(step);
        }
    }

    private JsonStep Open(HashSet<string>? names, JsonToken token)
    {
        bool isFull = names != null && Places == Limits.OpenMembers;
        _open.Push(names);
        if (_open.Count > Limits.PayloadDepth)
        {
            Broken.Add(JsonError.TooDeep);
        }
        else if (isFull)
        {
            Broken.Add(JsonError.TooManyMembers);
        }

        return new JsonStep(token);
    }

    private JsonStep Close(JsonToken token)
    {
        _open.Pop();
        return new JsonStep(token);
    }

    private JsonStep Name(string text)
    {
        HashSet<string> names = _open.Peek()!;
        if (Broken.Count == 0
            && (names.Count == Limits.PayloadMembers || Places == Limits.OpenMembers))
        {
            Broken.Add(JsonError.TooManyMembers);
        }
        else if (Broken.Count == 0 && !names.Add(text))
        {
            Broken.Add(JsonError.DuplicateMember);
        }

        return new JsonStep(JsonToken.Name, text);
    }

    // System.Text.Json checks the escapes' shape when it reads, and everything else only when the
    // text is asked for.
    private string TextOf(ref Utf8JsonReader reader)
    {
        string text = "";
        try
        {
            Strict.GetString(reader.ValueSpan);
        }
        catch (DecoderFallbackException)
        {
            Broken.Add(JsonError.NotUtf8);
        }

        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Broken.Add(JsonError.LoneSurrogate);
        }

        // With another error in the same string, either may come first.
        if (text.Contains('\0')
            || Broken.Count > 0 && Encoding.Latin1.GetString(reader.ValueSpan).Contains("\\u0000"))
        {
            Broken.Add(JsonError.NulCharacter);
        }

        return text;
    }
}
