// Instants as text: ISO 8601 in the profile of RFC 3339, to and from unix seconds.

using System;
using System.Text;

namespace Keyway.Firmware;

/// <summary>Reads and writes instants. The lock stores them in 32 bits, so every value is in
/// 0 to <see cref="Maximum"/>; what lies outside is refused.</summary>
public static class Iso8601
{
    /// <summary>The latest instant, in unix seconds: 2106-02-07T06:28:15Z.</summary>
    public const long Maximum = 0xFFFFFFFF;

    /// <summary>The size of what <see cref="Write"/> writes: <c>2026-11-24T10:00:00Z</c>.</summary>
    public const int SizeBytes = 20;

    private const int ShortestBytes = 17;
    private const int SecondsPerDay = 86400;

    // Days from 0000-03-01 to 1970-01-01.
    private const int DaysTo1970 = 719468;

    // Of a part that could not be read; no number or zone is so small.
    private const int Invalid = int.MinValue;

    // Eight bytes of the text, the first one lowest: a 0 for each digit, and the separators. Rooms
    // are what may be added to a digit up to 9, and to the difference of a separator, which is 0,
    // before the highest bit is set.
    private const ulong DateForm = 0x2D30302D30303030;
    private const ulong DateRoom = 0x7F76767F76767676;
    private const ulong TimeForm = 0x30303A3030743030;
    private const ulong TimeRoom = 0x76767F76767F7676;
    private const ulong LowerT = 0x200000;
    private const ulong Wrong = ulong.MaxValue;

    /// <summary>Reads <c>YYYY-MM-DDThh:mm[:ss[.fraction]]</c> and a zone: <c>Z</c>,
    /// <c>+hh:mm</c> or <c>+hhmm</c>, or the same with <c>-</c>. <c>T</c> and <c>Z</c> may be lower
    /// case. A fraction has 1 to 9 digits and is cut off. The zone is required, hour 24 and second
    /// 60 are refused: a clock that knows no leap seconds could not keep them apart.</summary>
    /// <param name="text">ASCII; the caller's, only read.</param>
    /// <param name="offset">The first byte of the text.</param>
    /// <param name="count">The size of the text.</param>
    /// <param name="unixSeconds">The instant, 0 to <see cref="Maximum"/>; 0 after false.</param>
    /// <returns>False when it is anything else, names no day or time, or lies outside what the
    /// lock can store.</returns>
    public static bool TryRead(byte[] text, int offset, int count, out long unixSeconds)
    {
        unixSeconds = 0;
        if (count < ShortestBytes) return false;
        ulong date = Pairs(BitConverter.ToUInt64(text, offset), DateForm, DateRoom);
        ulong time = Pairs(BitConverter.ToUInt64(text, offset + 8) | LowerT, TimeForm, TimeRoom);
        if (date == Wrong || time == Wrong) return false;

        int year = (byte)date * 100 + (byte)(date >> 16);
        int month = (byte)(date >> 40);
        int day = (byte)time;
        int hour = (byte)(time >> 24);
        int minute = (byte)(time >> 48);
        if (month < 1 || month > 12 || day < 1 || day > DaysIn(month, year) || hour > 23
            || minute > 59)
            return false;

        int second = 0;
        int end = offset + count;
        int at = offset + 16;
        if (text[at] == ':')
        {
            if (end - at < 3) return false;
            second = ReadNumber(text, at + 1, 59);
            at = SkipFraction(text, at + 3, end);
        }

        int zone = ReadZone(text, at, end);
        if (second == Invalid || zone == Invalid) return false;
        long instant = (long)DaysOf(year, month, day) * SecondsPerDay
            + (hour * 60 + minute - zone) * 60 + second;
        if (instant < 0 || instant > Maximum) return false;
        unixSeconds = instant;
        return true;
    }

    /// <summary>Writes an instant as <c>2026-11-24T10:00:00Z</c>.</summary>
    /// <param name="unixSeconds">0 to <see cref="Maximum"/>.</param>
    /// <param name="buffer">The caller's; gets 20 bytes of ASCII.</param>
    /// <param name="offset">The first byte to write.</param>
    /// <returns>The bytes written: 20, or 0 when the instant is outside the range.</returns>
    public static int Write(long unixSeconds, byte[] buffer, int offset)
    {
        if (unixSeconds < 0 || unixSeconds > Maximum) return 0;
        WriteDate((int)(unixSeconds / SecondsPerDay), buffer, offset);
        int second = (int)(unixSeconds % SecondsPerDay);
        buffer[offset + 10] = (byte)'T';
        WriteTwoDigits(second / 3600, buffer, offset + 11);
        buffer[offset + 13] = (byte)':';
        WriteTwoDigits(second / 60 % 60, buffer, offset + 14);
        buffer[offset + 16] = (byte)':';
        WriteTwoDigits(second % 60, buffer, offset + 17);
        buffer[offset + 19] = (byte)'Z';
        return SizeBytes;
    }

    /// <summary>An instant as <c>2026-11-24T10:00:00Z</c>; empty when it is outside the
    /// range.</summary>
    /// <param name="unixSeconds">0 to <see cref="Maximum"/>.</param>
    public static string ToText(long unixSeconds)
    {
        byte[] text = new byte[SizeBytes];
        return Encoding.UTF8.GetString(text, 0, Write(unixSeconds, text, 0));
    }

    // In each byte that begins two digits their number; Wrong when the bytes have another form.
    private static ulong Pairs(ulong bytes, ulong form, ulong room)
    {
        ulong digits = bytes ^ form;
        bool isSound = ((digits | (digits + room)) & 0x8080808080808080) == 0;
        return isSound ? digits * 10 + (digits >> 8) : Wrong;
    }

    // Days since 1970-01-01, which may be negative. A year is counted from March, so that the
    // leap day is its last, and 153 days are the five months from March to July.
    private static int DaysOf(int year, int month, int day)
    {
        if (month <= 2) year--;
        int dayOfYear = (153 * (month <= 2 ? month + 9 : month - 3) + 2) / 5 + day - 1;
        return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - DaysTo1970;
    }

    private static void WriteDate(int days, byte[] buffer, int offset)
    {
        // Years from March again; a cycle of 400 years has 146097 days.
        int day = days + DaysTo1970;
        int cycle = day / 146097;
        day %= 146097;
        int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
        day -= 365 * year + year / 4 - year / 100;
        int month = (5 * day + 2) / 153;
        day -= (153 * month + 2) / 5;
        month = month < 10 ? month + 3 : month - 9;
        year += 400 * cycle + (month <= 2 ? 1 : 0);

        WriteTwoDigits(year / 100, buffer, offset);
        WriteTwoDigits(year % 100, buffer, offset + 2);
        buffer[offset + 4] = (byte)'-';
        WriteTwoDigits(month, buffer, offset + 5);
        buffer[offset + 7] = (byte)'-';
        WriteTwoDigits(day + 1, buffer, offset + 8);
    }

    private static int DaysIn(int month, int year)
    {
        if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    // Where the zone begins; the end, where no zone can be, after a bad fraction.
    private static int SkipFraction(byte[] text, int at, int end)
    {
        if (at == end || text[at] != '.') return at;
        int first = at + 1;
        at = first;
        while (at < end && IsDigit(text[at])) at++;
        return at == first || at - first > 9 ? end : at;
    }

    // Minutes east of UTC.
    private static int ReadZone(byte[] text, int at, int end)
    {
        int count = end - at;
        if (count == 1) return (text[at] | 0x20) == 'z' ? 0 : Invalid;
        if (count != 5 && (count != 6 || text[at + 3] != ':')) return Invalid;
        if (text[at] != '+' && text[at] != '-') return Invalid;

        int hours = ReadNumber(text, at + 1, 23);
        int minutes = ReadNumber(text, end - 2, 59);
        if (hours == Invalid || minutes == Invalid) return Invalid;
        return text[at] == '-' ? -(hours * 60 + minutes) : hours * 60 + minutes;
    }

    // Two digits.
    private static int ReadNumber(byte[] text, int offset, int maximum)
    {
        int tens = text[offset] - '0';
        int ones = text[offset + 1] - '0';
        bool isSound = tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
        int value = tens * 10 + ones;
        return isSound && value <= maximum ? value : Invalid;
    }

    private static void WriteTwoDigits(int value, byte[] buffer, int offset)
    {
        buffer[offset] = (byte)('0' + value / 10);
        buffer[offset + 1] = (byte)('0' + value % 10);
    }

    private static bool IsDigit(byte value) => value >= '0' && value <= '9';
}
