// Writes compact JSON into a buffer of its own, from which a session can send it: answers, events,
// states and the status.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Writes one document after another. It sets the commas; that brackets match and every
/// member has a name and a value is the caller's part. What does not fit is not cut: the whole
/// document is dropped and <see cref="Overflowed"/> says so.</summary>
/// <remarks>The byte before the next one tells whether a comma is due, so runs of
/// <see cref="Raw"/> and members may follow each other as they come.</remarks>
public sealed class JsonWriter
{
    private const int Start = MqttMessage.HeadroomBytes;

    // Bytes of UTF-8 that a character of a string takes at most.
    private const int CharacterBytes = 3;
    private readonly byte[] _buffer;
    private int _at;
    private bool _overflowed;

    /// <summary>Makes the buffer.</summary>
    /// <param name="sizeBytes">The longest document.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public JsonWriter(int sizeBytes)
    {
        if (sizeBytes < 1) throw new ArgumentOutOfRangeException();
        _buffer = new byte[Start + sizeBytes];
        Reset();
    }

    /// <summary>Holds the document, from <see cref="MqttMessage.HeadroomBytes"/> on.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Bytes written; 0 once it has overflowed.</summary>
    public int Count => Overflowed ? 0 : _at - Start;

    /// <summary>Whether the document did not fit. Holds until <see cref="Reset"/>; until then
    /// nothing more is written.</summary>
    public bool Overflowed => _overflowed;

    /// <summary>Begins a new document.</summary>
    public void Reset()
    {
        // As if a value had to come: no comma stands before the first.
        _buffer[Start - 1] = (byte)':';
        _at = Start;
        _overflowed = false;
    }

    /// <summary>A new array with the document; empty when it has overflowed.</summary>
    public byte[] ToArray()
    {
        byte[] document = new byte[Count];
        Array.Copy(_buffer, Start, document, 0, document.Length);
        return document;
    }

    /// <summary>Overwrites what was written, which may hold digits.</summary>
    public void Forget() => Array.Clear(_buffer, 0, _buffer.Length);

    /// <summary>Begins an object.</summary>
    public void BeginObject() => Open('{');

    /// <summary>Ends an object.</summary>
    public void EndObject() => Put('}');

    /// <summary>Begins an array.</summary>
    public void BeginArray() => Open('[');

    /// <summary>Ends an array.</summary>
    public void EndArray() => Put(']');

    /// <summary>Appends a run of the document as it stands, with the commas that are within it and
    /// before it. After one that ends in a bracket that opens, a colon or a comma there comes none.
    /// </summary>
    /// <param name="ascii">ASCII only.</param>
    public void Raw(string ascii)
    {
        int count = ascii.Length;
        if (!Fits(count)) return;
        Utf8.Encoding.GetBytes(ascii, 0, count, _buffer, _at);
        _at += count;
    }

    /// <summary>Appends the text of a UUID as it stands, without quotes.</summary>
    /// <param name="buffer">Holds the UUID; the caller's, only read.</param>
    /// <param name="offset">Its first byte.</param>
    public void Uuid(byte[] buffer, int offset)
    {
        if (Fits(Firmware.Uuid.TextSizeBytes))
            _at += Firmware.Uuid.Write(buffer, offset, _buffer, _at);
    }

    /// <summary>Writes the name of a member; its value comes next.</summary>
    /// <param name="ascii">Printable ASCII without quotes and backslashes.</param>
    public void Name(string ascii)
    {
        int count = ascii.Length;
        if (!Fits(count + 4)) return;
        byte[] buffer = _buffer;
        int at = _at;
        if (IsCommaDue(buffer[at - 1])) buffer[at++] = (byte)',';
        buffer[at++] = (byte)'"';
        Utf8.Encoding.GetBytes(ascii, 0, count, buffer, at);
        at += count;
        buffer[at] = (byte)'"';
        buffer[at + 1] = (byte)':';
        _at = at + 2;
    }

    /// <summary>Writes a string, escaped; null becomes the literal.</summary>
    public void String(string value)
    {
        Separate();
        Text(value);
    }

    /// <summary>Writes a string, escaped.</summary>
    /// <param name="utf8">Well-formed UTF-8; the caller's, only read.</param>
    /// <param name="offset">The first byte of the string.</param>
    /// <param name="count">The size of the string in bytes.</param>
    public void String(byte[] utf8, int offset, int count)
    {
        Separate();
        Text(utf8, offset, count);
    }

    /// <summary>Writes a number.</summary>
    public void Number(long value)
    {
        Separate();
        Digits(value);
    }

    /// <summary>Writes the literal null.</summary>
    public void Null()
    {
        Separate();
        Raw("null");
    }

    /// <summary>Writes a member with a string; null becomes the literal.</summary>
    public void Member(string name, string value)
    {
        Name(name);
        Text(value);
    }

    /// <summary>Writes a member with a number.</summary>
    public void Member(string name, long value)
    {
        Name(name);
        Digits(value);
    }

    /// <summary>Writes a member with true or false.</summary>
    public void Member(string name, bool value)
    {
        Name(name);
        Raw(value ? "true" : "false");
    }

    /// <summary>Writes a member with a UUID as a string.</summary>
    /// <param name="name">As for <see cref="Name"/>.</param>
    /// <param name="buffer">Holds the UUID; the caller's, only read.</param>
    /// <param name="offset">Its first byte.</param>
    public void MemberUuid(string name, byte[] buffer, int offset)
    {
        Name(name);
        Put('"');
        Uuid(buffer, offset);
        Put('"');
    }

    /// <summary>Writes a member with an instant as a string of ISO 8601; null for none.</summary>
    /// <param name="name">As for <see cref="Name"/>.</param>
    /// <param name="unixSeconds">1 to <see cref="Iso8601.Maximum"/>; anything else is none.</param>
    public void MemberTime(string name, long unixSeconds)
    {
        Name(name);
        bool isNone = unixSeconds <= 0 || unixSeconds > Iso8601.Maximum;
        Raw(isNone ? "null" : "\"");
        if (isNone || !Fits(Iso8601.SizeBytes)) return;
        _at += Iso8601.Write(unixSeconds, _buffer, _at);
        Put('"');
    }

    /// <summary>Writes a member with a number as a string of hexadecimal digits.</summary>
    /// <param name="name">As for <see cref="Name"/>.</param>
    /// <param name="value">Eight digits, the highest first.</param>
    public void MemberHex(string name, uint value)
    {
        Name(name);
        Put('"');
        for (int shift = 28; shift >= 0; shift -= 4) Put((char)Hex.DigitOf((int)(value >> shift)));
        Put('"');
    }

    // Whether a value or name must be parted from what stands before it.
    private static bool IsCommaDue(byte last) =>
        last == '"' || (last != '{' && last != ':' && last != '[' && last != ',');

    private void Separate()
    {
        if (IsCommaDue(_buffer[_at - 1])) Put(',');
    }

    private void Open(char bracket)
    {
        Separate();
        Put(bracket);
    }

    private void Text(string value)
    {
        if (value == null)
        {
            Raw("null");
            return;
        }

        // Nearly always it fits, and nothing in it needs an escape.
        byte[] buffer = _buffer;
        int at = _at + 1;
        int count = value.Length;
        if (count * CharacterBytes < buffer.Length - at)
        {
            count = Utf8.Encoding.GetBytes(value, 0, count, buffer, at);
            if (JsonText.IsPlain(buffer, at, count))
            {
                buffer[at - 1] = (byte)'"';
                buffer[at + count] = (byte)'"';
                _at = at + count + 1;
                return;
            }
        }

        byte[] utf8 = Utf8.Encoding.GetBytes(value);
        Text(utf8, 0, utf8.Length);
    }

    private void Text(byte[] utf8, int offset, int count)
    {
        Put('"');
        int at = JsonText.Write(utf8, offset, count, _buffer, _at);
        if (at >= 0) _at = at;
        else Fits(int.MaxValue);
        Put('"');
    }

    private void Digits(long value)
    {
        int count = value < 0 ? 2 : 1;
        for (long rest = value / 10; rest != 0; rest /= 10) count++;
        if (!Fits(count)) return;
        if (value < 0) _buffer[_at] = (byte)'-';
        _at += count;
        int at = _at;
        do
        {
            int digit = (int)(value % 10);
            _buffer[--at] = (byte)('0' + (digit < 0 ? -digit : digit));
            value /= 10;
        }
        while (value != 0);
    }

    private void Put(char ascii)
    {
        if (Fits(1)) _buffer[_at++] = (byte)ascii;
    }

    private bool Fits(int count)
    {
        if (count <= _buffer.Length - _at) return true;
        _at = _buffer.Length;
        _overflowed = true;
        return false;
    }
}
