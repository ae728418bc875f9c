using System.Text.Json.Nodes;
using Keyway.Firmware;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>A lock, as the gateway knows it.</summary>
internal sealed record Device(string DeviceId, string WorkspaceId, string Name, bool IsOnline,
    JsonObject? Birth, byte[]? SealedOfflineSecret, long CreatedAt)
{
    private const string Columns = "SELECT * FROM devices";

    /// <summary>What it asks of codes; what only it can judge is left out.</summary>
    public CodeConstraints Constraints
    {
        get
        {
            var constraints = new CodeConstraints();
            if (Birth?["supported_code_lengths"] is JsonArray lengths)
            {
                constraints.Lengths = lengths.Sum(length => 1 << length!.GetValue<int>());
            }

            foreach (JsonNode? named in Birth?["code_constraints"]?.AsArray() ?? [])
            {
                constraints.Rules |= RuleOf(named!["constraint_type"]!.GetValue<string>());
            }

            constraints.Rules &= ~(CodeConstraint.FromExistingSet
                | CodeConstraint.UniqueFirstFour | CodeConstraint.UniqueName
                | CodeConstraint.NameLength);
            return constraints;
        }
    }

    /// <summary>A yes or no of its birth.</summary>
    public bool Says(string member) => Birth?[member]?.GetValue<bool>() ?? false;

    /// <summary>One device; null when there is none.</summary>
    public static Device? Find(SqliteConnection db, string deviceId) =>
        db.Query(Columns + " WHERE device_id = $id", Read, ("$id", deviceId)).FirstOrDefault();

    /// <summary>All of them, in the order in which they came.</summary>
    public static List<Device> All(SqliteConnection db) =>
        db.Query(Columns + " ORDER BY created_at, device_id", Read);

    /// <summary>Adds one, or changes its name and secret.</summary>
    public static void Put(SqliteConnection db, Device device) => db.Run("""
        INSERT INTO devices (device_id, workspace_id, name, sealed_offline_secret, created_at)
        VALUES ($id, $workspace, $name, $secret, $now)
        ON CONFLICT (device_id) DO UPDATE SET
          name = excluded.name, sealed_offline_secret = excluded.sealed_offline_secret
        """,
        ("$id", device.DeviceId), ("$workspace", device.WorkspaceId), ("$name", device.Name),
        ("$secret", device.SealedOfflineSecret), ("$now", device.CreatedAt));

    /// <summary>Keeps a birth or a will.</summary>
    /// <returns>True when the lock has just come online, or gone.</returns>
    public static bool Report(SqliteConnection db, string deviceId, bool isOnline, string? birth)
    {
        bool isNews = db.Number("SELECT is_online FROM devices WHERE device_id = $id",
            ("$id", deviceId)) != 0 != isOnline;
        db.Run("""
            UPDATE devices SET is_online = $online, birth = coalesce($birth, birth)
            WHERE device_id = $id
            """, ("$id", deviceId), ("$online", isOnline), ("$birth", birth));
        return isNews;
    }

    private static Device Read(SqliteDataReader row) => new(
        row.Text("device_id")!, row.Text("workspace_id")!, row.Text("name")!,
        row.Flag("is_online"),
        row.Text("birth") is { } birth ? JsonNode.Parse(birth)!.AsObject() : null,
        row.Bytes("sealed_offline_secret"), row.Long("created_at")!.Value);

    private static CodeConstraint RuleOf(string name)
    {
        for (int bit = 1; bit <= (int)CodeConstraint.UniqueName; bit <<= 1)
        {
            if (CodeConstraints.NameOf((CodeConstraint)bit) == name)
            {
                return (CodeConstraint)bit;
            }
        }

        return CodeConstraint.None;
    }
}
