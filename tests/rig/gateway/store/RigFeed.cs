using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>The feed out of the database, so that it has what other gateways did.</summary>
internal sealed class RigFeed : IRigFeed
{
    private const int Kept = 10_000;
    private const int Page = 100;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private readonly GatewayDatabase _database;

    public RigFeed(GatewayDatabase database) => _database = database;

    /// <summary>Notes a change, within the step that makes it.</summary>
    /// <param name="db">The step.</param>
    /// <param name="kind">See <see cref="RigChange"/>.</param>
    /// <param name="device">The lock.</param>
    /// <param name="json">Without digits.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static void Note(
        SqliteConnection db, string kind, Device device, string json, long now)
    {
        db.Run("""
            INSERT INTO changes (at, kind, workspace_id, device_id, body)
            VALUES ($now, $kind, $workspace, $device, $body)
            """,
            ("$now", now), ("$kind", kind), ("$workspace", device.WorkspaceId),
            ("$device", device.DeviceId), ("$body", json));
        db.Run("DELETE FROM changes WHERE sequence <= last_insert_rowid() - $kept",
            ("$kept", Kept));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RigChange> ReadAsync(
        long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        long last = after >= 0 ? after
            : _database.Read(db => db.Number("SELECT max(sequence) FROM changes"));
        while (true)
        {
            List<RigChange> page = _database.Read(db => db.Query(
                "SELECT * FROM changes WHERE sequence > $last ORDER BY sequence LIMIT $page",
                row => new RigChange(row.Long("sequence")!.Value, row.Text("kind")!,
                    row.Text("workspace_id")!, row.Text("device_id")!, row.Text("body")!),
                ("$last", last), ("$page", Page)));
            foreach (RigChange change in page)
            {
                last = change.Sequence;
                yield return change;
            }

            if (page.Count == 0)
            {
                await Task.Delay(PollInterval, cancel);
            }
        }
    }
}
