// Sends commands until they are answered. Every gateway runs one; the database says whose turn it
// is, so that a command is sent by one of them at a time.

using System.Text;
using System.Text.Json.Nodes;
using Keyway.Firmware;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Takes what is due from the database to the locks.</summary>
/// <remarks>
/// A lock that is away gets a command once: its broker keeps it. What was not answered is sent
/// again, ever more rarely, while the lock is there, and at once when it comes back. One access
/// code's commands go one after another, so that nothing overtakes.
/// </remarks>
internal sealed class Courier : BackgroundService
{
    private const long ResendMs = 1000;
    private const long ResendMostMs = 30_000;
    private const int Batch = 32;

    // The last that a lock remembers is younger.
    private const long KeptMs = 30 * 24 * 3600 * 1000L;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private readonly GatewayDatabase _database;
    private readonly DigitsVault _vault;
    private readonly LockLine _line;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly ILogger<Courier> _log;

    public Courier(GatewayDatabase database, DigitsVault vault, LockLine line,
        GatewayMetrics metrics, TimeProvider time, ILogger<Courier> log)
    {
        _database = database;
        _vault = vault;
        _line = line;
        _metrics = metrics;
        _time = time;
        _log = log;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Says that there is something to send.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            try
            {
                _wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else has just said so.
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                _database.Write(GiveUp);
                if (_line.IsConnected)
                {
                    foreach ((Attempt attempt, int sent) in _database.Write(TakeDue))
                    {
                        await SendAsync(attempt, sent, stopping);
                    }
                }
            }
            catch (SqliteException trouble)
            {
                _log.LogError("courier: database {Code}", trouble.SqliteErrorCode);
            }

            try
            {
                await _wake.WaitAsync(PollInterval, stopping);
            }
            catch (OperationCanceledException)
            {
                // Stopping.
            }
        }
    }

    private async Task SendAsync(Attempt attempt, int sent, CancellationToken stopping)
    {
        byte[] payload = Encoding.UTF8.GetBytes(_vault.Open(attempt.SealedPayload)!);
        string topic = new Topics(attempt.DeviceId).CommandTopic((int)attempt.Action);
        bool isSent = await _line.PublishAsync(topic, payload, stopping);
        Array.Clear(payload);
        if (isSent)
        {
            _metrics.Sent(attempt.Action, isRepeat: sent > 1);
            _log.LogInformation("{Action} {Attempt} sent to {Device}, the {Sent}. time",
                attempt.Action, attempt.ActionAttemptId, attempt.DeviceId, sent);
        }
        else
        {
            _database.Write(db => db.Run("""
                UPDATE attempts SET sent_count = sent_count - 1, next_send_at = $soon
                WHERE action_attempt_id = $id
                """, ("$id", attempt.ActionAttemptId), ("$soon", Now + ResendMs)));
        }
    }

    private List<(Attempt, int)> TakeDue(SqliteConnection db) => db.Query("""
        UPDATE attempts SET sent_count = sent_count + 1,
          next_send_at = $now + min($most, $resend << min(sent_count, 8))
        WHERE action_attempt_id IN (
          SELECT due.action_attempt_id FROM attempts due JOIN devices USING (device_id)
          WHERE due.status = 'pending' AND due.next_send_at <= $now
            AND (devices.is_online = 1 OR due.sent_count = 0)
            AND NOT EXISTS (
              SELECT 1 FROM attempts before WHERE before.access_code_id = due.access_code_id
                AND before.status = 'pending' AND before.rowid < due.rowid)
          ORDER BY due.rowid LIMIT $batch)
        RETURNING *
        """,
        row => (Attempt.Read(row), (int)row.Long("sent_count")!.Value), ("$now", Now),
        ("$resend", ResendMs), ("$most", ResendMostMs), ("$batch", Batch));

    private int GiveUp(SqliteConnection db)
    {
        List<Attempt> late = db.Query(
            "SELECT * FROM attempts WHERE status = 'pending' AND give_up_at <= $now",
            Attempt.Read, ("$now", Now));
        foreach (Attempt attempt in late)
        {
            LockAnswers.Fail(db, attempt, AttemptView.Expired,
                "The lock has not answered in time", Now);
        }

        List<Attempt> delayed = db.Query("""
            UPDATE attempts SET is_delayed = 1
            WHERE status = 'pending' AND is_delayed = 0 AND created_at <= $old RETURNING *
            """, Attempt.Read, ("$old", Now - CodeView.DelayMs));
        foreach (Attempt attempt in delayed.Where(attempt => attempt.AccessCodeId != null))
        {
            string what = attempt.Action == CommandAction.Delete ? "removing_from" : "setting_on";
            RigFeed.Note(db, "event", Device.Find(db, attempt.DeviceId)!, new JsonObject
            {
                ["event_id"] = Guid.NewGuid().ToString(),
                ["event_type"] = $"access_code.delay_in_{what}_device",
                ["occurred_at"] = CodeView.Time(Now),
                ["access_code_id"] = attempt.AccessCodeId,
                ["device_id"] = attempt.DeviceId,
            }.ToJsonString(), Now);
        }

        db.Run("DELETE FROM attempts WHERE status <> 'pending' AND created_at <= $old",
            ("$old", Now - KeptMs));
        return late.Count + delayed.Count;
    }
}
