// Offline codes: the lock need not hear of them, so the gateway computes them with the lock's own
// class. CodeCreate calls it.

using System.Text;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Makes offline codes.</summary>
internal sealed class OfflineCreate
{
    private readonly DigitsVault _vault;

    public OfflineCreate(DigitsVault vault) => _vault = vault;

    /// <summary>Makes one; its attempt has succeeded at once.</summary>
    /// <exception cref="ApiFailure">The device has no secret for such codes, the window does not
    /// fit, or the code exists.</exception>
    public (Attempt Attempt, Code Code) Create(
        ApiCall call, Device device, Command command, string name)
    {
        if (device.SealedOfflineSecret == null)
        {
            LockCommand.Throw(CommandMember.IsOfflineAccessCode, Refusal.NoOfflineSecret);
        }

        bool isOneTime = command.IsTrue(CommandMember.IsOneTimeUse);
        long startHour = command.StartsAt / OfflineCode.HourSeconds;
        int index = 0;
        if (!isOneTime)
        {
            int rounding = command.Has(CommandMember.MaxTimeRounding)
                ? command.MaxRoundingSeconds : OfflineCode.HourSeconds;
            LockCommand.Throw(CommandMember.EndsAt, TimeRounding.TryRound(command.StartsAt,
                command.EndsAt, rounding, out startHour, out index));
        }

        index = FreeIndex(call, device, isOneTime, startHour, index);
        long endsAt = OfflineCode.EndOf(isOneTime, startHour, index);
        LockCommand.Throw(CommandMember.StartsAt, !OfflineCode.IsSound(startHour, index)
            ? Refusal.NotATime : endsAt <= call.Utc ? Refusal.WindowOver : Refusal.None);
        Code code = ToCode(call, device, isOneTime, startHour, index, name);
        var attempt = new Attempt
        {
            ActionAttemptId = Guid.NewGuid().ToString(),
            DeviceId = device.DeviceId,
            WorkspaceId = device.WorkspaceId,
            AccessCodeId = code.AccessCodeId,
            Action = CommandAction.Create,
            Status = Attempt.Success,
            CreatedAt = call.Now,
            GiveUpAt = call.Now,
        };
        code.Put(call.Db);
        attempt.Add(call.Db);
        return (attempt, code);
    }

    private Code ToCode(ApiCall call, Device device, bool isOneTime, long startHour, int index,
        string name)
    {
        byte[] digits = new byte[OfflineCode.Digits];
        new OfflineCode(new HostKeyedHash(),
                Convert.FromBase64String(_vault.Open(device.SealedOfflineSecret)!))
            .Make(isOneTime, startHour, index, digits);
        string text = Encoding.ASCII.GetString(digits);
        byte[] id = new byte[Uuid.SizeBytes];
        OfflineCode.WriteId(isOneTime, startHour, index, id, 0);
        return new Code
        {
            // The lock's id is the same on every lock; the API's is of this code alone.
            AccessCodeId = Guid.NewGuid().ToString(),
            LockCodeId = Uuid.ToText(id, 0),
            DeviceId = device.DeviceId,
            WorkspaceId = device.WorkspaceId,
            Name = name,
            SealedDigits = _vault.Seal(text),
            DigitsMac = _vault.MarkDigits(device.DeviceId, text),
            StartsAt = startHour * OfflineCode.HourSeconds,
            EndsAt = OfflineCode.EndOf(isOneTime, startHour, index),
            Options = CodeOptions.Offline | (isOneTime ? CodeOptions.OneTime : CodeOptions.None),
            OfflineIndex = index,
            CreatedAt = call.Now,
            IsConfirmed = true,
        };
    }

    // A one-time code takes the next serial number of its hour. One that was deleted keeps its
    // number, since the lock has revoked it.
    private static int FreeIndex(
        ApiCall call, Device device, bool isOneTime, long startHour, int index)
    {
        List<(long Index, bool IsOneTime)> taken = call.Db.Query("""
            SELECT offline_index, options FROM codes
            WHERE device_id = $device AND offline_index IS NOT NULL AND starts_at = $start
            """,
            row => (row.Long("offline_index")!.Value,
                ((CodeOptions)row.Long("options")!.Value & CodeOptions.OneTime) != 0),
            ("$device", device.DeviceId), ("$start", startHour * OfflineCode.HourSeconds));
        if (!isOneTime)
        {
            return !taken.Contains((index, false)) ? index : throw ApiFailure.Duplicate(
                "The device has, or had, an offline code with this start and duration");
        }

        int free = Enumerable.Range(0, OfflineCode.Indexes)
            .FirstOrDefault(serial => !taken.Contains((serial, true)), -1);
        return free >= 0 ? free : throw ApiFailure.Duplicate(
            "All one-time offline codes of this hour are given out");
    }
}
