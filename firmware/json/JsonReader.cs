// A strict pull reader of JSON (RFC 8259) on bytes, for all that the network sends. CommandReader
// and SetupReader call it; it calls JsonText, JsonNumber and JsonNames.

using System;

namespace Keyway.Firmware;

/// <summary>Reads one payload after another, token by token, up to an error. Allocates only when it
/// is made.</summary>
/// <remarks>Stricter than the grammar: bounds on bytes, depth and members, no name twice in one
/// object, no \u0000, no lone surrogates, no byte order mark.</remarks>
public sealed class JsonReader
{
    // Objects and arrays that are open are the bits of an int, behind a 1.
    private const int DepthMax = 30;
    private const int NothingOpen = 1;

    // The last four letters of the literals, the first one lowest.
    private const int True = 0x65757274;
    private const int False = 0x65736C61;
    private const int Null = 0x6C6C756E;
    private readonly int _maximumBytes;
    private readonly int _maximumDepth;
    private readonly byte[] _word = new byte[Limits.WordBytes];
    private readonly JsonNames _names;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private int _position;
    private bool _isTooLong;

    // Up to here strings are ASCII without escapes.
    private int _plainEnd;

    // Of each that is open a 1 for an object, a 0 for an array, the innermost lowest.
    private int _open;
    private int _textOffset;
    private int _textCount;
    private JsonToken _token;
    private JsonError _error;

    /// <summary>Makes a reader and everything it will ever need.</summary>
    /// <param name="maximumBytes">The longest payload; it ends before byte 65,536.</param>
    /// <param name="maximumDepth">Objects and arrays within each other, at most 30.</param>
    /// <param name="maximumMembers">Members in one object. All objects that are open and their
    /// members are together at most <see cref="Limits.OpenMembers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is below 1 or too large.
    /// </exception>
    public JsonReader(int maximumBytes, int maximumDepth, int maximumMembers)
    {
        if (maximumBytes < 1 || maximumBytes > ushort.MaxValue || maximumMembers < 1
            || maximumDepth < 1 || maximumDepth > DepthMax)
            throw new ArgumentOutOfRangeException();

        _maximumBytes = maximumBytes;
        _maximumDepth = maximumDepth;
        _names = new JsonNames(maximumDepth, maximumMembers);
    }

    /// <summary>Why the payload is refused; None until <see cref="Read"/> answers Error.</summary>
    public JsonError Error => _error;

    /// <summary>The byte at which reading stands, from the payload's first; after an error the
    /// byte that is wrong, or the beginning of a string, character or escape that is.</summary>
    public int Position => _position - _start;

    /// <summary>Objects and arrays that are open: 1 within the root object.</summary>
    public int Depth
    {
        get
        {
            int depth = 0;
            for (int open = _open; open > NothingOpen; open >>= 1) depth++;
            return depth;
        }
    }

    /// <summary>The payload's buffer, which holds the texts until it is given back.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>After Name and String: the first byte in <see cref="Buffer"/> of the decoded UTF-8,
    /// without NUL. After Number: of the number.</summary>
    public int TextOffset => _textOffset;

    /// <summary>The size of that in bytes.</summary>
    public int TextCount => _textCount;

    /// <summary>Begins a payload; whatever was read before is forgotten.</summary>
    /// <param name="buffer">The caller's, and not to change until the end. The reader decodes
    /// strings in it, so that it can be read only once.</param>
    /// <param name="offset">The first byte of the payload.</param>
    /// <param name="count">The size of the payload; beyond the maximum it is not looked at.</param>
    public void Begin(byte[] buffer, int offset, int count)
    {
        _buffer = buffer;
        _start = offset;
        _position = offset;
        _isTooLong = count > _maximumBytes;
        _end = offset + (_isTooLong ? _maximumBytes : count);
        _plainEnd = JsonText.PlainEnd(buffer, offset, _end - offset);
        _token = JsonToken.None;
        _names.Clear();
        _open = NothingOpen;
        _error = JsonError.None;
    }

    /// <summary>Reads the next token. After End or Error it is the same again.</summary>
    public JsonToken Read()
    {
        if (_token < JsonToken.End) _token = Next();
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
            int open = _open;
            while (_open >= open && Read() != JsonToken.Error)
            {
            }
        }

        return _token != JsonToken.Error;
    }

    /// <summary>Whether the text is this.</summary>
    /// <param name="ascii">ASCII only, at most <see cref="Limits.WordBytes"/> characters.</param>
    public bool TextIs(string ascii)
    {
        int count = _textCount;
        if (count != ascii.Length) return false;

        // On the device a string's characters are walked to one by one.
        Utf8.Encoding.GetBytes(ascii, 0, count, _word, 0);
        return Utf8.AreEqual(_buffer, _textOffset, _word, 0, count);
    }

    /// <summary>The text as a new string.</summary>
    public string TextToString() => Utf8.Encoding.GetString(_buffer, _textOffset, _textCount);

    /// <summary>After Number: its value.</summary>
    /// <param name="value">0 after false.</param>
    /// <returns>False when it has a fraction or an exponent, even if it were whole, or does not
    /// fit; and after any other token.</returns>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return _token == JsonToken.Number
            && JsonNumber.TryGetInt64(_buffer, _textOffset, _position, out value);
    }

    private JsonToken Next()
    {
        int value = Peek();
        switch (_token)
        {
            case JsonToken.None: return ReadValue(value);
            case JsonToken.BeginArray: return value == ']' ? Close(value) : ReadValue(value);
            case JsonToken.BeginObject: return value == '}' ? Close(value) : ReadName(value);
            case JsonToken.Name:
                if (value != ':') return Unexpected();
                _position++;
                return ReadValue(Peek());
        }

        if (_open == NothingOpen)
            return value >= 0 ? Fail(JsonError.TrailingBytes, _position)
                : _isTooLong ? Unexpected() : JsonToken.End;
        if (value != ',') return Close(value);
        _position++;
        return (_open & 1) != 0 ? ReadName(Peek()) : ReadValue(Peek());
    }

    // The next byte that is no blank, which is not taken; -1 at the end.
    private int Peek()
    {
        while (_position < _end)
        {
            int value = _buffer[_position];
            if (value > ' ' || (value != ' ' && value != '\n' && value != '\r' && value != '\t'))
                return value;
            _position++;
        }

        return -1;
    }

    private JsonToken ReadValue(int first)
    {
        switch (first)
        {
            case '{': return Open(true);
            case '[': return Open(false);
            case '"': return ReadString();
            case 't': return ReadLiteral(True, 4, JsonToken.True);
            case 'f': return ReadLiteral(False, 5, JsonToken.False);
            case 'n': return ReadLiteral(Null, 4, JsonToken.Null);
        }

        return first == '-' || (first >= '0' && first <= '9') ? ReadNumber() : Unexpected();
    }

    private JsonToken Open(bool isObject)
    {
        if (_open >> _maximumDepth != 0) return Fail(JsonError.TooDeep, _position);
        if (isObject && !_names.Open()) return Fail(JsonError.TooManyMembers, _position);
        _open = _open << 1 | (isObject ? 1 : 0);
        _position++;
        return isObject ? JsonToken.BeginObject : JsonToken.BeginArray;
    }

    private JsonToken Close(int bracket)
    {
        bool isObject = (_open & 1) != 0;
        if (bracket != (isObject ? '}' : ']')) return Unexpected();
        _open >>= 1;
        _position++;
        if (!isObject) return JsonToken.EndArray;
        _names.Close();
        return JsonToken.EndObject;
    }

    private JsonToken ReadName(int first)
    {
        int start = _position;
        if (first != '"') return Unexpected();
        if (ReadString() == JsonToken.Error) return JsonToken.Error;
        _buffer[_textOffset + _textCount] = 0;
        JsonError error = _names.Add(_buffer, _textOffset, _textCount);
        return error == JsonError.None ? JsonToken.Name : Fail(error, start);
    }

    private JsonToken ReadString()
    {
        int first = _position + 1;
        int stop = Array.IndexOf(_buffer, JsonText.Quote, first, _end - first);
        if (stop >= 0 && (stop <= _plainEnd
            || JsonText.PlainEnd(_buffer, first, stop - first) == stop))
        {
            _position = stop + 1;
            _textCount = stop - first;
        }
        else
        {
            JsonError error = JsonText.Decode(_buffer, first, _end, out stop, out int count);
            if (error != JsonError.None) return Fail(error, stop);
            _position = stop;
            _textCount = count;
            _plainEnd = JsonText.PlainEnd(_buffer, stop, _end - stop);
        }

        _textOffset = first;
        return JsonToken.String;
    }

    private JsonToken ReadNumber()
    {
        JsonError error = JsonNumber.FindEnd(_buffer, _position, _end, out int stop);

        // What was cut off could have been more digits.
        if (error == JsonError.None && stop == _end && _isTooLong) error = JsonError.Truncated;
        if (error != JsonError.None) return Fail(error, stop);
        _textOffset = _position;
        _textCount = stop - _position;
        _position = stop;
        return JsonToken.Number;
    }

    // The first letter is known to be right.
    private JsonToken ReadLiteral(int lastFour, int count, JsonToken token)
    {
        int at = _position + count - 4;
        if (at <= _end - 4 && BitConverter.ToInt32(_buffer, at) == lastFour)
        {
            _position += count;
            return token;
        }

        for (; at < _end && _buffer[at] == (byte)lastFour; at++) lastFour >>= 8;
        return Fail(at < _end ? JsonError.UnexpectedByte : JsonError.Truncated, at);
    }

    private JsonToken Unexpected() =>
        Fail(_position < _end ? JsonError.UnexpectedByte : JsonError.Truncated, _position);

    // The one way into the error state. A payload that was cut off at the maximum did not end.
    private JsonToken Fail(JsonError error, int position)
    {
        bool isCut = error == JsonError.Truncated;
        _error = isCut && _isTooLong ? JsonError.TooLong : error;
        _position = isCut ? _end : position;
        return JsonToken.Error;
    }
}
