using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Keyway.Firmware;

namespace Keyway.Tests.Fuzz;

/// <summary>The reader and the writer of instants beside DateTimeOffset.</summary>
public sealed partial class IsoTarget : ITarget
{
    private const int Margin = 16;

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "Z", "z", "T", "t", "+", "-", ":", ".", "0", "9", "24", "60", "29", "30", "31",
            "+02:00", "-2359", "+24:00", ".5", ".123456789", ".1234567890", " ", "2100-02-29",
            "1969",
            "2106-02-07T06:28:16Z", "é", "\0",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public Gen<byte[]> Inputs { get; } = Gen.Frequency(
        (9, Mutations.Of(Texts(), Pieces)),
        (1, Gen.OneOf(Pieces).Array[0, 12].Select(all => all.SelectMany(x => x).ToArray())),
        (1, Gen.Byte.Array[0, 32]));

    /// <summary>What a text means: unix seconds, or null for none.</summary>
    public static long? Plain(string text)
    {
        Match match = Grammar().Match(text);
        if (!match.Success || !DateTimeOffset.TryParseExact(
            $"{match.Groups["date"].Value}T{match.Groups["minutes"].Value}:"
                + $"{(match.Groups["seconds"].Success ? match.Groups["seconds"].Value : "00")}Z",
            "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset local))
        {
            return null;
        }

        // DateTimeOffset knows no zones beyond 14 hours, so they are taken off by hand.
        long east = 0;
        if (match.Groups["sign"].Success)
        {
            int hours = int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture);
            int minutes = int.Parse(match.Groups["zone"].Value, CultureInfo.InvariantCulture);
            east = (match.Groups["sign"].Value == "-" ? -60 : 60) * (hours * 60 + minutes);
        }

        long instant = local.ToUnixTimeSeconds() - east;
        return instant is >= 0 and <= uint.MaxValue ? instant : null;
    }

    public string? Check(byte[] input)
    {
        bool isRead = Iso8601.TryRead(input, 0, input.Length, out long value);
        foreach (byte around in "Z0:."u8)
        {
            byte[] padded = new byte[Margin + input.Length + Margin];
            Array.Fill(padded, around);
            input.CopyTo(padded, Margin);
            if (Iso8601.TryRead(padded, Margin, input.Length, out long again) != isRead
                || again != value)
            {
                return $"{isRead} {value} alone, {again} between '{(char)around}'";
            }
        }

        long? plain = Plain(Encoding.Latin1.GetString(input));
        if (isRead != plain.HasValue || value != (plain ?? 0))
        {
            return $"{isRead} {value}, plain {plain}";
        }

        return isRead ? CheckWriting(value) : null;
    }

    private static string? CheckWriting(long value)
    {
        string plain = DateTimeOffset.FromUnixTimeSeconds(value).ToString(
            "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        string written = Iso8601.ToText(value);
        return written == plain ? null : $"{value} is written as {written}";
    }

    private static Gen<byte[]> Texts()
    {
        Gen<string> date = Gen.Select(
            Gen.Frequency((6, Gen.Int[1970, 2106]), (1, Gen.Int[0, 9999])), Gen.Int[0, 13],
            Gen.Int[0, 32], (year, month, day) => $"{year:D4}-{month:D2}-{day:D2}");
        Gen<string> time = Gen.Select(
            Gen.Int[0, 24], Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 3],
            (hour, minute, second, kind) => kind switch
            {
                0 => $"{hour:D2}:{minute:D2}",
                1 => $"{hour:D2}:{minute:D2}:{second:D2}.{"12345678901"[..(second % 12)]}",
                _ => $"{hour:D2}:{minute:D2}:{second:D2}",
            });
        Gen<string> zone = Gen.Select(
            Gen.Int[0, 24], Gen.Int[0, 60], Gen.OneOf("Z", "z", "+", "-", "+:", "-:"),
            (hours, minutes, kind) => kind switch
            {
                "Z" or "z" => kind,
                "+" or "-" => $"{kind}{hours:D2}{minutes:D2}",
                _ => $"{kind[0]}{hours:D2}:{minutes:D2}",
            });
        return Gen.Select(date, Gen.OneOf("T", "t"), time, zone,
            (day, mark, clock, east) => Encoding.ASCII.GetBytes(day + mark + clock + east));
    }

    [GeneratedRegex(
        @"\A(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<minutes>[0-9]{2}:[0-9]{2})"
        + @"(:(?<seconds>[0-9]{2})(\.[0-9]{1,9})?)?"
        + @"([Zz]|(?<sign>[+-])(?<hours>[01][0-9]|2[0-3]):?(?<zone>[0-5][0-9]))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
