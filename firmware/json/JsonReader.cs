// A strict pull reader of JSON (RFC 8259) on bytes: everything that the network sends goes through
// it. CommandReader calls it; it calls JsonText, JsonNumber and JsonNames.

using System;
using System.Text;

namespace Keyway.Firmware;

/// <summary>Reads one payload after another, token by token; allocates only when it is made.
/// Tokens before an error are delivered, so that a refusal can name the command it
/// refuses.</summary>
/// <remarks>Stricter than the grammar: bounds on bytes, depth and members, no name twice in one
/// object, no \u0000, no lone surrogates, no byte order mark.</remarks>
public sealed class JsonReader
{
    /// <summary>A quote, for <see cref="Array.IndexOf(Array, object)"/>: boxed once and not at each
    /// call.</summary>
    internal static readonly object Quote = (byte)'"';

    private readonly int _maximumBytes;
    private readonly JsonText _text;
    private readonly JsonNames _names;
    private readonly bool[] _isObject;
    private readonly byte[] _true = Encoding.UTF8.GetBytes("true");
    private readonly byte[] _false = Encoding.UTF8.GetBytes("false");
    private readonly byte[] _null = Encoding.UTF8.GetBytes("null");
    private byte[] _buffer;
    private int _start;
    private int _end;
    private int _position;
    private bool _isTooLong;
    private int _numberPosition;
    private JsonToken _token;
    private Expected _expected;

    /// <summary>Makes a reader and everything it will ever need.</summary>
    /// <param name="maximumBytes">The longest payload.</param>
    /// <param name="maximumDepth">Objects and arrays within each other, the root counted.</param>
    /// <param name="maximumMembers">Members in one object.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is below 1.</exception>
    public JsonReader(int maximumBytes, int maximumDepth, int maximumMembers)
    {
        if (maximumBytes < 1 || maximumDepth < 1 || maximumMembers < 1)
            throw new ArgumentOutOfRangeException();

        _maximumBytes = maximumBytes;
        _text = new JsonText(maximumBytes);
        _names = new JsonNames(maximumBytes, maximumDepth, maximumMembers);
        _isObject = new bool[maximumDepth + 1];
    }

    // What the grammar allows next. OrEnd: the first element or member, or the closing bracket.
    private enum Expected
    {
        Value = 0,
        ValueOrEnd = 1,
        Name = 2,
        NameOrEnd = 3,
        Colon = 4,
        CommaOrEnd = 5,
    }

    /// <summary>Why the payload is refused; None until <see cref="Read"/> answers Error.</summary>
    public JsonError Error { get; private set; }

    /// <summary>The byte at which reading stands, from the payload's first; after an error the
    /// byte that is wrong, or the beginning of a string, character or escape that is.</summary>
    public int Position => _position - _start;

    /// <summary>Objects and arrays that are open: 1 within the root object.</summary>
    public int Depth { get; private set; }

    /// <summary>After Name and String: the decoded UTF-8, without NUL. The reader's own, only to be
    /// read, and overwritten by the next one.</summary>
    public byte[] Text => _text.Bytes;

    /// <summary>The size of <see cref="Text"/> in bytes.</summary>
    public int TextCount => _text.Count;

    /// <summary>A short English text for an error, for logs and answers.</summary>
    public static string Describe(JsonError error)
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

    /// <summary>Begins a payload; whatever was read before is forgotten.</summary>
    /// <param name="buffer">The caller's, only read, and not to change until the end.</param>
    /// <param name="offset">The first byte of the payload.</param>
    /// <param name="count">The size of the payload; beyond the maximum it is not looked at.</param>
    public void Begin(byte[] buffer, int offset, int count)
    {
        _buffer = buffer;
        _start = offset;
        _position = offset;
        _isTooLong = count > _maximumBytes;
        _end = offset + (_isTooLong ? _maximumBytes : count);
        _token = JsonToken.None;
        _expected = Expected.Value;
        _names.Clear();
        Depth = 0;
        Error = JsonError.None;
    }

    /// <summary>Reads the next token. After End or Error it is the same again.</summary>
    public JsonToken Read()
    {
        if (_token != JsonToken.End && _token != JsonToken.Error) _token = Next();
        return _token;
    }

    /// <summary>Skips, with every check, what the last token began: after Name its value, after
    /// BeginObject or BeginArray the rest to its end, before the first token the root value. After
    /// any other token nothing is left to skip.</summary>
    /// <returns>False after an error.</returns>
    public bool Skip()
    {
        if (_token == JsonToken.Name || _token == JsonToken.None) Read();
        if (_token == JsonToken.BeginObject || _token == JsonToken.BeginArray)
        {
            int depth = Depth;
            while (Depth >= depth && Read() != JsonToken.Error)
            {
            }
        }

        return _token != JsonToken.Error;
    }

    /// <summary>Whether <see cref="Text"/> is this.</summary>
    /// <param name="ascii">ASCII only, at most 64 characters.</param>
    public bool TextIs(string ascii) => _text.Is(ascii);

    /// <summary><see cref="Text"/> as a new string.</summary>
    public string TextToString() => Encoding.UTF8.GetString(Text, 0, TextCount);

    /// <summary>After Number: its value.</summary>
    /// <param name="value">0 after false.</param>
    /// <returns>False when it has a fraction or an exponent, even if it were whole, or does not
    /// fit; and after any other token.</returns>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return _token == JsonToken.Number
            && JsonNumber.TryGetInt64(_buffer, _numberPosition, _position, out value);
    }

    private JsonToken Next()
    {
        while (SkipBlanks())
        {
            int value = _buffer[_position];
            switch (_expected)
            {
                case Expected.Colon:
                    if (value != ':') return Fail(JsonError.UnexpectedByte, _position);
                    _expected = Expected.Value;
                    break;
                case Expected.CommaOrEnd:
                    if (Depth == 0) return Fail(JsonError.TrailingBytes, _position);
                    if (value != ',') return Close(value);
                    _expected = _isObject[Depth] ? Expected.Name : Expected.Value;
                    break;
                case Expected.Name:
                    return ReadName(value);
                case Expected.NameOrEnd:
                    return value == '}' ? Close(value) : ReadName(value);
                case Expected.ValueOrEnd:
                    return value == ']' ? Close(value) : ReadValue(value);
                default:
                    return ReadValue(value);
            }

            _position++;
        }

        bool isComplete = Depth == 0 && _expected == Expected.CommaOrEnd && !_isTooLong;
        return isComplete ? JsonToken.End : Fail(JsonError.Truncated, _end);
    }

    // To the next byte that is no blank; false at the end.
    private bool SkipBlanks()
    {
        while (_position < _end)
        {
            int value = _buffer[_position];
            if (value != ' ' && value != '\n' && value != '\r' && value != '\t') return true;
            _position++;
        }

        return false;
    }

    private JsonToken ReadValue(int first)
    {
        switch (first)
        {
            case '{': return Open(true);
            case '[': return Open(false);
            case '"': return ReadString();
            case 't': return ReadLiteral(_true, JsonToken.True);
            case 'f': return ReadLiteral(_false, JsonToken.False);
            case 'n': return ReadLiteral(_null, JsonToken.Null);
        }

        bool isNumber = first == '-' || first >= '0' && first <= '9';
        return isNumber ? ReadNumber() : Fail(JsonError.UnexpectedByte, _position);
    }

    private JsonToken Open(bool isObject)
    {
        if (Depth == _isObject.Length - 1) return Fail(JsonError.TooDeep, _position);
        Depth++;
        _isObject[Depth] = isObject;
        if (isObject) _names.Open(Depth);
        _expected = isObject ? Expected.NameOrEnd : Expected.ValueOrEnd;
        _position++;
        return isObject ? JsonToken.BeginObject : JsonToken.BeginArray;
    }

    private JsonToken Close(int bracket)
    {
        bool isObject = _isObject[Depth];
        if (bracket != (isObject ? '}' : ']')) return Fail(JsonError.UnexpectedByte, _position);
        if (isObject) _names.Close(Depth);
        Depth--;
        _expected = Expected.CommaOrEnd;
        _position++;
        return isObject ? JsonToken.EndObject : JsonToken.EndArray;
    }

    private JsonToken ReadName(int first)
    {
        if (first != '"') return Fail(JsonError.UnexpectedByte, _position);
        int start = _position;
        if (ReadString() == JsonToken.Error) return JsonToken.Error;
        JsonError error = _names.Add(Depth, Text, TextCount);
        if (error != JsonError.None) return Fail(error, start);
        _expected = Expected.Colon;
        return JsonToken.Name;
    }

    private JsonToken ReadString()
    {
        JsonError error = _text.Read(_buffer, _position, _end);
        if (error != JsonError.None) return Fail(error, _text.Position);
        _position = _text.Position;
        _expected = Expected.CommaOrEnd;
        return JsonToken.String;
    }

    private JsonToken ReadNumber()
    {
        JsonError error = JsonNumber.FindEnd(_buffer, _position, _end, out int stop);

        // What was cut off could have been more digits.
        if (error == JsonError.None && stop == _end && _isTooLong) error = JsonError.Truncated;
        if (error != JsonError.None) return Fail(error, stop);
        _numberPosition = _position;
        _position = stop;
        _expected = Expected.CommaOrEnd;
        return JsonToken.Number;
    }

    private JsonToken ReadLiteral(byte[] literal, JsonToken token)
    {
        foreach (byte letter in literal)
        {
            if (_position == _end) return Fail(JsonError.Truncated, _end);
            if (_buffer[_position] != letter) return Fail(JsonError.UnexpectedByte, _position);
            _position++;
        }

        _expected = Expected.CommaOrEnd;
        return token;
    }

    // The one way into the error state. A payload that was cut off at the maximum did not end.
    private JsonToken Fail(JsonError error, int position)
    {
        bool isCut = error == JsonError.Truncated;
        Error = isCut && _isTooLong ? JsonError.TooLong : error;
        _position = isCut ? _end : position;
        return JsonToken.Error;
    }
}
