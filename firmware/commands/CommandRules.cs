// What must hold of a command before the lock's codes are looked at. Pure: the lock and a server
// call the same.

namespace Keyway.Firmware;

/// <summary>The rules of the commands that follow from their bytes and from the time.</summary>
public static class CommandRules
{
    /// <summary>Judges what follows from the payload alone.</summary>
    /// <param name="command">As read; what is wrong is noted in it.</param>
    public static void JudgeBytes(Command command)
    {
        Require(command, CommandMember.ActionAttemptId);
        if (command.Action == CommandAction.Create)
        {
            Require(command, CommandMember.DeviceId);
        }

        if (command.Has(CommandMember.DeviceId) && !command.IsForThisLock)
        {
            command.Refuse(CommandMember.DeviceId, Refusal.WrongDevice);
        }

        switch (command.Action)
        {
            case CommandAction.Create:
                JudgeCreate(command);
                break;
            case CommandAction.UnlockDoor:
            case CommandAction.LockDoor:
                JudgeDoor(command);
                break;
            case CommandAction.List:
                break;
            default:
                JudgeAboutCode(command);
                break;
        }
    }

    /// <summary>Judges what follows from the time of day.</summary>
    /// <param name="command">What is wrong is noted in it.</param>
    /// <param name="now">The time.</param>
    public static void JudgeTime(Command command, Moment now)
    {
        bool expires = command.Has(CommandMember.ExpiresAt);
        bool ends = command.Has(CommandMember.EndsAt);
        bool isTimed = ends || (command.Action != CommandAction.Delete
            && command.Has(CommandMember.StartsAt));
        if ((expires || isTimed) && !now.IsKnown)
        {
            command.Refuse(expires ? CommandMember.ExpiresAt
                : ends ? CommandMember.EndsAt : CommandMember.StartsAt, Refusal.ClockNotKnown);
        }

        if (expires && command.ExpiresAt <= now.Utc)
        {
            command.Refuse(CommandMember.ExpiresAt, Refusal.Expired);
        }

        if (IsDoor(command)
            && command.ExpiresAt - now.Utc
                > Limits.DoorCommandSeconds + Limits.DoorClockSkewSeconds)
        {
            command.Refuse(CommandMember.ExpiresAt, Refusal.ExpiryAhead);
        }

        if (ends && command.EndsAt <= now.Latest)
        {
            command.Refuse(CommandMember.EndsAt, Refusal.WindowOver);
        }
    }

    private static void JudgeCreate(Command command)
    {
        JudgeAliases(command);
        bool hasStart = command.Has(CommandMember.StartsAt);
        bool hasEnd = command.Has(CommandMember.EndsAt);
        if (command.IsOffline)
        {
            JudgeOffline(command, hasStart, hasEnd);
        }
        else if (hasStart != hasEnd)
        {
            command.Refuse(
                hasStart ? CommandMember.EndsAt : CommandMember.StartsAt, Refusal.WindowHalf);
        }

        JudgeOrder(command);
        if (hasStart && command.IsTrue(CommandMember.Duress))
        {
            command.Refuse(CommandMember.Duress, Refusal.WindowForDuress);
        }

        if (!hasStart && command.IsTrue(CommandMember.UseBackupPool))
        {
            command.Refuse(CommandMember.UseBackupPool, Refusal.PoolForOngoing);
        }

        if (command.Has(CommandMember.Code) && command.Has(CommandMember.PreferredCodeLength))
        {
            command.Refuse(CommandMember.PreferredCodeLength, Refusal.PreferredWithCode);
        }
    }

    private static void JudgeOffline(Command command, bool hasStart, bool hasEnd)
    {
        Require(command, CommandMember.StartsAt);
        if (hasStart && !hasEnd && !command.IsTrue(CommandMember.IsOneTimeUse))
        {
            command.Refuse(CommandMember.EndsAt, Refusal.WindowHalf);
        }

        Forbid(command, CommandMember.Code, Refusal.OfflineWithCode);
        Forbid(command, CommandMember.CommonCodeKey, Refusal.OfflineWithCode);
        if (command.IsTrue(CommandMember.UseBackupPool))
        {
            command.Refuse(CommandMember.UseBackupPool, Refusal.OfflineWithCode);
        }
    }

    private static void JudgeAboutCode(Command command)
    {
        if (command.Action == CommandAction.Delete && command.Has(CommandMember.OfflineLabel))
        {
            Require(command, CommandMember.StartsAt);
            Require(command, CommandMember.OfflineIndex);
            return;
        }

        Require(command, CommandMember.AccessCodeId);
        if (command.Action == CommandAction.Update)
        {
            JudgeAliases(command);
            JudgeOrder(command);
        }
    }

    private static bool IsDoor(Command command) =>
        command.Action is CommandAction.UnlockDoor or CommandAction.LockDoor;

    private static void JudgeDoor(Command command)
    {
        Require(command, CommandMember.IssuedAt);
        Require(command, CommandMember.ExpiresAt);
        if (command.ExpiresAt <= command.IssuedAt
            || command.ExpiresAt - command.IssuedAt > Limits.DoorCommandSeconds)
        {
            command.Refuse(CommandMember.ExpiresAt, Refusal.ExpiryTooFar);
        }
    }

    private static void JudgeOrder(Command command)
    {
        if (command.Has(CommandMember.StartsAt) && command.Has(CommandMember.EndsAt)
            && command.EndsAt <= command.StartsAt)
        {
            command.Refuse(CommandMember.EndsAt, Refusal.WindowReversed);
        }
    }

    private static void JudgeAliases(Command command)
    {
        JudgeAlias(command, CommandMember.IsExternalModificationAllowed,
            CommandMember.AllowExternalModification);
        JudgeAlias(command, CommandMember.IsOfflineAccessCode,
            CommandMember.UseOfflineAccessCode);
    }

    private static void JudgeAlias(Command command, CommandMember member, CommandMember alias)
    {
        if (command.Has(member) && command.Has(alias)
            && command.IsTrue(member) != command.IsTrue(alias))
        {
            command.Refuse(alias, Refusal.Contradicts);
        }
    }

    private static void Require(Command command, CommandMember member)
    {
        if (!command.Has(member))
        {
            command.Refuse(member, Refusal.Missing);
        }
    }

    private static void Forbid(Command command, CommandMember member, Refusal refusal)
    {
        if (command.Has(member))
        {
            command.Refuse(member, refusal);
        }
    }
}
