// From the bytes of a payload to a Command. CommandRunner calls it; it calls JsonReader. Reads
// on after something wrong, since the answer needs the action_attempt_id, wherever it stands.

namespace Keyway.Firmware;

/// <summary>Reads the payload of a command.</summary>
public sealed class CommandReader
{
    private const long NumberMax = 0xFFFF;
    private const int CursorDigits = 4;
    private const int SecondsPerHour = 3600;
    private const int SecondsPerDay = 86_400;
    private readonly JsonReader _json = new(
        Limits.PayloadBytes, Limits.PayloadDepth, Limits.PayloadMembers);

    private readonly string _deviceId;

    /// <summary>Makes a reader and everything it will ever need.</summary>
    /// <param name="deviceId">The lock's own UUID, lower case.</param>
    public CommandReader(string deviceId) => _deviceId = deviceId;

    /// <summary>Reads a payload. What is wrong with it stands in the command.</summary>
    /// <param name="payload">Holds JSON, UTF-8, of any length and content. It is the command's
    /// until that is cleared: texts are decoded in it and stay there.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length in bytes.</param>
    /// <param name="action">What the topic says.</param>
    /// <param name="command">Is cleared and filled.</param>
    public void Read(
        byte[] payload, int offset, int count, CommandAction action, Command command)
    {
        command.Clear();
        command.Action = action;
        command.Payload = payload;
        _json.Begin(payload, offset, count);
        JsonToken token = _json.Read();
        if (token != JsonToken.BeginObject && token != JsonToken.Error)
        {
            command.Refuse(CommandMember.Payload, Refusal.NotAnObject);
            return;
        }

        CommandMember member = CommandMember.Payload;
        while (token != JsonToken.End && token != JsonToken.Error)
        {
            token = _json.Read();
            if (token == JsonToken.Name)
            {
                member = CommandMembers.Read(_json);
                token = ReadMember(member, command);
            }

            if (token != JsonToken.Error)
            {
                member = CommandMember.Payload;
            }
        }

        if (token == JsonToken.Error)
        {
            RefuseJson(member, command);
        }

        if (action == CommandAction.MoveDoor)
        {
            command.Action = command.IsLockType
                ? CommandAction.LockDoor : CommandAction.UnlockDoor;
            command.Refuse(CommandMember.ActionType, command.Has(CommandMember.ActionType)
                ? Refusal.None : Refusal.Missing);
        }
    }

    private void RefuseJson(CommandMember member, Command command)
    {
        if (_json.Error == JsonError.DuplicateMember && _json.Depth == 1)
        {
            member = CommandMembers.Read(_json);
            if (member == CommandMember.ActionAttemptId)
            {
                command.Unset(member);
            }
        }

        command.RefuseJson(member, _json.Error, _json.Position);
    }

    private JsonToken ReadMember(CommandMember member, Command command)
    {
        JsonToken token = _json.Read();
        if (token == JsonToken.BeginObject || token == JsonToken.BeginArray)
        {
            token = _json.Skip() ? JsonToken.EndObject : JsonToken.Error;
        }

        if (token == JsonToken.Error || member == CommandMember.Payload)
        {
            return token;
        }

        Refusal refusal = CommandMembers.KindOf(member) switch
        {
            JsonToken.True => ReadBoolean(token, member, command),
            JsonToken.Number => ReadNumber(member, command),
            _ => token == JsonToken.String ? ReadString(member, command) : Refusal.NotAString,
        };
        command.Refuse(member, refusal);
        return token;
    }

    private static Refusal ReadBoolean(JsonToken token, CommandMember member, Command command)
    {
        if (token != JsonToken.True && token != JsonToken.False)
        {
            return Refusal.NotABoolean;
        }

        command.Set(member, token == JsonToken.True ? 1 : 0);
        return Refusal.None;
    }

    private Refusal ReadNumber(CommandMember member, Command command)
    {
        if (!_json.TryGetInt64(out long value) || value < 0 || value > NumberMax)
        {
            return Refusal.NotANumber;
        }

        command.Set(member, (int)value);
        return Refusal.None;
    }

    private Refusal ReadString(CommandMember member, Command command)
    {
        switch (member)
        {
            case CommandMember.ActionAttemptId:
                return ReadUuid(member, command, command.ActionAttemptId);
            case CommandMember.AccessCodeId:
                return ReadUuid(member, command, command.AccessCodeId);
            case CommandMember.DeviceId:
                return ReadDeviceId(command);
            case CommandMember.Code:
                return ReadCode(command);
            case CommandMember.Name:
                command.SetPlace(member, _json.TextOffset, _json.TextCount);
                return Refusal.None;
            case CommandMember.CommonCodeKey:
                return ReadCommonKey(command);
            case CommandMember.PageCursor:
                return ReadCursor(command);
            case CommandMember.MaxTimeRounding:
                return _json.TextIs("1hour") || _json.TextIs("1h")
                    ? Set(member, command, SecondsPerHour)
                    : _json.TextIs("1day") || _json.TextIs("1d")
                    ? Set(member, command, SecondsPerDay) : Refusal.NotOneOf;
            case CommandMember.Type:
                return ReadWord(member, command, "ongoing", "time_bound");
            case CommandMember.OfflineLabel:
                return ReadWord(member, command, "one_time", "time_bound");
            case CommandMember.ActionType:
                return ReadWord(member, command, "LOCK_DOOR", "UNLOCK_DOOR");
            default:
                return Iso8601.TryRead(
                    _json.Buffer, _json.TextOffset, _json.TextCount, out long unixSeconds)
                    ? Set(member, command, (int)unixSeconds) : Refusal.NotATime;
        }
    }

    private static Refusal Set(CommandMember member, Command command, int value)
    {
        command.Set(member, value);
        return Refusal.None;
    }

    private Refusal ReadUuid(CommandMember member, Command command, byte[] output) =>
        Uuid.TryRead(_json.Buffer, _json.TextOffset, _json.TextCount, output, 0)
            ? Set(member, command, 1) : Refusal.NotAUuid;

    // Nearly always the lock's own id, as it spells it.
    private Refusal ReadDeviceId(Command command)
    {
        if (_json.TextIs(_deviceId))
        {
            return Set(CommandMember.DeviceId, command, 1);
        }

        var id = new byte[Uuid.SizeBytes];
        return Uuid.TryRead(_json.Buffer, _json.TextOffset, _json.TextCount, id, 0)
            ? Set(CommandMember.DeviceId, command, Uuid.ToText(id, 0) == _deviceId ? 1 : 0)
            : Refusal.NotAUuid;
    }

    private Refusal ReadCode(Command command)
    {
        byte[] text = _json.Buffer;
        int offset = _json.TextOffset;
        int count = _json.TextCount;
        for (int i = offset; i < offset + count; i++)
        {
            if (text[i] < '0' || text[i] > '9')
            {
                return Refusal.NotDigits;
            }
        }

        if (count < Limits.CodeDigitsMin || count > Limits.CodeDigitsMax)
        {
            return Refusal.CodeLength;
        }

        command.SetPlace(CommandMember.Code, offset, count);
        return Refusal.None;
    }

    private Refusal ReadCommonKey(Command command)
    {
        int count = _json.TextCount;
        if (count < 1 || Utf8.CountCharacters(_json.Buffer, _json.TextOffset, count)
            > Limits.CommonKeyCharacters)
        {
            return Refusal.CommonKeyLength;
        }

        command.SetPlace(CommandMember.CommonCodeKey, _json.TextOffset, count);
        return Refusal.None;
    }

    private Refusal ReadCursor(Command command)
    {
        int cursor = 0;
        int count = _json.TextCount;
        bool isSound = count > 0 && count <= CursorDigits;
        for (int i = 0; isSound && i < count; i++)
        {
            int digit = _json.Buffer[_json.TextOffset + i] - '0';
            isSound = digit >= 0 && digit <= 9;
            cursor = cursor * 10 + digit;
        }

        return isSound ? Set(CommandMember.PageCursor, command, cursor) : Refusal.NotOneOf;
    }

    // One of two words; the first one counts as true.
    private Refusal ReadWord(CommandMember member, Command command, string first, string second) =>
        _json.TextIs(first) ? Set(member, command, 1)
        : _json.TextIs(second) ? Set(member, command, 0) : Refusal.NotOneOf;
}
