// What must hold of a create command before the lock's codes are looked at. Pure: the lock and a
// server call the same.

namespace Keyway.Firmware;

/// <summary>The rules of access_codes/create.</summary>
public static class CreateRules
{
    /// <summary>Judges what follows from the payload alone.</summary>
    /// <param name="command">As read; what is wrong is noted in it.</param>
    /// <param name="deviceId">The lock's own id, 16 bytes.</param>
    public static void JudgeBytes(CreateCommand command, byte[] deviceId)
    {
        Require(command, CommandMember.ActionAttemptId);
        Require(command, CommandMember.DeviceId);
        Require(command, CommandMember.Code);
        if (command.Has(CommandMember.DeviceId)
            && !Uuid.AreEqual(command.DeviceId, 0, deviceId, 0))
        {
            command.Refuse(CommandMember.DeviceId, Refusal.WrongDevice);
        }

        bool hasStart = command.Has(CommandMember.StartsAt);
        bool hasEnd = command.Has(CommandMember.EndsAt);
        if (hasStart != hasEnd)
        {
            command.Refuse(
                hasStart ? CommandMember.EndsAt : CommandMember.StartsAt, Refusal.WindowHalf);
        }

        if (hasStart && hasEnd && command.EndsAt <= command.StartsAt)
        {
            command.Refuse(CommandMember.EndsAt, Refusal.WindowReversed);
        }
    }

    /// <summary>Judges what follows from the time of day.</summary>
    /// <param name="command">What is wrong is noted in it.</param>
    /// <param name="isUtcKnown">The lock knows the time.</param>
    /// <param name="utc">The time in unix seconds.</param>
    public static void JudgeTime(CreateCommand command, bool isUtcKnown, long utc)
    {
        bool expires = command.Has(CommandMember.ExpiresAt);
        bool ends = command.Has(CommandMember.EndsAt);
        if ((expires || ends) && !isUtcKnown)
        {
            command.Refuse(expires ? CommandMember.ExpiresAt : CommandMember.EndsAt,
                Refusal.ClockNotKnown);
        }

        if (expires && command.ExpiresAt <= utc)
        {
            command.Refuse(CommandMember.ExpiresAt, Refusal.Expired);
        }

        if (ends && command.EndsAt <= utc)
        {
            command.Refuse(CommandMember.EndsAt, Refusal.WindowOver);
        }
    }

    private static void Require(CreateCommand command, CommandMember member)
    {
        if (!command.Has(member))
        {
            command.Refuse(member, Refusal.Missing);
        }
    }
}
