// What a JsonReader has left to read, in a notation of one word a token, for its tests.

using Keyway.Firmware;

namespace Keyway.Tests.Unit;

internal static class JsonTokens
{
    public static string Of(JsonReader reader)
    {
        string tokens = "";
        while (true)
        {
            JsonToken token = reader.Read();
            tokens += Word(reader, token);
            if (token == JsonToken.End || token == JsonToken.Error) return tokens;
            tokens += " ";
        }
    }

    private static string Word(JsonReader reader, JsonToken token)
    {
        switch (token)
        {
            case JsonToken.BeginObject: return "{";
            case JsonToken.EndObject: return "}";
            case JsonToken.BeginArray: return "[";
            case JsonToken.EndArray: return "]";
            case JsonToken.Name: return reader.TextToString() + ":";
            case JsonToken.String: return "'" + reader.TextToString() + "'";
            case JsonToken.Number: return "#";
            case JsonToken.True: return "t";
            case JsonToken.False: return "f";
            case JsonToken.Null: return "n";
            case JsonToken.End: return ".";
            default: return "!";
        }
    }
}
