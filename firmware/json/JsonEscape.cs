// The escapes of JSON strings, for the reader and the writer.

using System;

namespace Keyway.Firmware;

/// <summary>Escapes as RFC 8259, section 7, has them.</summary>
internal static class JsonEscape
{
    /// <summary>There is no such letter, no such byte, no place.</summary>
    internal const int None = -1;

    /// <summary>The byte that a letter stands for; <see cref="None"/> for any other letter.
    /// </summary>
    internal static int ByteOf(int letter)
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

    /// <summary>Writes what must stand between the quotes for a text.</summary>
    /// <param name="utf8">Well-formed UTF-8; the caller's, only read.</param>
    /// <param name="offset">The first byte of the text.</param>
    /// <param name="count">The size of the text in bytes.</param>
    /// <param name="json">The caller's; receives it.</param>
    /// <param name="at">The first byte to write.</param>
    /// <returns>The place after what was written; <see cref="None"/> where it does not fit.
    /// </returns>
    internal static int Write(byte[] utf8, int offset, int count, byte[] json, int at)
    {
        if (Utf8.IsPlain(utf8, offset, count) && count <= json.Length - at
            && Array.IndexOf(utf8, JsonReader.Quote, offset, count) < 0)
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
