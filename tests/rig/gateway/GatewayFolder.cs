// The folder that gateways share: database, key ring, workspace, locks, credentials.

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>What outlives a gateway.</summary>
internal sealed class GatewayFolder
{
    private const string DatabaseFile = "gateway.db";
    private const string KeyRing = "gateway-keys";
    private const string Application = "Keyway.Gateway";
    private readonly string _keys;
    private readonly TimeProvider _time;

    private GatewayFolder(string keys, GatewayDatabase database, DigitsVault vault,
        string workspaceId, TimeProvider time)
    {
        _keys = keys;
        Database = database;
        Vault = vault;
        WorkspaceId = workspaceId;
        _time = time;
    }

    public GatewayDatabase Database { get; }

    public DigitsVault Vault { get; }

    /// <summary>The workspace that was made with the folder.</summary>
    public string WorkspaceId { get; }

    /// <summary>An API key that has just been made, to be shown once; null: the folder has one
    /// already.</summary>
    public string? NewApiKey { get; private set; }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens a folder; makes a workspace, and unless one is given an API key, when it is
    /// new.</summary>
    /// <exception cref="IOException">Something in it is damaged, or is not its own.</exception>
    public static GatewayFolder Open(GatewaySettings settings, TimeProvider time)
    {
        Directory.CreateDirectory(settings.Data);
        string keys = Path.Combine(settings.Data, KeyRing);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(keys);
        }
        else
        {
            Directory.CreateDirectory(keys,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var database = new GatewayDatabase(Path.Combine(settings.Data, DatabaseFile));
        try
        {
            var vault = new DigitsVault(
                DataProtectionProvider.Create(new DirectoryInfo(keys),
                    protection => protection.SetApplicationName(Application)), database);
            var folder = new GatewayFolder(
                keys, database, vault, EnsureWorkspace(database), time);
            folder.EnsureKey(settings.ApiKey);
            return folder;
        }
        catch (CryptographicException other)
        {
            throw new IOException($"{keys}: does not open {DatabaseFile}; put back the keys that "
                + "belong to it, or give another --data", other);
        }
    }

    /// <summary>Makes a data protection use the folder's keys.</summary>
    public void Protect(IDataProtectionBuilder protection) => protection
        .PersistKeysToFileSystem(new DirectoryInfo(_keys)).SetApplicationName(Application);

    /// <summary>Adds a lock, or changes its name and secret.</summary>
    /// <param name="deviceId">Its id, lower case.</param>
    /// <param name="name">For people.</param>
    /// <param name="offlineSecret">What it shares for offline codes; null: nothing.</param>
    /// <param name="workspaceId">Whose it is; null: of the folder's own workspace.</param>
    public void AddDevice(
        string deviceId, string name, byte[]? offlineSecret, string? workspaceId = null)
    {
        byte[]? secret = offlineSecret == null
            ? null : Vault.Seal(Convert.ToBase64String(offlineSecret));
        Database.Write(db =>
        {
            Device.Put(db, new Device(
                deviceId, workspaceId ?? WorkspaceId, name, false, null, secret, Now));
            return deviceId;
        });
    }

    /// <summary>Adds the locks of a site that was provisioned.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">One of its files is damaged.</exception>
    public int AddSite(string site)
    {
        string devices = Path.Combine(site, "devices");
        if (!Directory.Exists(devices))
        {
            throw new IOException(
                $"{devices}: is not there; --site takes what `rig provision --out` made");
        }

        string[] files = Directory.GetFiles(
            devices, "server.json", SearchOption.AllDirectories);
        foreach (string file in files)
        {
            try
            {
                JsonNode found = JsonNode.Parse(File.ReadAllText(file))!;
                AddDevice((string)found["device_id"]!, (string)found["name"]!,
                    Convert.FromBase64String((string)found["offline_secret"]!));
            }
            catch (Exception damage) when (damage is System.Text.Json.JsonException
                or InvalidOperationException or FormatException or ArgumentNullException
                or NullReferenceException)
            {
                throw new IOException($"{file}: is damaged; it must have device_id, name and "
                    + "offline_secret, as `rig provision` writes it", damage);
            }
        }

        return files.Length;
    }

    /// <summary>Adds a workspace.</summary>
    /// <returns>Its id.</returns>
    public string AddWorkspace(string name) => Database.Write(db =>
    {
        string id = Guid.NewGuid().ToString();
        db.Run("INSERT INTO workspaces VALUES ($id, $name)", ("$id", id), ("$name", name));
        return id;
    });

    /// <summary>Makes a credential.</summary>
    /// <param name="kind">Of what kind.</param>
    /// <param name="devices">Of a client session: its devices.</param>
    /// <param name="workspaces">None: the folder's own.</param>
    /// <returns>It, once.</returns>
    public string MakeCredential(CredentialKind kind, IReadOnlyCollection<string> devices,
        params string[] workspaces) => Database.Write(db => Credentials.Make(db, kind,
        workspaces.Length == 0 ? [WorkspaceId] : workspaces, devices, Now));

    private void EnsureKey(string? given)
    {
        if (given != null)
        {
            Database.Write(db =>
            {
                Credentials.Keep(db, CredentialKind.ApiKey, given, [WorkspaceId], [], Now);
                return given;
            });
        }
        else if (Database.Read(db => db.Number("SELECT count(*) FROM credentials")) == 0)
        {
            NewApiKey = MakeCredential(CredentialKind.ApiKey, []);
        }
    }

    private static string EnsureWorkspace(GatewayDatabase database) => database.Write(db =>
    {
        string? found = db.Query("SELECT workspace_id FROM workspaces ORDER BY rowid LIMIT 1",
            row => row.Text("workspace_id")!).FirstOrDefault();
        if (found == null)
        {
            found = Guid.NewGuid().ToString();
            db.Run("INSERT INTO workspaces VALUES ($id, 'Keyway')", ("$id", found));
        }

        return found;
    });
}
