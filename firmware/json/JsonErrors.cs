// What the errors of the JSON reader are called.

namespace Keyway.Firmware;

/// <summary>Texts for <see cref="JsonError"/>.</summary>
public static class JsonErrors
{
    /// <summary>A short English text for an error, for logs and answers.</summary>
    public static string TextOf(JsonError error)
    {
        switch (error)
        {
            case JsonError.None: return "no error";
            case JsonError.Truncated: return "ends too early";
            case JsonError.UnexpectedByte: return "unexpected byte";
            case JsonError.BadEscape: return "unknown escape";
            case JsonError.BadNumber: return "malformed number";
            case JsonError.NotUtf8: return "not UTF-8";
            case JsonError.NulCharacter: return "NUL in a string";
            case JsonError.ControlCharacter: return "unescaped control character";
            case JsonError.TooDeep: return "nested too deep";
            case JsonError.TooManyMembers: return "too many members in an object";
            case JsonError.DuplicateMember: return "member given twice";
            case JsonError.TrailingBytes: return "bytes after the end";
            case JsonError.TooLong: return "too long";
            case JsonError.LoneSurrogate: return "half of a surrogate pair";
            default: return "unknown error";
        }
    }
}
