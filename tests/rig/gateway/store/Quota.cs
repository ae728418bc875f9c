// The framework's rate limiter counts in the memory of one process; several gateways share this
// count, so it is in the database.

using Keyway.Firmware;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>How often a device may be asked for the same, over any 60 s.</summary>
internal static class Quota
{
    private const int Creates = 10;
    private const int Updates = 10;
    private const int Deletes = 20;
    private const long WindowMs = 60_000;

    /// <summary>Counts one more.</summary>
    /// <exception cref="ApiFailure">429, with when to come again.</exception>
    public static void Take(
        SqliteConnection db, string deviceId, CommandAction action, long now)
    {
        int most = action switch
        {
            CommandAction.Create => Creates,
            CommandAction.Update => Updates,
            CommandAction.Delete => Deletes,
            _ => int.MaxValue,
        };
        if (most == int.MaxValue)
        {
            return;
        }

        db.Run("DELETE FROM quotas WHERE at <= $old", ("$old", now - WindowMs));
        List<long> taken = db.Query(
            "SELECT at FROM quotas WHERE device_id = $device AND action = $action ORDER BY at",
            row => row.Long("at")!.Value, ("$device", deviceId), ("$action", (int)action));
        if (taken.Count >= most)
        {
            throw ApiFailure.TooMany((int)Math.Ceiling((taken[0] + WindowMs - now) / 1000.0));
        }

        db.Run("INSERT INTO quotas VALUES ($device, $action, $now)",
            ("$device", deviceId), ("$action", (int)action), ("$now", now));
    }
}
