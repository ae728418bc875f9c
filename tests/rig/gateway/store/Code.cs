using System.Text.Json.Nodes;
using Keyway.Firmware;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>An access code, as the gateway keeps it. Options are the firmware's own bits.</summary>
internal sealed record Code
{
    private const string Alive = "SELECT * FROM codes WHERE deleted_at IS NULL";

    public required string AccessCodeId { get; init; }

    public required string DeviceId { get; init; }

    public required string WorkspaceId { get; init; }

    /// <summary>The id by which the lock knows it; null until it is known.</summary>
    public string? LockCodeId { get; init; }

    public required string Name { get; init; }

    public byte[]? SealedDigits { get; init; }

    public byte[]? DigitsMac { get; init; }

    public string? CommonCodeKey { get; init; }

    /// <summary>In unix seconds; null for an ongoing code.</summary>
    public long? StartsAt { get; init; }

    /// <summary>In unix seconds, exclusive; null for an ongoing code.</summary>
    public long? EndsAt { get; init; }

    public CodeOptions Options { get; init; }

    /// <summary>Of an offline code: its duration, or its serial number.</summary>
    public long? OfflineIndex { get; init; }

    /// <summary>In unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>The lock has it.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>The lock has refused it.</summary>
    public bool IsFailed { get; init; }

    /// <summary>What the lock retains of it.</summary>
    public JsonObject? LockState { get; init; }

    /// <summary>When that came, in unix milliseconds.</summary>
    public long LockStateAt { get; init; }

    public JsonArray Errors { get; init; } = [];

    /// <summary>The code whose backup it is.</summary>
    public string? BackupOf { get; init; }

    public bool Has(CodeOptions options) => (Options & options) != 0;

    /// <summary>One code; null when there is none, or none any more.</summary>
    public static Code? Find(SqliteConnection db, string accessCodeId) => db.Query(
        Alive + " AND access_code_id = $id", Read, ("$id", accessCodeId)).FirstOrDefault();

    /// <summary>The code that a lock means.</summary>
    public static Code? OfLock(SqliteConnection db, string deviceId, string lockCodeId) =>
        db.Query(Alive + " AND device_id = $device AND lock_code_id = $id", Read,
            ("$device", deviceId), ("$id", lockCodeId)).FirstOrDefault();

    /// <summary>The codes of a device that have some digits.</summary>
    public static List<Code> Alike(SqliteConnection db, string deviceId, byte[]? digitsMac) =>
        db.Query(Alive + " AND device_id = $device AND digits_mac = $mac", Read,
            ("$device", deviceId), ("$mac", digitsMac));

    /// <summary>The backup that was pulled for a code; null when none was.</summary>
    public static Code? BackupFor(SqliteConnection db, string accessCodeId) => db.Query(
        Alive + " AND backup_of = $id", Read, ("$id", accessCodeId)).FirstOrDefault();

    /// <summary>All codes of a workspace, in the order in which they were made.</summary>
    public static List<Code> OfWorkspace(SqliteConnection db, string workspaceId) => db.Query(
        Alive + " AND workspace_id = $id ORDER BY created_at, rowid", Read,
        ("$id", workspaceId));

    /// <summary>Adds or replaces it.</summary>
    public void Put(SqliteConnection db) => db.Run("""
        INSERT OR REPLACE INTO codes (access_code_id, device_id, workspace_id, lock_code_id,
          name, sealed_digits, digits_mac, common_code_key, starts_at, ends_at, options,
          offline_index, created_at, is_confirmed, is_failed, lock_state, lock_state_at, errors,
          backup_of)
        VALUES ($id, $device, $workspace, $lockCode, $name, $digits, $mac, $key, $starts, $ends,
          $options, $index, $created, $confirmed, $failed, $state, $stateAt, $errors, $backup)
        """,
        ("$id", AccessCodeId), ("$device", DeviceId), ("$workspace", WorkspaceId),
        ("$lockCode", LockCodeId), ("$name", Name), ("$digits", SealedDigits),
        ("$mac", DigitsMac), ("$key", CommonCodeKey), ("$starts", StartsAt), ("$ends", EndsAt),
        ("$options", (int)Options), ("$index", OfflineIndex), ("$created", CreatedAt),
        ("$confirmed", IsConfirmed), ("$failed", IsFailed),
        ("$state", LockState?.ToJsonString()), ("$stateAt", LockStateAt),
        ("$errors", Errors.ToJsonString()), ("$backup", BackupOf));

    /// <summary>Takes it away, its digits first.</summary>
    public static void Remove(SqliteConnection db, string accessCodeId, long now) => db.Run("""
        UPDATE codes SET deleted_at = $now, sealed_digits = NULL, digits_mac = NULL
        WHERE access_code_id = $id
        """, ("$id", accessCodeId), ("$now", now));

    private static Code Read(SqliteDataReader row) => new()
    {
        AccessCodeId = row.Text("access_code_id")!,
        DeviceId = row.Text("device_id")!,
        WorkspaceId = row.Text("workspace_id")!,
        LockCodeId = row.Text("lock_code_id"),
        Name = row.Text("name")!,
        SealedDigits = row.Bytes("sealed_digits"),
        DigitsMac = row.Bytes("digits_mac"),
        CommonCodeKey = row.Text("common_code_key"),
        StartsAt = row.Long("starts_at"),
        EndsAt = row.Long("ends_at"),
        Options = (CodeOptions)row.Long("options")!.Value,
        OfflineIndex = row.Long("offline_index"),
        CreatedAt = row.Long("created_at")!.Value,
        IsConfirmed = row.Flag("is_confirmed"),
        IsFailed = row.Flag("is_failed"),
        LockState = row.Text("lock_state") is { } state ? JsonNode.Parse(state)!.AsObject() : null,
        LockStateAt = row.Long("lock_state_at") ?? 0,
        Errors = JsonNode.Parse(row.Text("errors")!)!.AsArray(),
        BackupOf = row.Text("backup_of"),
    };
}
