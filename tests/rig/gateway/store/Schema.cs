namespace Keyway.Tests.Rig.Gateway;

/// <summary>The tables. Times are unix milliseconds, but for windows, which are unix seconds;
/// what is called sealed is encrypted by the framework's data protection.</summary>
internal static class Schema
{
    /// <summary>Raised with every change that an older gateway could not read.</summary>
    public const int Version = 1;

    /// <summary>Makes what is not there yet.</summary>
    public const string Text = """
        CREATE TABLE IF NOT EXISTS workspaces (
          workspace_id TEXT PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS devices (
          device_id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL, name TEXT NOT NULL,
          sealed_offline_secret BLOB, birth TEXT, is_online INTEGER NOT NULL DEFAULT 0,
          created_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS credentials (
          credential_id TEXT PRIMARY KEY, kind TEXT NOT NULL, hash BLOB NOT NULL,
          workspace_id TEXT, created_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS credential_devices (
          credential_id TEXT NOT NULL, device_id TEXT NOT NULL,
          PRIMARY KEY (credential_id, device_id));
        CREATE TABLE IF NOT EXISTS credential_workspaces (
          credential_id TEXT NOT NULL, workspace_id TEXT NOT NULL,
          PRIMARY KEY (credential_id, workspace_id));
        CREATE TABLE IF NOT EXISTS codes (
          access_code_id TEXT PRIMARY KEY, device_id TEXT NOT NULL, workspace_id TEXT NOT NULL,
          lock_code_id TEXT, name TEXT NOT NULL, sealed_digits BLOB, digits_mac BLOB,
          common_code_key TEXT, starts_at INTEGER, ends_at INTEGER, options INTEGER NOT NULL,
          offline_index INTEGER, created_at INTEGER NOT NULL,
          is_confirmed INTEGER NOT NULL DEFAULT 0, is_failed INTEGER NOT NULL DEFAULT 0,
          lock_state TEXT, lock_state_at INTEGER, errors TEXT NOT NULL DEFAULT '[]',
          backup_of TEXT, deleted_at INTEGER);
        CREATE INDEX IF NOT EXISTS codes_of_device ON codes (device_id, digits_mac);
        CREATE INDEX IF NOT EXISTS codes_of_lock ON codes (device_id, lock_code_id);
        CREATE TABLE IF NOT EXISTS attempts (
          action_attempt_id TEXT PRIMARY KEY, device_id TEXT NOT NULL,
          workspace_id TEXT NOT NULL, access_code_id TEXT, action INTEGER NOT NULL,
          status TEXT NOT NULL, error_type TEXT, error_message TEXT, sealed_payload BLOB,
          sealed_changes BLOB, created_at INTEGER NOT NULL, give_up_at INTEGER NOT NULL,
          next_send_at INTEGER NOT NULL, sent_count INTEGER NOT NULL DEFAULT 0,
          is_delayed INTEGER NOT NULL DEFAULT 0, answered_at INTEGER);
        CREATE INDEX IF NOT EXISTS attempts_to_send ON attempts (status, next_send_at);
        CREATE INDEX IF NOT EXISTS attempts_of_code ON attempts (access_code_id, status);
        CREATE TABLE IF NOT EXISTS common_keys (
          workspace_id TEXT NOT NULL, common_code_key TEXT NOT NULL, sealed_digits BLOB NOT NULL,
          PRIMARY KEY (workspace_id, common_code_key));
        CREATE TABLE IF NOT EXISTS requests (
          request_id TEXT PRIMARY KEY, fingerprint BLOB NOT NULL, state TEXT NOT NULL,
          sealed_answer BLOB, created_at INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS requests_alike ON requests (fingerprint, created_at);
        CREATE TABLE IF NOT EXISTS quotas (
          device_id TEXT NOT NULL, action INTEGER NOT NULL, at INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS quotas_of_device ON quotas (device_id, action, at);
        CREATE TABLE IF NOT EXISTS events (
          event_id TEXT PRIMARY KEY, device_id TEXT NOT NULL, event_type TEXT NOT NULL,
          received_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS changes (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL,
          workspace_id TEXT NOT NULL, device_id TEXT NOT NULL, body TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);
        PRAGMA user_version = 1;
        """;
}
