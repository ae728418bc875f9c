// From the bytes of a payload to a Command. CommandDesk calls it; it calls JsonReader. Reads
// on after something wrong, since the answer needs the action_attempt_id, wherever it stands.

using System;

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

    /// <summary>Reads a payload. What is wrong with it stands in the command.</summary>
    /// <param name="payload">Holds JSON, UTF-8, of any length and content.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length in bytes.</param>
    /// <param name="action">What the topic says.</param>
    /// <param name="command">Is cleared and filled.</param>
    public void Read(
        byte[] payload, int offset, int count, CommandAction action, Command command)
    {
        command.Clear();
        command.Action = action;
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

    /// <summary>Overwrites the digits that reading may have left in the reader's buffer.</summary>
    public void Forget() => Array.Clear(_json.Text, 0, _json.Text.Length);

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
            JsonToken.True => StoreBoolean(token, member, command),
            JsonToken.Number => StoreNumber(member, command),
            _ => token == JsonToken.String ? StoreString(member, command) : Refusal.NotAString,
        };
        if (refusal == Refusal.None && token != JsonToken.True)
        {
            command.Set(member);
        }

        command.Refuse(member, refusal);
        return token;
    }

    private static Refusal StoreBoolean(JsonToken token, CommandMember member, Command command)
    {
        if (token != JsonToken.True && token != JsonToken.False)
        {
            return Refusal.NotABoolean;
        }

        command.Set(member, token == JsonToken.True);
        return Refusal.None;
    }

    private Refusal StoreNumber(CommandMember member, Command command)
    {
        if (!_json.TryGetInt64(out long value) || value < 0 || value > NumberMax)
        {
            return Refusal.NotANumber;
        }

        switch (member)
        {
            case CommandMember.PreferredCodeLength:
                command.PreferredCodeLength = (int)value;
                break;
            case CommandMember.Limit:
                command.Limit = (int)value;
                break;
            default:
                command.OfflineIndex = (int)value;
                break;
        }

        return Refusal.None;
    }

    private Refusal StoreString(CommandMember member, Command command)
    {
        switch (member)
        {
            case CommandMember.ActionAttemptId:
                return ReadUuid(command.ActionAttemptId);
            case CommandMember.AccessCodeId:
                return ReadUuid(command.AccessCodeId);
            case CommandMember.DeviceId:
                return ReadUuid(command.DeviceId);
            case CommandMember.Code:
                return ReadCode(command);
            case CommandMember.Name:
                return ReadName(command);
            case CommandMember.CommonCodeKey:
                return ReadCommonKey(command);
            case CommandMember.PageCursor:
                return ReadCursor(command);
            case CommandMember.MaxTimeRounding:
            case CommandMember.Type:
            case CommandMember.OfflineLabel:
            case CommandMember.ActionType:
                return ReadWord(member, command);
            default:
                return ReadTime(member, command);
        }
    }

    private Refusal ReadUuid(byte[] output) =>
        Uuid.TryRead(_json.Text, 0, _json.TextCount, output, 0) ? Refusal.None : Refusal.NotAUuid;

    private Refusal ReadCode(Command command)
    {
        for (int i = 0; i < _json.TextCount; i++)
        {
            if (_json.Text[i] < '0' || _json.Text[i] > '9')
            {
                return Refusal.NotDigits;
            }
        }

        if (_json.TextCount < Limits.CodeDigitsMin || _json.TextCount > Limits.CodeDigitsMax)
        {
            return Refusal.CodeLength;
        }

        Array.Copy(_json.Text, 0, command.Code, 0, _json.TextCount);
        command.CodeCount = _json.TextCount;
        return Refusal.None;
    }

    private Refusal ReadName(Command command)
    {
        command.NameCharacters = Utf8.CountCharacters(_json.Text, 0, _json.TextCount);
        command.NameCount = Utf8.CutLength(_json.Text, 0, _json.TextCount, Limits.NameBytes);
        Array.Copy(_json.Text, 0, command.Name, 0, command.NameCount);
        return Refusal.None;
    }

    private Refusal ReadCommonKey(Command command)
    {
        if (_json.TextCount < 1 || Utf8.CountCharacters(_json.Text, 0, _json.TextCount)
            > Limits.CommonKeyCharacters)
        {
            return Refusal.CommonKeyLength;
        }

        Array.Copy(_json.Text, 0, command.CommonKey, 0, _json.TextCount);
        command.CommonKeyCount = _json.TextCount;
        return Refusal.None;
    }

    private Refusal ReadCursor(Command command)
    {
        int cursor = 0;
        bool isSound = _json.TextCount > 0 && _json.TextCount <= CursorDigits;
        for (int i = 0; isSound && i < _json.TextCount; i++)
        {
            isSound = _json.Text[i] >= '0' && _json.Text[i] <= '9';
            cursor = cursor * 10 + _json.Text[i] - '0';
        }

        command.PageCursor = cursor;
        return isSound ? Refusal.None : Refusal.NotOneOf;
    }

    private Refusal ReadWord(CommandMember member, Command command)
    {
        bool isFirst;
        bool isSecond;
        switch (member)
        {
            case CommandMember.MaxTimeRounding:
                isFirst = _json.TextIs("1hour") || _json.TextIs("1h");
                isSecond = _json.TextIs("1day") || _json.TextIs("1d");
                command.MaxRoundingSeconds = isSecond ? SecondsPerDay : SecondsPerHour;
                break;
            case CommandMember.Type:
                isFirst = _json.TextIs("ongoing");
                isSecond = _json.TextIs("time_bound");
                command.BecomesOngoing = isFirst;
                break;
            case CommandMember.ActionType:
                isFirst = _json.TextIs("LOCK_DOOR");
                isSecond = _json.TextIs("UNLOCK_DOOR");
                command.IsLockType = isFirst;
                break;
            default:
                isFirst = _json.TextIs("one_time");
                isSecond = _json.TextIs("time_bound");
                command.IsOneTimeLabel = isFirst;
                break;
        }

        return isFirst || isSecond ? Refusal.None : Refusal.NotOneOf;
    }

    private Refusal ReadTime(CommandMember member, Command command)
    {
        if (!Iso8601.TryRead(_json.Text, 0, _json.TextCount, out long unixSeconds))
        {
            return Refusal.NotATime;
        }

        switch (member)
        {
            case CommandMember.ExpiresAt:
                command.ExpiresAt = unixSeconds;
                break;
            case CommandMember.StartsAt:
                command.StartsAt = unixSeconds;
                break;
            case CommandMember.EndsAt:
                command.EndsAt = unixSeconds;
                break;
            default:
                command.IssuedAt = unixSeconds;
                break;
        }

        return Refusal.None;
    }
}
