// Offline codes: digits that a lock can check without ever having heard of them. The lock and its
// server use this class; OfflineCheck finds the code that digits stand for.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Nine digits from a label, a start and an index, under a secret that one lock shares
/// with its server.</summary>
/// <remarks>
/// <code>
/// digits  | masked index 3 | tag 6 |
/// tag     = HMAC-SHA256(secret, label 1 | start hour 4 | index 2), integers big-endian,
///           truncated as RFC 4226 section 5.3 says, modulo 10^6
/// masked  = (index + tag / 1000 + tag % 1000) % 1000
/// id      | start hour 4 | index 2 | 81 time-bound, 82 one-time | 0 | 80 | 0 | "keyway" |
/// </code>
/// The label is 'b' for time-bound and 'o' for one-time; the start hour counts from 1970 in UTC.
/// The index of a time-bound code is its duration, 0 to 671 for 1 to 672 hours, 672 to 999 for 29
/// to 356 days; that of a one-time code is a serial number. The mask hides no secret: it keeps
/// serial numbers from looking like such, and can be taken off before any MAC is computed, so that
/// a check knows the index. The id is a UUID of version 8 (RFC 9562), which no random one is; two
/// locks have the same.
/// A guess: 2^31 values are spread over 10^6 tags, so that one has at most 2148 of 2^31. At one
/// moment 24 starts of two labels count, so that a guess succeeds with at most 48 * 2148 / 2^31,
/// less than 1 in 20,800.
/// </remarks>
public sealed class OfflineCode
{
    /// <summary>Digits of an offline code.</summary>
    public const int Digits = 9;

    /// <summary>Number of indexes.</summary>
    public const int Indexes = 1000;

    /// <summary>The first index that stands for days; those before it stand for hours.</summary>
    public const int DayIndex = 672;

    /// <summary>Days that <see cref="DayIndex"/> stands for.</summary>
    public const int FirstDays = 29;

    /// <summary>Days that the last index stands for.</summary>
    public const int LastDays = FirstDays + Indexes - DayIndex - 1;

    /// <summary>The latest start hour: every end is within 32 bits.</summary>
    public const long LastStartHour = Iso8601.Maximum / HourSeconds - LastDays * 24;

    /// <summary>Seconds of an hour.</summary>
    public const int HourSeconds = 3600;

    /// <summary>Seconds of a day.</summary>
    public const int DaySeconds = 86400;

    // From the start, a code can be used for the first time for so long; a one-time code ends then.
    private const int FirstUseSeconds = Limits.OfflineFirstUseHours * HourSeconds;
    private const int TagDigits = 6;
    private const int TagCount = 1_000_000;
    private const int HashBytes = 32;
    private const int KindAt = 6;
    private const int VariantAt = 8;
    private const int MarkAt = 10;
    private const byte TimeBoundId = 0x81;
    private const byte OneTimeId = 0x82;
    private const byte Variant = 0x80;
    private const byte TimeBoundLabel = (byte)'b';
    private const byte OneTimeLabel = (byte)'o';
    private readonly IKeyedHash _hash;
    private readonly byte[] _secret;
    private readonly byte[] _message = new byte[7];
    private readonly byte[] _output = new byte[HashBytes];

    /// <summary>Takes the secret.</summary>
    /// <param name="hash">Computes HMAC-SHA256.</param>
    /// <param name="secret">32 bytes, only this lock's and its server's; kept, not copied.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public OfflineCode(IKeyedHash hash, byte[] secret)
    {
        if (secret.Length != DeviceSecret.SizeBytes)
        {
            throw new ArgumentException();
        }

        _hash = hash;
        _secret = secret;
    }

    /// <summary>True when there are such offline codes; ask before anything else here.</summary>
    /// <param name="startHour">Hours since 1970, UTC.</param>
    /// <param name="index">The duration, or the serial number.</param>
    public static bool IsSound(long startHour, int index) =>
        startHour >= 0 && startHour <= LastStartHour && index >= 0 && index < Indexes;

    /// <summary>How long a time-bound code lasts, in s.</summary>
    /// <param name="index">Its index.</param>
    private static long SecondsOf(int index) => index < DayIndex
        ? (long)(index + 1) * HourSeconds
        : (long)(FirstDays + index - DayIndex) * DaySeconds;

    /// <summary>When a code ends, in unix seconds, exclusive.</summary>
    public static long EndOf(bool isOneTime, long startHour, int index) =>
        startHour * HourSeconds + (isOneTime ? FirstUseSeconds : SecondsOf(index));

    /// <summary>Makes the digits of a sound code.</summary>
    /// <param name="isOneTime">The label: one-time, or time-bound.</param>
    /// <param name="startHour">0 to <see cref="LastStartHour"/>.</param>
    /// <param name="index">0 to <see cref="Indexes"/> - 1.</param>
    /// <param name="digits">Receives nine ASCII digits at its start.</param>
    public void Make(bool isOneTime, long startHour, int index, byte[] digits)
    {
        int tag = TagOf(isOneTime, startHour, index);
        Put((index + MaskOf(tag)) % Indexes, digits, 0, Digits - TagDigits);
        Put(tag, digits, Digits - TagDigits, TagDigits);
    }

    /// <summary>Makes the digits of the code that has an id.</summary>
    /// <param name="id">Holds it.</param>
    /// <param name="offset">Where its 16 bytes begin.</param>
    /// <param name="digits">Receives nine ASCII digits at its start.</param>
    /// <returns>False when it is no offline code's.</returns>
    public bool TryMakeFromId(byte[] id, int offset, byte[] digits)
    {
        if (!TryReadId(id, offset, out bool isOneTime, out long startHour, out int index))
            return false;

        Make(isOneTime, startHour, index, digits);
        return true;
    }

    /// <summary>The tag of a sound code, 0 to 999,999.</summary>
    public int TagOf(bool isOneTime, long startHour, int index)
    {
        _message[0] = isOneTime ? OneTimeLabel : TimeBoundLabel;
        PutBig((int)startHour, index, _message, 1);
        _hash.Compute(_secret, _message, 0, _message.Length, _output);

        // RFC 4226 truncates a hash of 20 bytes; the last byte of this one says where as well.
        int at = _output[HashBytes - 1] & 0x0F;
        int value = (_output[at] & 0x7F) << 24 | _output[at + 1] << 16 | _output[at + 2] << 8
            | _output[at + 3];
        Array.Clear(_output, 0, HashBytes);
        return value % TagCount;
    }

    /// <summary>The index that is masked by a tag.</summary>
    /// <param name="masked">The first three digits, as a number.</param>
    /// <param name="tag">The other six.</param>
    public static int IndexOf(int masked, int tag) => (masked - MaskOf(tag) + Indexes) % Indexes;

    /// <summary>Writes the access code id of a sound code.</summary>
    /// <param name="isOneTime">The label: one-time, or time-bound.</param>
    /// <param name="startHour">0 to <see cref="LastStartHour"/>.</param>
    /// <param name="index">0 to <see cref="Indexes"/> - 1.</param>
    /// <param name="output">Receives 16 bytes.</param>
    /// <param name="offset">Where.</param>
    public static void WriteId(
        bool isOneTime, long startHour, int index, byte[] output, int offset)
    {
        Array.Clear(output, offset, Uuid.SizeBytes);
        PutBig((int)startHour, index, output, offset);
        output[offset + KindAt] = isOneTime ? OneTimeId : TimeBoundId;
        output[offset + VariantAt] = Variant;
        output[offset + MarkAt] = (byte)'k';
        output[offset + MarkAt + 1] = (byte)'e';
        output[offset + MarkAt + 2] = (byte)'y';
        output[offset + MarkAt + 3] = (byte)'w';
        output[offset + MarkAt + 4] = (byte)'a';
        output[offset + MarkAt + 5] = (byte)'y';
    }

    /// <summary>Reads the id of an offline code.</summary>
    /// <param name="id">Holds an id, any.</param>
    /// <param name="offset">Where its 16 bytes begin.</param>
    /// <param name="isOneTime">The label: one-time, or time-bound.</param>
    /// <param name="startHour">The start; anything after false.</param>
    /// <param name="index">The index; anything after false.</param>
    /// <returns>False when it is anything else.</returns>
    public static bool TryReadId(
        byte[] id, int offset, out bool isOneTime, out long startHour, out int index)
    {
        isOneTime = id[offset + KindAt] == OneTimeId;
        startHour = id[offset] << 24 | id[offset + 1] << 16 | id[offset + 2] << 8
            | id[offset + 3];
        index = id[offset + 4] << 8 | id[offset + 5];
        return (isOneTime || id[offset + KindAt] == TimeBoundId) && IsSound(startHour, index)
            && id[offset + KindAt + 1] == 0 && id[offset + VariantAt] == Variant
            && id[offset + VariantAt + 1] == 0
            && id[offset + MarkAt] == 'k' && id[offset + MarkAt + 1] == 'e'
            && id[offset + MarkAt + 2] == 'y' && id[offset + MarkAt + 3] == 'w'
            && id[offset + MarkAt + 4] == 'a' && id[offset + MarkAt + 5] == 'y';
    }

    private static int MaskOf(int tag) => (tag / Indexes + tag % Indexes) % Indexes;

    /// <summary>Start hour and index, six bytes, big-endian.</summary>
    private static void PutBig(int startHour, int index, byte[] output, int offset)
    {
        output[offset] = (byte)(startHour >> 24);
        output[offset + 1] = (byte)(startHour >> 16);
        output[offset + 2] = (byte)(startHour >> 8);
        output[offset + 3] = (byte)startHour;
        output[offset + 4] = (byte)(index >> 8);
        output[offset + 5] = (byte)index;
    }

    private static void Put(int value, byte[] digits, int offset, int count)
    {
        int left = value;
        for (int i = offset + count - 1; i >= offset; i--)
        {
            digits[i] = (byte)('0' + left % 10);
            left /= 10;
        }
    }
}
