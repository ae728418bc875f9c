using System.Text;
using CsCheck;
using Keyway.Firmware;

namespace Keyway.Tests.Fuzz;

/// <summary>Makes payloads that are JSON, nearly JSON, and not JSON at all.</summary>
public static class JsonMaker
{
    private const int MostDepth = 6;
    private const int LongBytes = 2300;

    private static readonly string[] Characters =
    [
        "a", "b", "z", "0", "9", " ", "/", "'", "é", "ß", "€", "𝄞", "😀", "\u007f", "\uffff",
        "\ufeff", "\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t", "\\u0041", "\\u00e9",
        "\\u20AC", "\\ud83d\\ude00", "\\uFFFF", "\\u0001",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "10", "65535", "65536", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "0.5", "-1.25",
        "1e3", "1E+3", "1e-3", "1.5e300", "1e400", "123456789012345678901234567890",
    ];

    private static readonly string[] Blanks = ["", "", "", " ", "\n", "\r\n", "\t", "  "];

    private static readonly byte[][] Pieces =
    [
        [0], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
        [0xEF, 0xBB, 0xBF], [0xC2, 0xA0], [0x1F], [0x7F],
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\u0000", "\\ud800", "\\udc00",
            "\\x", "\\ud83d\\ue000", "\\ud83d\\ud83d", "\\ud83d\\u0041",
            "\\ud83d\\ude00", "0", "1", "-", "+", ".", "e", "E", " ", "\n", "null",
            "true", "false", "nul", "NaN", "//", "/*", "'", "[[[[[", "{\"a\":", ",\"a\":1", "\"a\"",
            "1e", "1.", "01",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly Gen<string> Word = Gen.OneOf(Characters).Array[0, 6]
        .Select(string.Concat);

    private static readonly Gen<string> Name = Gen.Frequency(
        (3, Gen.OneOf("a", "b", "c", "\\u0061", "name", "")), (2, Word));

    private static readonly Gen<string> Scalar = Gen.Frequency(
        (3, Word.Select(word => $"\"{word}\"")),
        (3, Gen.OneOf(Numbers)),
        (2, Gen.OneOf("true", "false", "null")),
        (1, Gen.Long.Select(value => $"{value}")));

    /// <summary>Valid by the grammar; not always within the reader's bounds.</summary>
    public static Gen<byte[]> Valid { get; } = Payload(Value(MostDepth, false));

    /// <summary>Within the reader's bounds, too, but now and then too long.</summary>
    public static Gen<byte[]> Sound { get; } = Payload(Value(Limits.PayloadDepth, true));

    /// <summary>Any of them: about half are to be accepted, a quarter to be refused only near
    /// their end.</summary>
    public static Gen<byte[]> Any { get; } = Gen.Frequency(
        (38, Sound),
        (33, Mutations.Late(Payload(Holder(Limits.PayloadDepth, true)), Pieces)),
        (13, Mutations.Of(Valid, Pieces)),
        (8, Gen.OneOf(Pieces).Array[0, 24].Select(soup => soup.SelectMany(x => x).ToArray())),
        (4, Gen.Byte.Array[0, 40]),
        (2, Mutations.Of(Wide, Pieces)),
        (2, Mutations.Of(Long, Pieces)));

    // Around the bounds on members, of one object and of two within each other.
    private static Gen<byte[]> Wide => Gen.Select(
        Gen.Int[28, 36], Gen.Bool, (count, isNested) =>
        {
            string members = string.Join(
                ',', Enumerable.Range(0, count).Select(i => $"\"m{i}\":{i}"));
            return Encoding.UTF8.GetBytes(isNested
                ? $"{{{members[..^2]}[{{{members}}}],\"n\":{{{members}}}}}" : $"{{{members}}}");
        });

    // Around the bound on bytes, which falls into a string, a number, blanks or an escape.
    private static Gen<byte[]> Long => Gen.Select(
        Gen.OneOf("x", "1", " ", "\\n", "é", "[", "\\ud83d\\ude00", "[],"),
        Gen.Int[LongBytes - 500, LongBytes],
        (unit, bytes) =>
        {
            int size = Encoding.UTF8.GetByteCount(unit);
            string body = string.Concat(Enumerable.Repeat(unit, bytes / size));
            return Encoding.UTF8.GetBytes(
                unit is "1" or " " or "[" or "[]," ? $"[{body}1]" : $"[\"{body}\"]");
        });

    private static Gen<byte[]> Payload(Gen<string> root) => Gen.Select(
        root, Gen.OneOf(Blanks), Gen.OneOf(Blanks),
        (value, before, after) => Encoding.UTF8.GetBytes(before + value + after));

    private static Gen<string> Value(int depth, bool isUnique) => depth == 0
        ? Scalar
        : Gen.Frequency((2, Scalar), (5, Holder(depth, isUnique)));

    // An array or an object; with isUnique no name is given twice, since its place ends it.
    private static Gen<string> Holder(int depth, bool isUnique)
    {
        Gen<string> inner = Value(depth - 1, isUnique);
        Gen<string> blank = Gen.OneOf(Blanks);
        Gen<(string Name, string After)> member = Gen.Select(
            Name, blank, blank, inner, (name, a, b, value) => (name, $"\"{a}:{b}{value}"));
        Gen<string[]> members = member.Array[0, 4].Select(all => all.Select(
            (item, at) => $"\"{item.Name}{(isUnique ? $"{at}" : "")}{item.After}").ToArray());
        return Gen.Frequency(
            (2, Gen.Select(inner.Array[0, 3], blank,
                (items, a) => $"[{a}{string.Join("," + a, items)}{a}]")),
            (3, Gen.Select(members, blank,
                (items, a) => $"{{{a}{string.Join(a + ",", items)}{a}}}")));
    }
}
