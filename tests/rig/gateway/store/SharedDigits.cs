using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>The digits that common code keys stand for, once somebody has seen them.</summary>
internal static class SharedDigits
{
    /// <summary>The digits of a key; null while they are not known.</summary>
    public static string? Find(
        SqliteConnection db, string workspaceId, string key, DigitsVault vault) =>
        vault.Open(db.Query("""
            SELECT sealed_digits FROM common_keys
            WHERE workspace_id = $workspace AND common_code_key = $key
            """, row => row.Bytes("sealed_digits"),
            ("$workspace", workspaceId), ("$key", key)).FirstOrDefault());

    /// <summary>Remembers the digits of a key; the first stay.</summary>
    public static void Learn(SqliteConnection db, string workspaceId, string key, string digits,
        DigitsVault vault) => db.Run(
        "INSERT OR IGNORE INTO common_keys VALUES ($workspace, $key, $digits)",
        ("$workspace", workspaceId), ("$key", key), ("$digits", vault.Seal(digits)));
}
