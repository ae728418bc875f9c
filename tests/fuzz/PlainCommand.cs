using System.Text;
using Keyway.Firmware;

namespace Keyway.Tests.Fuzz;

/// <summary>A second reading of a command's payload, over the tokens of System.Text.Json.</summary>
public sealed class PlainCommand
{
    /// <summary>Members that have a name, and the payload.</summary>
    public static int MemberCount { get; } = Enum.GetValues<CommandMember>().Length;

    private PlainCommand()
    {
    }

    /// <summary>The members that are there and sound, with their values as text.</summary>
    public Dictionary<CommandMember, string> Values { get; } = [];

    /// <summary>The first member that is wrong; null: none.</summary>
    public CommandMember? Wrong { get; private set; }

    /// <summary>Reads a sound payload whose root is an object.</summary>
    public static PlainCommand Read(IReadOnlyList<JsonStep> steps)
    {
        var plain = new PlainCommand();
        int depth = 0;
        for (int i = 0; i < steps.Count; i++)
        {
            JsonToken token = steps[i].Token;
            depth += token is JsonToken.BeginObject or JsonToken.BeginArray ? 1
                : token is JsonToken.EndObject or JsonToken.EndArray ? -1 : 0;
            if (token == JsonToken.Name && depth == 1)
            {
                plain.Take(steps[i].Text, steps[i + 1]);
            }
        }

        return plain;
    }

    private void Take(string name, JsonStep value)
    {
        for (int i = 1; i < MemberCount; i++)
        {
            var member = (CommandMember)i;
            if (CommandMembers.NameOf(member) != name)
            {
                continue;
            }

            if (IsSound(member, value))
            {
                Values[member] = value.Token == JsonToken.Number ? $"{value.Number}"
                    : value.Token == JsonToken.String ? value.Text : $"{value.Token}";
            }
            else
            {
                Wrong ??= member;
            }
        }
    }

    private static bool IsSound(CommandMember member, JsonStep value) =>
        CommandMembers.KindOf(member) switch
        {
            JsonToken.True => value.Token is JsonToken.True or JsonToken.False,
            JsonToken.Number => value.Number is >= 0 and <= ushort.MaxValue,
            _ => value.Token == JsonToken.String && IsText(member, value.Text),
        };

    private static bool IsText(CommandMember member, string text) => member switch
    {
        CommandMember.ActionAttemptId or CommandMember.AccessCodeId or CommandMember.DeviceId =>
            Guid.TryParseExact(text, "D", out _) && text.Length == Uuid.TextSizeBytes,
        CommandMember.Code => text.Length is >= 4 and <= 12 && text.All(char.IsAsciiDigit),
        CommandMember.Name => true,
        CommandMember.CommonCodeKey => text.EnumerateRunes().Count() is >= 1 and <= 64,
        CommandMember.PageCursor => text.Length is >= 1 and <= 4 && text.All(char.IsAsciiDigit),
        CommandMember.MaxTimeRounding => text is "1hour" or "1h" or "1day" or "1d",
        CommandMember.Type => text is "ongoing" or "time_bound",
        CommandMember.OfflineLabel => text is "one_time" or "time_bound",
        CommandMember.ActionType => text is "LOCK_DOOR" or "UNLOCK_DOOR",
        _ => Encoding.UTF8.GetByteCount(text) == text.Length && IsoTarget.Plain(text).HasValue,
    };
}
