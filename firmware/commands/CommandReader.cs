// From the bytes of a payload to a CreateCommand. CommandDesk calls it; it calls JsonReader. Reads
// on after something wrong, since the answer needs the action_attempt_id, wherever it stands.

using System;

namespace Keyway.Firmware;

/// <summary>Reads the payload of a command.</summary>
public sealed class CommandReader
{
    private readonly JsonReader _json = new(
        Limits.PayloadBytes, Limits.PayloadDepth, Limits.PayloadMembers);

    /// <summary>Reads a payload. What is wrong with it stands in the command.</summary>
    /// <param name="payload">JSON, UTF-8, of any length and content.</param>
    /// <param name="command">Is cleared and filled.</param>
    public void Read(byte[] payload, CreateCommand command)
    {
        command.Clear();
        _json.Begin(payload, 0, payload.Length);
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
    }

    /// <summary>Overwrites the digits that reading may have left in the reader's buffer.</summary>
    public void Forget() => Array.Clear(_json.Text, 0, _json.Text.Length);

    private void RefuseJson(CommandMember member, CreateCommand command)
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

    private JsonToken ReadMember(CommandMember member, CreateCommand command)
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

        if (token == JsonToken.String)
        {
            Refusal refusal = Store(member, command);
            if (refusal == Refusal.None)
            {
                command.Set(member);
            }

            command.Refuse(member, refusal);
        }
        else
        {
            command.Refuse(member, Refusal.NotAString);
        }

        return token;
    }

    private Refusal Store(CommandMember member, CreateCommand command)
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
                command.NameCount = Utf8.CutLength(
                    _json.Text, 0, _json.TextCount, Limits.NameBytes);
                Array.Copy(_json.Text, 0, command.Name, 0, command.NameCount);
                return Refusal.None;
            default:
                return ReadTime(member, command);
        }
    }

    private Refusal ReadUuid(byte[] output) =>
        Uuid.TryRead(_json.Text, 0, _json.TextCount, output, 0) ? Refusal.None : Refusal.NotAUuid;

    private Refusal ReadCode(CreateCommand command)
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

    private Refusal ReadTime(CommandMember member, CreateCommand command)
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
        }

        return Refusal.None;
    }
}
