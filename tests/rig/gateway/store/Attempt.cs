using Keyway.Firmware;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>A command for a lock, and how it ended.</summary>
internal sealed record Attempt
{
    public const string Pending = "pending";
    public const string Success = "success";
    public const string Error = "error";

    public required string ActionAttemptId { get; init; }

    public required string DeviceId { get; init; }

    public required string WorkspaceId { get; init; }

    public string? AccessCodeId { get; init; }

    public CommandAction Action { get; init; }

    public string Status { get; init; } = Pending;

    public string? ErrorType { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>What goes over MQTT; with digits.</summary>
    public byte[]? SealedPayload { get; init; }

    /// <summary>Of an update: the members that change, with digits.</summary>
    public byte[]? SealedChanges { get; init; }

    /// <summary>In unix milliseconds, as all times here.</summary>
    public long CreatedAt { get; init; }

    public long GiveUpAt { get; init; }

    /// <summary>The column action_type of the API; empty for what the API has no attempt for.
    /// </summary>
    public string ActionType => Action switch
    {
        CommandAction.Create => "CREATE_ACCESS_CODE",
        CommandAction.Update => "UPDATE_ACCESS_CODE",
        CommandAction.Delete => "DELETE_ACCESS_CODE",
        CommandAction.UnlockDoor => "UNLOCK_DOOR",
        CommandAction.LockDoor => "LOCK_DOOR",
        _ => "",
    };

    /// <summary>Adds it; a pending one is sent at once.</summary>
    public void Add(SqliteConnection db) => db.Run("""
        INSERT INTO attempts (action_attempt_id, device_id, workspace_id, access_code_id, action,
          status, error_type, error_message, sealed_payload, sealed_changes, created_at,
          give_up_at, next_send_at)
        VALUES ($id, $device, $workspace, $code, $action, $status, $type, $message, $payload,
          $changes, $created, $giveUp, $created)
        """,
        ("$id", ActionAttemptId), ("$device", DeviceId), ("$workspace", WorkspaceId),
        ("$code", AccessCodeId), ("$action", (int)Action), ("$status", Status),
        ("$type", ErrorType), ("$message", ErrorMessage), ("$payload", SealedPayload),
        ("$changes", SealedChanges), ("$created", CreatedAt), ("$giveUp", GiveUpAt));

    /// <summary>One attempt; null when there is none.</summary>
    public static Attempt? Find(SqliteConnection db, string actionAttemptId) =>
        db.Query("SELECT * FROM attempts WHERE action_attempt_id = $id", Read,
            ("$id", actionAttemptId)).FirstOrDefault();

    /// <summary>What is under way for a code, the oldest first.</summary>
    public static List<Attempt> PendingFor(SqliteConnection db, string accessCodeId) => db.Query(
        "SELECT * FROM attempts WHERE access_code_id = $id AND status = 'pending' ORDER BY rowid",
        Read, ("$id", accessCodeId));

    /// <summary>Keeps how it ended, once; what it carried is forgotten.</summary>
    /// <returns>False when it had ended before.</returns>
    public static bool End(SqliteConnection db, string actionAttemptId, string status,
        string? errorType, string? errorMessage, long now) => db.Run("""
        UPDATE attempts SET status = $status, error_type = $type, error_message = $message,
          answered_at = $now, sealed_payload = NULL, sealed_changes = NULL
        WHERE action_attempt_id = $id AND status = 'pending'
        """,
        ("$id", actionAttemptId), ("$status", status), ("$type", errorType),
        ("$message", errorMessage), ("$now", now)) == 1;

    public static Attempt Read(SqliteDataReader row) => new()
    {
        ActionAttemptId = row.Text("action_attempt_id")!,
        DeviceId = row.Text("device_id")!,
        WorkspaceId = row.Text("workspace_id")!,
        AccessCodeId = row.Text("access_code_id"),
        Action = (CommandAction)row.Long("action")!.Value,
        Status = row.Text("status")!,
        ErrorType = row.Text("error_type"),
        ErrorMessage = row.Text("error_message"),
        SealedPayload = row.Bytes("sealed_payload"),
        SealedChanges = row.Bytes("sealed_changes"),
        CreatedAt = row.Long("created_at")!.Value,
        GiveUpAt = row.Long("give_up_at")!.Value,
    };
}
