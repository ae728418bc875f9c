// Who may call. A credential is shown once, when it is made; the database has a hash.

using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Makes credentials and finds whose they are.</summary>
/// <remarks>
/// A credential is <c>prefix id "_" secret</c>. The id finds the row, the whole is compared by its
/// SHA-256 in constant time; with 256 random bits a slow hash would add nothing.
/// </remarks>
internal static class Credentials
{
    private const int IdBytes = 8;
    private const int SecretBytes = 32;

    /// <summary>Makes one.</summary>
    /// <param name="db">Keeps its hash.</param>
    /// <param name="kind">Of what kind.</param>
    /// <param name="workspaces">One; of an access token those of its user.</param>
    /// <param name="devices">Of a client session: its devices.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>The credential.</returns>
    public static string Make(SqliteConnection db, CredentialKind kind,
        IReadOnlyCollection<string> workspaces, IReadOnlyCollection<string> devices, long now)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        string credential = $"{PrefixOf(kind)}{id}_{secret}";
        Keep(db, kind, credential, workspaces, devices, now);
        return credential;
    }

    /// <summary>Keeps the hash of a credential that exists.</summary>
    /// <exception cref="ArgumentException">It is too short to be a secret.</exception>
    public static void Keep(SqliteConnection db, CredentialKind kind, string credential,
        IReadOnlyCollection<string> workspaces, IReadOnlyCollection<string> devices, long now)
    {
        string id = IdOf(credential) ?? throw new ArgumentException(
            $"a credential has the form {PrefixOf(kind)}ID_SECRET, with 32 characters or more");
        db.Run("""
            INSERT OR REPLACE INTO credentials (credential_id, kind, hash, workspace_id, created_at)
            VALUES ($id, $kind, $hash, $workspace, $now)
            """,
            ("$id", id), ("$kind", kind.ToString()), ("$hash", HashOf(credential)),
            ("$workspace", kind == CredentialKind.AccessToken ? null : workspaces.Single()),
            ("$now", now));
        foreach (string device in devices)
        {
            db.Run("INSERT OR IGNORE INTO credential_devices VALUES ($id, $device)",
                ("$id", id), ("$device", device));
        }

        foreach (string workspace in kind == CredentialKind.AccessToken ? workspaces : [])
        {
            db.Run("INSERT OR IGNORE INTO credential_workspaces VALUES ($id, $workspace)",
                ("$id", id), ("$workspace", workspace));
        }
    }

    /// <summary>Whose a credential is.</summary>
    /// <param name="db">Knows them.</param>
    /// <param name="credential">As it came.</param>
    /// <param name="workspace">Of an access token: the workspace that is meant.</param>
    /// <returns>Null when it is nobody's, or not for that workspace.</returns>
    public static Caller? Find(SqliteConnection db, string credential, string? workspace)
    {
        string id = IdOf(credential) ?? "";
        (CredentialKind Kind, byte[] Hash, string? Workspace) found = db.Query(
            "SELECT * FROM credentials WHERE credential_id = $id",
            row => (Enum.Parse<CredentialKind>(row.Text("kind")!), row.Bytes("hash")!,
                row.Text("workspace_id")), ("$id", id)).FirstOrDefault();

        // An unknown id costs the same comparison.
        bool isRight = CryptographicOperations.FixedTimeEquals(
            HashOf(credential), found.Hash ?? new byte[SHA256.HashSizeInBytes]);
        if (!isRight || found.Hash == null
            || !credential.StartsWith(PrefixOf(found.Kind), StringComparison.Ordinal))
        {
            return null;
        }

        if (found.Kind == CredentialKind.AccessToken)
        {
            return db.Number("""
                SELECT count(*) FROM credential_workspaces
                WHERE credential_id = $id AND workspace_id = $workspace
                """, ("$id", id), ("$workspace", workspace ?? "")) == 1
                ? new Caller(id, workspace!, null) : null;
        }

        return new Caller(id, found.Workspace!, found.Kind == CredentialKind.ApiKey ? null
            : [.. db.Query("SELECT device_id FROM credential_devices WHERE credential_id = $id",
                row => row.Text("device_id")!, ("$id", id))]);
    }

    /// <summary>How credentials of a kind begin.</summary>
    public static string PrefixOf(CredentialKind kind) => kind switch
    {
        CredentialKind.ClientSession => "seam_cst",
        CredentialKind.AccessToken => "seam_at",
        _ => "seam_",
    };

    private static string? IdOf(string credential)
    {
        int end = credential.LastIndexOf('_');
        return end > "seam_".Length - 1 && credential.Length - end > SecretBytes
            ? credential[..end] : null;
    }

    private static byte[] HashOf(string credential) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(credential));
}
