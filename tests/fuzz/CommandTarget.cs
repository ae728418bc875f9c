using System.Text;
using CsCheck;
using Keyway.Firmware;

namespace Keyway.Tests.Fuzz;

/// <summary>The command reader beside a second reading of the same payload.</summary>
public sealed class CommandTarget : ITarget
{
    private const int Actions = (int)CommandAction.MoveDoor + 1;
    private const string DeviceId = "a77e3b70-0000-4000-8000-000000000001";
    private static readonly byte[] Around = [.. "\"}, around the payload"u8];
    private readonly CommandReader _reader = new(DeviceId);
    private readonly Command _command = new();

    public Gen<byte[]> Inputs => CommandMaker.Any;

    public string? Check(byte[] input)
    {
        if (input.Length == 0)
        {
            return null;
        }

        var action = (CommandAction)(input[0] % Actions);
        byte[] payload = input[1..];
        byte[] buffer = [.. Around, .. payload, .. Around];
        _reader.Read(buffer, Around.Length, payload.Length, action, _command);
        if (!buffer.AsSpan()[..Around.Length].SequenceEqual(Around)
            || !buffer.AsSpan()[^Around.Length..].SequenceEqual(Around))
        {
            return "bytes around the payload were changed";
        }

        PlainJson json = PlainJson.Read(payload);
        if (!json.IsSound || payload.Length > Limits.PayloadBytes)
        {
            return _command.Refusal == Refusal.None ? "accepted though no JSON" : null;
        }

        if (json.Steps[0].Token != JsonToken.BeginObject)
        {
            return _command.Refusal == Refusal.NotAnObject ? null
                : $"no object: {_command.Refusal}";
        }

        return Compare(PlainCommand.Read(json.Steps), action);
    }

    private string? Compare(PlainCommand plain, CommandAction action)
    {
        for (int i = 1; i < PlainCommand.MemberCount; i++)
        {
            var member = (CommandMember)i;
            if (_command.Has(member) != plain.Values.ContainsKey(member))
            {
                return $"{member}: {_command.Has(member)}";
            }

            if (plain.Values.TryGetValue(member, out string? value)
                && ValueOf(member, value) != value)
            {
                return $"{member}: {ValueOf(member, value)} instead of {value}";
            }
        }

        bool isMove = action == CommandAction.MoveDoor;
        CommandMember? wrong = plain.Wrong
            ?? (isMove && !plain.Values.ContainsKey(CommandMember.ActionType)
                ? CommandMember.ActionType : null);
        if (wrong == null)
        {
            return _command.Refusal == Refusal.None ? null
                : $"refused: {_command.RefusedMember} {_command.Refusal}";
        }

        return _command.Refusal != Refusal.None && _command.RefusedMember == wrong ? null
            : $"{wrong} is wrong, refused: {_command.RefusedMember} {_command.Refusal}";
    }

    // The value that was read, spelled as it was sent.
    private string ValueOf(CommandMember member, string sent) => member switch
    {
        CommandMember.ActionAttemptId => Id(_command.ActionAttemptId, sent),
        CommandMember.AccessCodeId => Id(_command.AccessCodeId, sent),
        CommandMember.DeviceId =>
            _command.IsForThisLock == (sent.ToLowerInvariant() == DeviceId) ? sent : "another",
        CommandMember.Code => TextAt(_command.CodeOffset, _command.CodeCount),
        CommandMember.CommonCodeKey =>
            TextAt(_command.CommonKeyOffset, _command.CommonKeyCount),
        CommandMember.Name => NameOf(sent),
        CommandMember.PreferredCodeLength => $"{_command.PreferredCodeLength}",
        CommandMember.Limit => $"{_command.Limit}",
        CommandMember.OfflineIndex => $"{_command.OfflineIndex}",
        CommandMember.PageCursor => _command.PageCursor.ToString("D" + sent.Length),
        CommandMember.IssuedAt => Instant(_command.IssuedAt, sent),
        CommandMember.ExpiresAt => Instant(_command.ExpiresAt, sent),
        CommandMember.StartsAt => Instant(_command.StartsAt, sent),
        CommandMember.EndsAt => Instant(_command.EndsAt, sent),
        CommandMember.Type => _command.BecomesOngoing ? "ongoing" : "time_bound",
        CommandMember.OfflineLabel => _command.IsOneTimeLabel ? "one_time" : "time_bound",
        CommandMember.ActionType => _command.IsLockType ? "LOCK_DOOR" : "UNLOCK_DOOR",
        CommandMember.MaxTimeRounding =>
            (_command.MaxRoundingSeconds == 3600) == sent.Contains('h') ? sent : "another",
        _ => _command.IsTrue(member) ? "True" : "False",
    };

    private string NameOf(string sent)
    {
        string kept = TextAt(_command.NameOffset, _command.NameCount);
        bool isPrefix = sent.StartsWith(kept, StringComparison.Ordinal)
            && !kept.Contains('\ufffd') == !sent[..kept.Length].Contains('\ufffd');
        int next = isPrefix && kept.Length < sent.Length
            ? Rune.GetRuneAt(sent, kept.Length).Utf8SequenceLength : Limits.NameBytes + 1;
        bool isAllThatFits = _command.NameCount <= Limits.NameBytes
            && (kept.Length == sent.Length || _command.NameCount + next > Limits.NameBytes);
        return isPrefix && isAllThatFits
            && _command.NameCharacters == sent.EnumerateRunes().Count() ? sent : kept;
    }

    private string TextAt(int offset, int count) =>
        Encoding.UTF8.GetString(_command.Payload, offset, count);

    private static string Id(byte[] id, string sent)
    {
        string text = Uuid.ToText(id, 0);
        return text == sent.ToLowerInvariant() ? sent : text;
    }

    private static string Instant(long value, string sent) =>
        IsoTarget.Plain(sent) == value ? sent : $"{value}";
}
