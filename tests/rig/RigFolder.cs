using System.Security.Cryptography;
using System.Text.Json;
using Keyway.Firmware;
using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Rig;

/// <summary>A folder that holds one virtual lock: who it is, its secrets, its flash.</summary>
internal sealed class RigFolder : IDisposable
{
    private const string IdentityFile = "lock.json";
    private const string FlashFile = "flash.bin";

    private RigFolder(string path, Identity identity)
    {
        Path = path;
        Settings = new AgentSettings(identity.DeviceId, identity.DeviceSecret)
        {
            SiteSecret = identity.SiteSecret,
            OfflineSecret = identity.OfflineSecret,
        };
        Flash = new FlashImageFile(
            System.IO.Path.Combine(path, FlashFile), VirtualLock.FlashBytes);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The lock's own settings.</summary>
    public AgentSettings Settings { get; }

    /// <summary>The lock's flash.</summary>
    public FlashImageFile Flash { get; }

    /// <summary>Where the rig keeps its lock when nothing else is said.</summary>
    public static string Default => System.IO.Path.Combine(
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify),
        "keyway", "rig");

    /// <summary>Opens a folder; makes the lock when it is new.</summary>
    /// <exception cref="IOException">Another rig has it open, or it is damaged.</exception>
    public static RigFolder Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(full);
        string file = System.IO.Path.Combine(full, IdentityFile);
        if (!File.Exists(file))
        {
            SecretFile.Write(file, JsonSerializer.Serialize(new Identity(
                Guid.NewGuid().ToString(), NewSecret(), NewSecret(), NewSecret())));
        }

        try
        {
            return new RigFolder(full, JsonSerializer.Deserialize<Identity>(File.ReadAllText(file))
                ?? throw new JsonException("it is empty"));
        }
        catch (Exception damage) when (damage is JsonException or ArgumentException)
        {
            throw new IOException(
                $"{file}: is damaged ({damage.Message}); without it the codes in {FlashFile} open "
                + "nothing. Restore it, or delete the folder to begin anew.", damage);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Flash.Dispose();

    private static byte[] NewSecret() =>
        RandomNumberGenerator.GetBytes(DeviceSecret.SizeBytes);

    // A folder of an earlier rig lacks the last two: such a lock makes no digits of keys.
    private sealed record Identity(
        string DeviceId, byte[] DeviceSecret, byte[]? SiteSecret, byte[]? OfflineSecret);
}
