using System.Text;
using CsCheck;
using Keyway.Firmware;

namespace Keyway.Tests.Fuzz;

/// <summary>Makes payloads of commands: mostly known members, mostly of the right kind.</summary>
public static class CommandMaker
{
    private static readonly string[] Strings =
    [
        "a77e3b70-0000-4000-8000-000000000001", "A77E3B70-0000-4000-8000-00000000000F",
        "a77e3b70-0000-4000-8000-00000000000", "{77e3b70-0000-4000-8000-0000000000001",
        "1234", "123", "123456789012", "1234567890123", "12a4", "", "0001", "9999", "10000",
        "2026-11-24T10:00:00Z", "2026-11-24T10:00:00+02:00", "2026-02-30T10:00:00Z",
        "1hour", "1h", "1day", "1d", "2d", "ongoing", "time_bound", "one_time", "LOCK_DOOR",
        "UNLOCK_DOOR", "lock_door", "Grace", "Zoë 😀 and a name that is longer than 32 bytes are",
        "\\ud83d\\ude00", "\\u0031\\u0032\\u0033\\u0034", "\\u0000", "\\ud800",
        new('k', Limits.CommonKeyCharacters), new('k', Limits.CommonKeyCharacters + 1),
        string.Concat(Enumerable.Repeat("😀", Limits.CommonKeyCharacters)),
        string.Concat(Enumerable.Repeat("é", Limits.CommonKeyCharacters + 1)),
    ];

    private static readonly string[] Others =
    [
        "0", "1", "6", "100", "65535", "65536", "-1", "-0", "1.0", "1e2", "true", "false", "null",
        "9223372036854775808", "{}", "[]", "[1,2]", "{\"code\":\"1234\"}", "[[[[1]]]]", "[[[1]]]",
    ];

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "\\", ",", "}", "{", "[", ":", "\"code\":\"1234\",", "\"name\":null,", "é", " ",
            "\"action_attempt_id\":\"a77e3b70-0000-4000-8000-000000000002\",", "\\u0000", "1",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly Gen<string> Member = Gen.Select(
        Gen.Int[0, PlainCommand.MemberCount - 1], Gen.OneOf(Strings), Gen.OneOf(Others),
        Gen.Int[0, 9], Gen.Long[0, uint.MaxValue], (number, text, other, kind, instant) =>
        {
            var member = (CommandMember)number;
            string name = kind == 0 ? "unknown" : CommandMembers.NameOf(member);
            string value = (kind, CommandMembers.KindOf(member)) switch
            {
                (9, _) => other,
                (8, _) => $"\"{text}\"",
                (_, JsonToken.True) => (instant & 1) == 0 ? "true" : "false",
                (_, JsonToken.Number) => $"{instant % 70_000}",
                _ => member is CommandMember.IssuedAt or CommandMember.ExpiresAt
                    or CommandMember.StartsAt or CommandMember.EndsAt
                        ? $"\"{Iso8601.ToText(instant)}\"" : $"\"{text}\"",
            };
            return $"\"{name}\":{value}";
        });

    // The first byte chooses the action.
    public static Gen<byte[]> Any { get; } = Gen.Select(
        Gen.Byte,
        Gen.Frequency(
            (9, Mutations.Of(
                Member.Array[0, 8].Select(
                    all => Encoding.UTF8.GetBytes("{" + string.Join(',', all) + "}")), Pieces)),
            (1, JsonMaker.Any)),
        (action, payload) => (byte[])[action, .. payload]);
}
