// Carries out what concerns offline codes, which the lock checks without ever having heard of them:
// create says the digits and writes no code, delete revokes. CommandRunner calls it; it calls
// OfflineCode and TimeRounding.

namespace Keyway.Firmware;

/// <summary>Says an offline code, and revokes one.</summary>
public sealed class OfflineEdits
{
    private const int None = -1;
    private readonly Outcome _outcome;
    private readonly AgentSettings _settings;
    private readonly CodeBook _book;
    private readonly CodeRoom _room;
    private readonly TimeOfDay _time;

    /// <summary>Wires it.</summary>
    public OfflineEdits(Outcome outcome, AgentSettings settings, CodeBook book, CodeRoom room,
        TimeOfDay time)
    {
        _outcome = outcome;
        _settings = settings;
        _book = book;
        _room = room;
        _time = time;
    }

    /// <summary>True for a command about an offline code.</summary>
    public static bool Takes(Command command) => command.Action == CommandAction.Delete
        ? command.Has(CommandMember.OfflineLabel)
        : command.Action == CommandAction.Create && command.IsOffline;

    /// <summary>Carries the command out.</summary>
    public void Run()
    {
        if (!_settings.HasOfflineCodes)
        {
            _outcome.Refuse(CommandMember.IsOfflineAccessCode, Refusal.NoOfflineSecret);
        }
        else if (_outcome.Command.Action == CommandAction.Delete)
        {
            Revoke();
        }
        else
        {
            Create();
        }
    }

    private void Create()
    {
        Command command = _outcome.Command;
        bool isOneTime = command.IsTrue(CommandMember.IsOneTimeUse);
        long startHour = command.StartsAt / OfflineCode.HourSeconds;
        int index = command.Has(CommandMember.OfflineIndex)
            ? command.OfflineIndex : SerialOf(command);
        if (!isOneTime)
        {
            int rounding = command.Has(CommandMember.MaxTimeRounding)
                ? command.MaxRoundingSeconds : OfflineCode.HourSeconds;
            _outcome.Refuse(CommandMember.EndsAt, TimeRounding.TryRound(command.StartsAt,
                command.EndsAt, rounding, out startHour, out index));
        }

        if (!OfflineCode.IsSound(startHour, index))
        {
            _outcome.Refuse(CommandMember.OfflineIndex, Refusal.NotANumber);
        }

        long endsAt = OfflineCode.EndOf(isOneTime, startHour, index);
        if (endsAt <= _time.Latest)
        {
            _outcome.Refuse(CommandMember.StartsAt, Refusal.WindowOver);
        }

        if (_outcome.IsOpen)
        {
            Say(isOneTime, startHour, index, endsAt);
        }
    }

    private void Say(bool isOneTime, long startHour, int index, long endsAt)
    {
        AccessCode code = _outcome.Other;
        OfflineCode.WriteId(isOneTime, startHour, index, code.Bytes, Frame.AccessCodeId);
        if (_book.Tombstones.Contains(code.Bytes, Frame.AccessCodeId))
        {
            _outcome.Refuse(CommandMember.StartsAt, Refusal.AccessCodeIdDeleted);
            return;
        }

        code.StartsAt = startHour * OfflineCode.HourSeconds;
        code.EndsAt = endsAt;
        code.CreatedAt = _time.Utc;
        code.Options = CodeOptions.Offline | CodeOptions.Derived
            | (isOneTime ? CodeOptions.OneTime : CodeOptions.None);
        code.MadeDigits = OfflineCode.Digits;
    }

    // A serial number of its own for each one-time code of an hour, where no server counts them:
    // two in a thousand may meet.
    private static int SerialOf(Command command) => (int)(Frame.GetUInt32(
        command.Has(CommandMember.AccessCodeId) ? command.AccessCodeId : command.ActionAttemptId,
        Uuid.SizeBytes - 4) % OfflineCode.Indexes);

    private void Revoke()
    {
        Command command = _outcome.Command;
        long startHour = command.StartsAt / OfflineCode.HourSeconds;
        if (!OfflineCode.IsSound(startHour, command.OfflineIndex))
        {
            _outcome.Refuse(CommandMember.OfflineIndex, Refusal.NotANumber);
            return;
        }

        byte[] frame = _outcome.Alone;
        AccessCode code = _outcome.Code;
        OfflineCode.WriteId(command.IsOneTimeLabel, startHour, command.OfflineIndex, code.Bytes,
            Frame.AccessCodeId);
        code.WriteTombstone(frame, OfflineCode.EndOf(
            command.IsOneTimeLabel, startHour, command.OfflineIndex));
        _outcome.SignFrame(frame);
        if (!_outcome.GoesOn(_book.FindById(frame, Frame.AccessCodeId, code, out int slot)))
        {
            return;
        }

        int location = None;
        StorageStatus status = slot != None ? _book.Remove(slot, frame, out location)
            : _room.HasRoomForCode ? _book.Tombstones.Append(frame, out location)
            : StorageStatus.Full;
        _outcome.Store(status, frame, location);
    }
}
