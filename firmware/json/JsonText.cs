// Decodes JSON strings, one at a time, into a buffer of its own, for JsonReader.

using System;
using System.Text;

namespace Keyway.Firmware;

/// <summary>The string that was decoded last.</summary>
internal sealed class JsonText
{
    // On the device a string's characters are walked to one by one, so Is copies them here.
    private readonly byte[] _comparison = new byte[64];
    private byte[] _buffer;
    private int _end;

    /// <summary>Makes the buffer.</summary>
    /// <param name="maximumBytes">The longest payload: decoding makes no string longer.</param>
    internal JsonText(int maximumBytes) => Bytes = new byte[maximumBytes];

    /// <summary>The decoded string, in UTF-8.</summary>
    internal byte[] Bytes { get; }

    /// <summary>Its size.</summary>
    internal int Count { get; private set; }

    /// <summary>The byte after the closing quote, or the first of what is wrong.</summary>
    internal int Position { get; private set; }

    /// <summary>Decodes one string.</summary>
    /// <param name="buffer">The payload.</param>
    /// <param name="position">The opening quote.</param>
    /// <param name="end">The end of the payload.</param>
    internal JsonError Read(byte[] buffer, int position, int end)
    {
        _buffer = buffer;
        _end = end;
        Position = position + 1;
        Count = 0;
        while (true)
        {
            CopyPlain();
            if (Position == _end) return JsonError.Truncated;
            int value = _buffer[Position];
            if (value == '"')
            {
                Position++;
                return JsonError.None;
            }

            if (value < 0x20) return JsonError.ControlCharacter;
            JsonError error = value == '\\' ? ReadEscape() : CopyCharacter();
            if (error != JsonError.None) return error;
        }
    }

    /// <summary>Whether the decoded string is this ASCII of at most 64 characters.</summary>
    internal bool Is(string ascii)
    {
        if (Count != ascii.Length) return false;
        Encoding.UTF8.GetBytes(ascii, 0, Count, _comparison, 0);
        for (int i = 0; i < Count; i++)
        {
            if (Bytes[i] != _comparison[i]) return false;
        }

        return true;
    }

    // ASCII that stands for itself, moved in one piece: the interpreter is slow byte by byte.
    private void CopyPlain()
    {
        byte[] buffer = _buffer;
        int end = _end;
        int stop = Position;
        while (stop < end)
        {
            int value = buffer[stop];
            if (value < 0x20 || value >= 0x80 || value == '"' || value == '\\') break;
            stop++;
        }

        Copy(stop - Position);
    }

    private JsonError CopyCharacter()
    {
        int size = Utf8.SizeOfCharacter(_buffer, Position, _end - Position);
        if (size == Utf8.Cut) return JsonError.Truncated;
        if (size == 0) return JsonError.NotUtf8;
        Copy(size);
        return JsonError.None;
    }

    private void Copy(int count)
    {
        Array.Copy(_buffer, Position, Bytes, Count, count);
        Position += count;
        Count += count;
    }

    private JsonError ReadEscape()
    {
        if (_end - Position < 2) return JsonError.Truncated;
        int letter = _buffer[Position + 1];
        if (letter == 'u') return ReadUnicodeEscape();
        int value = JsonEscape.ByteOf(letter);
        if (value < 0) return JsonError.BadEscape;
        Bytes[Count++] = (byte)value;
        Position += 2;
        return JsonError.None;
    }

    private JsonError ReadUnicodeEscape()
    {
        JsonError error = ReadUnit(Position, out int character);
        if (error != JsonError.None) return error;
        if (character == 0) return JsonError.NulCharacter;
        int size = 6;
        if (character >= 0xD800 && character < 0xE000)
        {
            if (character >= 0xDC00) return JsonError.LoneSurrogate;
            error = ReadUnit(Position + size, out int low);
            if (error == JsonError.Truncated) return error;
            if (error != JsonError.None || low < 0xDC00 || low >= 0xE000)
                return JsonError.LoneSurrogate;
            character = 0x10000 + (character - 0xD800 << 10) + low - 0xDC00;
            size = 12;
        }

        Append(character);
        Position += size;
        return JsonError.None;
    }

    // \uXXXX at a position.
    private JsonError ReadUnit(int position, out int unit)
    {
        unit = 0;
        for (int i = 0; i < 6; i++)
        {
            if (position + i == _end) return JsonError.Truncated;
            int value = _buffer[position + i];
            if (i >= 2) value = Hex.ValueOf(value);
            bool isSound = i == 0 ? value == '\\' : i == 1 ? value == 'u' : value >= 0;
            if (!isSound) return JsonError.BadEscape;
            if (i >= 2) unit = unit << 4 | value;
        }

        return JsonError.None;
    }

    private void Append(int character)
    {
        if (character < 0x80)
        {
            Bytes[Count++] = (byte)character;
            return;
        }

        int shift = character < 0x800 ? 6 : character < 0x10000 ? 12 : 18;
        int lead = shift == 6 ? 0xC0 : shift == 12 ? 0xE0 : 0xF0;
        Bytes[Count++] = (byte)(lead | character >> shift);
        while (shift > 0)
        {
            shift -= 6;
            Bytes[Count++] = (byte)(0x80 | character >> shift & 0x3F);
        }
    }
}
