// Writes compact JSON into a buffer of its own: action attempts, answers, events and status.

using System;
using System.Text;

namespace Keyway.Firmware;

/// <summary>Writes one document after another. It sets the commas; that brackets match and every
/// member has a name and a value is the caller's part. What does not fit is not cut: the whole
/// document is dropped and <see cref="Overflowed"/> says so.</summary>
public sealed class JsonWriter
{
    private readonly byte[] _buffer;
    private bool _needsComma;

    /// <summary>Makes the buffer.</summary>
    /// <param name="sizeBytes">The longest document.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public JsonWriter(int sizeBytes)
    {
        if (sizeBytes < 1) throw new ArgumentOutOfRangeException();
        _buffer = new byte[sizeBytes];
    }

    /// <summary>Bytes written; 0 once it has overflowed.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the document did not fit. Holds until <see cref="Reset"/>; until then
    /// nothing more is written.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Begins a new document.</summary>
    public void Reset()
    {
        Count = 0;
        Overflowed = false;
        _needsComma = false;
    }

    /// <summary>A new array with the document; empty when it has overflowed.</summary>
    public byte[] ToArray()
    {
        byte[] document = new byte[Count];
        Array.Copy(_buffer, 0, document, 0, Count);
        return document;
    }

    /// <summary>Overwrites what was written, which may hold digits.</summary>
    public void Forget() => Array.Clear(_buffer, 0, _buffer.Length);

    /// <summary>Begins an object.</summary>
    public void BeginObject() => Open('{');

    /// <summary>Ends an object.</summary>
    public void EndObject() => Close('}');

    /// <summary>Begins an array.</summary>
    public void BeginArray() => Open('[');

    /// <summary>Ends an array.</summary>
    public void EndArray() => Close(']');

    /// <summary>Writes the name of a member; its value comes next.</summary>
    /// <param name="ascii">Printable ASCII without quotes and backslashes.</param>
    public void Name(string ascii)
    {
        Separate();
        Put('"');
        PutAscii(ascii);
        Put('"');
        Put(':');
        _needsComma = false;
    }

    /// <summary>Writes a string, escaped; null becomes the literal.</summary>
    public void String(string value)
    {
        if (value == null)
        {
            Null();
            return;
        }

        byte[] utf8 = Encoding.UTF8.GetBytes(value);
        String(utf8, 0, utf8.Length);
    }

    /// <summary>Writes a string, escaped.</summary>
    /// <param name="utf8">Well-formed UTF-8; the caller's, only read.</param>
    /// <param name="offset">The first byte of the string.</param>
    /// <param name="count">The size of the string in bytes.</param>
    public void String(byte[] utf8, int offset, int count)
    {
        Separate();
        Put('"');
        int end = offset + count;
        while (offset < end)
        {
            // What needs no escape is moved in one piece: the interpreter is slow byte by byte.
            int stop = offset;
            while (stop < end && !NeedsEscape(utf8[stop])) stop++;
            PutBytes(utf8, offset, stop - offset);
            if (stop < end) PutEscape(utf8[stop]);
            offset = stop + 1;
        }

        Put('"');
    }

    /// <summary>Writes a number.</summary>
    public void Number(long value)
    {
        Separate();
        PutAscii(value.ToString());
    }

    /// <summary>Writes true or false.</summary>
    public void Boolean(bool value)
    {
        Separate();
        PutAscii(value ? "true" : "false");
    }

    /// <summary>Writes the literal null.</summary>
    public void Null()
    {
        Separate();
        PutAscii("null");
    }

    /// <summary>Writes a member with a string; null becomes the literal.</summary>
    /// <param name="name">As for <see cref="Name"/>.</param>
    /// <param name="value">Any text, or null.</param>
    public void Member(string name, string value)
    {
        Name(name);
        String(value);
    }

    /// <summary>Writes a member with a number.</summary>
    /// <param name="name">As for <see cref="Name"/>.</param>
    /// <param name="value">Any number.</param>
    public void Member(string name, long value)
    {
        Name(name);
        Number(value);
    }

    /// <summary>Writes a member with true or false.</summary>
    /// <param name="name">As for <see cref="Name"/>.</param>
    /// <param name="value">Which.</param>
    public void Member(string name, bool value)
    {
        Name(name);
        Boolean(value);
    }

    private static bool NeedsEscape(byte value) => value < 0x20 || value == '"' || value == '\\';

    private void Open(char bracket)
    {
        Separate();
        Put(bracket);
        _needsComma = false;
    }

    private void Close(char bracket)
    {
        Put(bracket);
        _needsComma = true;
    }

    // Before every value and name: a comma if something stands before it in the same brackets.
    private void Separate()
    {
        if (_needsComma) Put(',');
        _needsComma = true;
    }

    private void PutEscape(byte value)
    {
        Put('\\');
        switch (value)
        {
            case (byte)'\b': Put('b'); break;
            case (byte)'\f': Put('f'); break;
            case (byte)'\n': Put('n'); break;
            case (byte)'\r': Put('r'); break;
            case (byte)'\t': Put('t'); break;
            case (byte)'"': Put('"'); break;
            case (byte)'\\': Put('\\'); break;
            default:
                PutAscii("u00");
                Put((char)Hex.DigitOf(value >> 4));
                Put((char)Hex.DigitOf(value));
                break;
        }
    }

    private void Put(char ascii)
    {
        if (Reserve(1)) _buffer[Count++] = (byte)ascii;
    }

    private void PutAscii(string ascii)
    {
        int count = ascii.Length;
        if (!Reserve(count)) return;
        Encoding.UTF8.GetBytes(ascii, 0, count, _buffer, Count);
        Count += count;
    }

    private void PutBytes(byte[] bytes, int offset, int count)
    {
        if (!Reserve(count)) return;
        Array.Copy(bytes, offset, _buffer, Count, count);
        Count += count;
    }

    private bool Reserve(int count)
    {
        if (Overflowed) return false;
        if (count <= _buffer.Length - Count) return true;
        Overflowed = true;
        Count = 0;
        return false;
    }
}
