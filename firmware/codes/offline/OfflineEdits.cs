// Carries out what concerns offline codes, which the lock checks without ever having heard of them:
// create says the digits and writes no code, delete revokes. CommandRunner calls it; it calls
// OfflineCode and TimeRounding.

namespace Keyway.Firmware;

/// <summary>Says an offline code, and revokes one.</summary>
public static class OfflineEdits
{
    private const int None = -1;

    /// <summary>True for a command about an offline code.</summary>
    public static bool Takes(Command command) => command.Action == CommandAction.Delete
        ? command.Has(CommandMember.OfflineLabel)
        : command.Action == CommandAction.Create && command.IsOffline;

    /// <summary>Carries the command out.</summary>
    /// <param name="outcome">Of the command.</param>
    /// <param name="book">The lock's codes.</param>
    /// <param name="hasOfflineCodes">The lock has their secret.</param>
    public static void Run(Outcome outcome, CodeBook book, bool hasOfflineCodes)
    {
        if (!hasOfflineCodes)
        {
            outcome.Refuse(CommandMember.IsOfflineAccessCode, Refusal.NoOfflineSecret);
        }
        else if (outcome.Command.Action == CommandAction.Delete)
        {
            Revoke(outcome, book);
        }
        else
        {
            Create(outcome, book);
        }
    }

    private static void Create(Outcome outcome, CodeBook book)
    {
        Command command = outcome.Command;
        bool isOneTime = command.IsTrue(CommandMember.IsOneTimeUse);
        long startHour = command.StartsAt / OfflineCode.HourSeconds;
        int index = command.Has(CommandMember.OfflineIndex)
            ? command.OfflineIndex : SerialOf(command);
        if (!isOneTime)
        {
            int rounding = command.Has(CommandMember.MaxTimeRounding)
                ? command.MaxRoundingSeconds : OfflineCode.HourSeconds;
            outcome.Refuse(CommandMember.EndsAt, TimeRounding.TryRound(command.StartsAt,
                command.EndsAt, rounding, out startHour, out index));
        }

        if (!OfflineCode.IsSound(startHour, index))
        {
            outcome.Refuse(CommandMember.OfflineIndex, Refusal.NotANumber);
        }

        long endsAt = OfflineCode.EndOf(isOneTime, startHour, index);
        if (endsAt <= book.Time.Latest)
        {
            outcome.Refuse(CommandMember.StartsAt, Refusal.WindowOver);
        }

        if (outcome.IsOpen)
        {
            Say(outcome, book, isOneTime, startHour, index, endsAt);
        }
    }

    private static void Say(Outcome outcome, CodeBook book, bool isOneTime, long startHour,
        int index, long endsAt)
    {
        AccessCode code = outcome.Other;
        OfflineCode.WriteId(isOneTime, startHour, index, code.Bytes, Frame.AccessCodeId);
        if (book.Tombstones.Contains(code.Bytes, Frame.AccessCodeId))
        {
            outcome.Refuse(CommandMember.StartsAt, Refusal.AccessCodeIdDeleted);
            return;
        }

        code.StartsAt = startHour * OfflineCode.HourSeconds;
        code.EndsAt = endsAt;
        code.CreatedAt = book.Time.Utc;
        code.Options = CodeOptions.Offline | CodeOptions.Derived
            | (isOneTime ? CodeOptions.OneTime : CodeOptions.None);
        code.MadeDigits = OfflineCode.Digits;
    }

    // A serial number of its own for each one-time code of an hour, where no server counts them:
    // two in a thousand may meet.
    private static int SerialOf(Command command) => (int)(Frame.GetUInt32(
        command.Has(CommandMember.AccessCodeId) ? command.AccessCodeId : command.ActionAttemptId,
        Uuid.SizeBytes - 4) % OfflineCode.Indexes);

    private static void Revoke(Outcome outcome, CodeBook book)
    {
        Command command = outcome.Command;
        long startHour = command.StartsAt / OfflineCode.HourSeconds;
        if (!OfflineCode.IsSound(startHour, command.OfflineIndex))
        {
            outcome.Refuse(CommandMember.OfflineIndex, Refusal.NotANumber);
            return;
        }

        byte[] frame = outcome.Alone;
        AccessCode code = outcome.Code;
        OfflineCode.WriteId(command.IsOneTimeLabel, startHour, command.OfflineIndex, code.Bytes,
            Frame.AccessCodeId);
        code.WriteTombstone(frame, OfflineCode.EndOf(
            command.IsOneTimeLabel, startHour, command.OfflineIndex));
        outcome.SignFrame(frame);
        if (!outcome.GoesOn(book.FindById(frame, Frame.AccessCodeId, code, out int slot)))
        {
            return;
        }

        int location = None;
        StorageStatus status = slot != None ? book.Remove(slot, frame, out location)
            : outcome.Room.HasRoomForCode ? book.Tombstones.Append(frame, out location)
            : StorageStatus.Full;
        outcome.Store(status, frame, location);
    }
}
