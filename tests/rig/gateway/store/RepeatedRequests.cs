// A client whose connection drops sends its POST again, without a key that says so. Here it is
// recognised, by whichever gateway gets it.

using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Gives a repeated request the first one's answer.</summary>
/// <remarks>
/// <code>
/// (none) --Begin--> running --answer sent--> (none)
///                      |  \--refused------> (none)
///                      +--connection lost--> lost --the same again--> running, first answer
/// </code>
/// While the first is running nobody can say whether this is a repeat or a second guest who asks
/// alike; so the second waits until it shows. A gateway that dies leaves it running: after a while
/// that counts as lost.
/// </remarks>
internal sealed class RepeatedRequests
{
    private const long WindowMs = 10_000;
    private const long GoneMs = 5000;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);
    private readonly GatewayDatabase _database;
    private readonly DigitsVault _vault;
    private readonly TimeProvider _time;

    public RepeatedRequests(GatewayDatabase database, DigitsVault vault, TimeProvider time)
    {
        _database = database;
        _vault = vault;
        _time = time;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Begins a request.</summary>
    /// <param name="fingerprint">Credentials, path and body.</param>
    /// <param name="cancel">The client has gone.</param>
    /// <returns>Its number, and the first one's answer when it is a repeat.</returns>
    public async Task<(string Id, string? Answer)> BeginAsync(
        byte[] fingerprint, CancellationToken cancel)
    {
        while (true)
        {
            (string? id, string? answer) = _database.Write(db => TryBegin(db, fingerprint));
            if (id != null)
            {
                return (id, answer);
            }

            await Task.Delay(PollInterval, cancel);
        }
    }

    /// <summary>Keeps the answer, within the step that it tells of.</summary>
    public void Keep(SqliteConnection db, string id, string answer) =>
        db.Run("UPDATE requests SET sealed_answer = $answer WHERE request_id = $id",
            ("$id", id), ("$answer", _vault.Seal(answer)));

    /// <summary>Ends a request.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="isLost">The answer was not completely sent.</param>
    public void End(string id, bool isLost) => _database.Write(db => isLost && db.Run("""
        UPDATE requests SET state = 'lost' WHERE request_id = $id AND sealed_answer IS NOT NULL
        """, ("$id", id)) == 1
        ? 0 : db.Run("DELETE FROM requests WHERE request_id = $id", ("$id", id)));

    private (string? Id, string? Answer) TryBegin(SqliteConnection db, byte[] fingerprint)
    {
        db.Run("DELETE FROM requests WHERE created_at <= $old", ("$old", Now - WindowMs));
        (string Id, string State, byte[]? Answer, long At) first = db.Query("""
            SELECT * FROM requests WHERE fingerprint = $print ORDER BY created_at, rowid LIMIT 1
            """,
            row => (row.Text("request_id")!, row.Text("state")!, row.Bytes("sealed_answer"),
                row.Long("created_at")!.Value), ("$print", fingerprint)).FirstOrDefault();
        if (first.Id == null)
        {
            string id = Guid.NewGuid().ToString();
            db.Run("""
                INSERT INTO requests (request_id, fingerprint, state, created_at)
                VALUES ($id, $print, 'running', $now)
                """, ("$id", id), ("$print", fingerprint), ("$now", Now));
            return (id, null);
        }

        bool isGone = first.Answer != null && Now - first.At > GoneMs;
        if (first.State != "lost" && !isGone)
        {
            return (null, null);
        }

        db.Run("UPDATE requests SET state = 'running', created_at = $now WHERE request_id = $id",
            ("$id", first.Id), ("$now", Now));
        return (first.Id, _vault.Open(first.Answer));
    }
}
