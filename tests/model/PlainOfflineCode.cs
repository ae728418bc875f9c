using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Keyway.Tests.Model;

/// <summary>Offline codes a second time, from their description and without the firmware.</summary>
public static class PlainOfflineCode
{
    public static string Digits(byte[] secret, string label, int startHour, int index)
    {
        string start = startHour.ToString("X8", CultureInfo.InvariantCulture);
        string serial = index.ToString("X4", CultureInfo.InvariantCulture);
        byte[] message =
        [
            label == "one_time" ? (byte)'o' : (byte)'b',
            .. Convert.FromHexString(start + serial),
        ];
        byte[] hash = HMACSHA256.HashData(secret, message);
        uint truncated = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] % 16));
        uint value = truncated % (1U << 31) % 1_000_000;
        string tag = value.ToString("D6", CultureInfo.InvariantCulture);
        int mask = Number(tag[..3]) + Number(tag[3..]);
        return ((index + mask) % 1000).ToString("D3", CultureInfo.InvariantCulture) + tag;
    }

    /// <summary>The index of digits under a label and a start; -1: they are none of it.</summary>
    public static int IndexOf(byte[] secret, string label, int startHour, string digits)
    {
        int mask = Number(digits[3..6]) + Number(digits[6..]);
        int index = (Number(digits[..3]) + 2000 - mask) % 1000;
        return Digits(secret, label, startHour, index) == digits ? index : -1;
    }

    public static long EndsAt(string label, int startHour, int index)
    {
        DateTimeOffset start = DateTimeOffset.UnixEpoch.AddHours(startHour);
        DateTimeOffset end = (label, index) switch
        {
            ("one_time", _) => start.AddDays(1),
            (_, <= 671) => start.AddHours(index + 1),
            _ => start.AddDays(index - 672 + 29),
        };
        return end.ToUnixTimeSeconds();
    }

    public static string AccessCodeId(string label, int startHour, int index)
    {
        char kind = label == "one_time" ? '2' : '1';
        string mark = Convert.ToHexStringLower("keyway"u8);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{startHour:x8}-{index:x4}-8{kind}00-8000-{mark}");
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
