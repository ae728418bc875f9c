// Carries out what concerns offline codes, which the lock checks without ever having heard of them:
// create says the digits and writes no code, delete revokes. CommandDesk calls it; it calls
// OfflineCode and TimeRounding.

using System;

namespace Keyway.Firmware;

/// <summary>Makes and revokes offline codes.</summary>
/// <remarks>
/// The id of an offline code follows from label, start and index, so that whoever knows these can
/// revoke it, whether it was ever used or not.
/// </remarks>
public sealed class OfflineCommands
{
    private const int None = -1;
    private readonly CodeOrder _order;
    private readonly bool _isPossible;
    private readonly CodeBook _book;
    private readonly CodeRoom _room;
    private readonly TimeOfDay _time;
    private readonly byte[] _id = new byte[Uuid.SizeBytes];
    private readonly byte[] _frame = new byte[Frame.SizeBytes];

    /// <summary>Wires it.</summary>
    public OfflineCommands(
        CodeOrder order, AgentSettings settings, CodeBook book, CodeRoom room, TimeOfDay time)
    {
        _order = order;
        _isPossible = settings.HasOfflineCodes;
        _book = book;
        _room = room;
        _time = time;
    }

    /// <summary>True for a command about an offline code.</summary>
    public static bool Takes(Command command) => command.Action == CommandAction.Delete
        ? command.Has(CommandMember.OfflineLabel)
        : command.Action == CommandAction.Create && command.IsOffline;

    /// <summary>Carries the command out.</summary>
    public StorageStatus Run()
    {
        Command command = _order.Command;
        if (!_isPossible)
        {
            command.Refuse(CommandMember.IsOfflineAccessCode, Refusal.NoOfflineSecret);
        }
        else if (command.Action == CommandAction.Delete)
        {
            return Revoke(command);
        }
        else
        {
            Create(command, _order.Other);
        }

        return StorageStatus.Ok;
    }

    private void Create(Command command, AccessCode about)
    {
        bool isOneTime = command.IsTrue(CommandMember.IsOneTimeUse);
        long startHour = command.StartsAt / OfflineCode.HourSeconds;
        int index = command.Has(CommandMember.OfflineIndex)
            ? command.OfflineIndex : SerialOf(command);
        if (!isOneTime)
        {
            int rounding = command.Has(CommandMember.MaxTimeRounding)
                ? command.MaxRoundingSeconds : OfflineCode.HourSeconds;
            command.Refuse(CommandMember.EndsAt, TimeRounding.TryRound(command.StartsAt,
                command.EndsAt, rounding, out startHour, out index));
        }

        if (!OfflineCode.IsSound(startHour, index))
        {
            command.Refuse(CommandMember.OfflineIndex, Refusal.NotANumber);
        }

        long endsAt = OfflineCode.EndOf(isOneTime, startHour, index);
        if (endsAt <= _time.Latest)
        {
            command.Refuse(CommandMember.StartsAt, Refusal.WindowOver);
        }

        if (command.Refusal != Refusal.None)
        {
            return;
        }

        OfflineCode.WriteId(isOneTime, startHour, index, _id, 0);
        if (_book.Tombstones.Contains(_id, 0))
        {
            command.Refuse(CommandMember.StartsAt, Refusal.AccessCodeIdDeleted);
            return;
        }

        Array.Copy(_id, 0, about.Bytes, Frame.AccessCodeId, Uuid.SizeBytes);
        about.StartsAt = startHour * OfflineCode.HourSeconds;
        about.EndsAt = endsAt;
        about.CreatedAt = _time.Utc;
        about.Options = CodeOptions.Offline | CodeOptions.Derived
            | (isOneTime ? CodeOptions.OneTime : CodeOptions.None);
        about.MadeDigits = OfflineCode.Digits;
    }

    // A serial number of its own for each one-time code of an hour, where no server counts them:
    // two in a thousand may meet.
    private static int SerialOf(Command command) => (int)(Frame.GetUInt32(
        command.Has(CommandMember.AccessCodeId) ? command.AccessCodeId : command.ActionAttemptId,
        Uuid.SizeBytes - 4) % OfflineCode.Indexes);

    private StorageStatus Revoke(Command command)
    {
        long startHour = command.StartsAt / OfflineCode.HourSeconds;
        if (!OfflineCode.IsSound(startHour, command.OfflineIndex))
        {
            return _order.Refuse(CommandMember.OfflineIndex, Refusal.NotANumber);
        }

        AccessCode code = _order.Code;
        OfflineCode.WriteId(command.IsOneTimeLabel, startHour, command.OfflineIndex, _id, 0);
        Array.Copy(_id, 0, code.Bytes, Frame.AccessCodeId, Uuid.SizeBytes);
        code.WriteTombstone(_frame, OfflineCode.EndOf(
            command.IsOneTimeLabel, startHour, command.OfflineIndex));
        _order.BeginFrame(_frame);
        StorageStatus status = _book.FindById(_id, 0, code, out int slot);
        if (status != StorageStatus.Ok)
        {
            return status;
        }

        int location = None;
        status = slot != None ? _book.Remove(slot, _frame, out location)
            : _room.HasRoomForCode ? _book.Tombstones.Append(_frame, out location)
            : StorageStatus.Full;
        return _order.Store(status, _frame, location);
    }
}
