// The strings of JSON: decoded where they lie, written with escapes. JsonReader and JsonWriter call
// it.

using System;

namespace Keyway.Firmware;

/// <summary>Strings as RFC 8259, section 7, has them.</summary>
internal static class JsonText
{
    /// <summary>A quote, for Array.IndexOf: boxed once and not at each call.</summary>
    internal static readonly object Quote = (byte)'"';

    private static readonly object Backslash = (byte)'\\';

    // No such letter, or no room.
    private const int None = -1;

    /// <summary>How far a text is ASCII that stands for itself, quotes apart.</summary>
    /// <returns>Its end; or a place up to which it is, a few bytes before where it is not.
    /// </returns>
    internal static int PlainEnd(byte[] text, int offset, int count)
    {
        int stop = Array.IndexOf(text, Backslash, offset, count);
        return Utf8.AsciiEnd(text, offset, stop < 0 ? count : stop - offset);
    }

    /// <summary>Whether a text is ASCII that stands between quotes as it is.</summary>
    internal static bool IsPlain(byte[] text, int offset, int count) =>
        Array.IndexOf(text, Quote, offset, count) < 0
        && PlainEnd(text, offset, count) == offset + count;

    /// <summary>Decodes a string into its own place: nothing is longer decoded than escaped.
    /// </summary>
    /// <param name="buffer">Holds the string; its bytes are overwritten.</param>
    /// <param name="first">The byte after the opening quote.</param>
    /// <param name="end">The end of the payload.</param>
    /// <param name="stop">The byte after the closing quote, or the first of what is wrong.</param>
    /// <param name="count">The size of the decoded string.</param>
    internal static JsonError Decode(
        byte[] buffer, int first, int end, out int stop, out int count)
    {
        int to = first;
        JsonError error = JsonError.None;
        for (stop = first; stop < end && buffer[stop] != '"' && error == JsonError.None;)
        {
            int value = buffer[stop];
            int size = 1;
            error = value < 0x20 ? JsonError.ControlCharacter
                : value == '\\' ? ReadEscape(buffer, stop, end, out size, out value)
                : value >= 0x80 ? ReadCharacter(buffer, stop, end, out size, out value)
                : JsonError.None;
            if (error != JsonError.None) break;
            stop += size;
            to = Put(value, buffer, to);
        }

        count = to - first;
        if (error == JsonError.None && stop == end) return JsonError.Truncated;
        if (error == JsonError.None) stop++;
        return error;
    }

    /// <summary>Writes what must stand between the quotes for a text.</summary>
    /// <param name="utf8">Well-formed UTF-8; the caller's, only read.</param>
    /// <param name="offset">The first byte of the text.</param>
    /// <param name="count">The size of the text in bytes.</param>
    /// <param name="json">The caller's; receives it.</param>
    /// <param name="at">The first byte to write.</param>
    /// <returns>The place after what was written; below 0 where it does not fit.</returns>
    internal static int Write(byte[] utf8, int offset, int count, byte[] json, int at)
    {
        if (IsPlain(utf8, offset, count) && count <= json.Length - at)
        {
            // Moved in one piece: the interpreter is slow byte by byte.
            Array.Copy(utf8, offset, json, at, count);
            return at + count;
        }

        for (int end = offset + count; offset < end; offset++)
        {
            int value = utf8[offset];
            bool isPlain = value >= 0x20 && value != '"' && value != '\\';
            int letter = isPlain ? value : LetterOf(value);
            int size = isPlain ? 1 : letter > 0 ? 2 : 6;
            if (size > json.Length - at) return None;
            if (size > 1) json[at] = (byte)'\\';
            if (size == 6)
            {
                json[at + 1] = (byte)'u';
                json[at + 2] = (byte)'0';
                json[at + 3] = (byte)'0';
                json[at + 4] = Hex.DigitOf(value >> 4);
                letter = Hex.DigitOf(value);
            }

            at += size;
            json[at - 1] = (byte)letter;
        }

        return at;
    }

    private static JsonError ReadCharacter(
        byte[] buffer, int at, int end, out int size, out int character)
    {
        character = 0;
        size = Utf8.SizeOfCharacter(buffer, at, end - at);
        if (size <= 0) return size == Utf8.Cut ? JsonError.Truncated : JsonError.NotUtf8;
        character = buffer[at] & (0x7F >> size);
        for (int i = 1; i < size; i++) character = character << 6 | (buffer[at + i] & 0x3F);
        return JsonError.None;
    }

    private static JsonError ReadEscape(
        byte[] buffer, int at, int end, out int size, out int character)
    {
        size = 2;
        character = 0;
        if (end - at < 2) return JsonError.Truncated;
        int letter = buffer[at + 1];
        if (letter == 'u') return ReadUnicodeEscape(buffer, at, end, out size, out character);
        character = ByteOf(letter);
        return character == None ? JsonError.BadEscape : JsonError.None;
    }

    private static JsonError ReadUnicodeEscape(
        byte[] buffer, int at, int end, out int size, out int character)
    {
        size = 6;
        JsonError error = ReadUnit(buffer, at, end, out character);
        if (error != JsonError.None) return error;
        if (character == 0) return JsonError.NulCharacter;
        if (character < 0xD800 || character >= 0xE000) return JsonError.None;
        if (character >= 0xDC00) return JsonError.LoneSurrogate;
        error = ReadUnit(buffer, at + size, end, out int low);
        if (error == JsonError.Truncated) return error;
        if (error != JsonError.None || low < 0xDC00 || low >= 0xE000)
            return JsonError.LoneSurrogate;
        character = 0x10000 + (character - 0xD800 << 10) + low - 0xDC00;
        size = 12;
        return JsonError.None;
    }

    // \uXXXX at a position.
    private static JsonError ReadUnit(byte[] buffer, int at, int end, out int unit)
    {
        unit = 0;
        for (int i = 0; i < 6; i++)
        {
            if (at + i == end) return JsonError.Truncated;
            int value = buffer[at + i];
            if (i >= 2) value = Hex.ValueOf(value);
            bool isSound = i == 0 ? value == '\\' : i == 1 ? value == 'u' : value >= 0;
            if (!isSound) return JsonError.BadEscape;
            if (i >= 2) unit = unit << 4 | value;
        }

        return JsonError.None;
    }

    // Writes a character in UTF-8, which is never before its escape or itself has been read.
    private static int Put(int character, byte[] buffer, int at)
    {
        if (character < 0x80)
        {
            buffer[at] = (byte)character;
            return at + 1;
        }

        int shift = character < 0x800 ? 6 : character < 0x10000 ? 12 : 18;
        int lead = shift == 6 ? 0xC0 : shift == 12 ? 0xE0 : 0xF0;
        buffer[at++] = (byte)(lead | character >> shift);
        while (shift > 0)
        {
            shift -= 6;
            buffer[at++] = (byte)(0x80 | (character >> shift & 0x3F));
        }

        return at;
    }

    private static int ByteOf(int letter)
    {
        switch (letter)
        {
            case '"':
            case '\\':
            case '/': return letter;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            default: return None;
        }
    }

    private static int LetterOf(int value)
    {
        switch (value)
        {
            case '\b': return 'b';
            case '\f': return 'f';
            case '\n': return 'n';
            case '\r': return 'r';
            case '\t': return 't';
            default: return value >= 0x20 ? value : None;
        }
    }
}
