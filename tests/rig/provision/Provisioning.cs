// Gives a lock its identity: what `rig provision` does. One folder is one site; each lock has a
// folder in it.

using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Rig;

/// <summary>Makes the files of one lock, and of its site when it is the first.</summary>
/// <remarks>
/// <code>
/// site/            ca.crt, ca.key, site.json (the secret that all its locks share)
///   broker/        mosquitto.conf, acl, certificates of broker and gateway
///   devices/door/  keyway.json, device.pem, server.json, filedeployment.json,
///                  networkdeployment.json
/// </code>
/// </remarks>
internal static class Provisioning
{
    /// <summary>Where a broker with TLS listens when nothing else is said.</summary>
    public const int DefaultPort = 8883;

    private const int DateLikeMin = 18;

    // nanoFramework.Json on the lock does not read \uXXXX right.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Makes them.</summary>
    /// <param name="order">What is asked for.</param>
    /// <returns>The lock's folder.</returns>
    /// <exception cref="IOException">The lock exists, or a file cannot be written; the message says
    /// which. A lock's folder is whole or absent.</exception>
    /// <exception cref="ArgumentException">Something in the order cannot be put in the lock's file;
    /// the message says what.</exception>
    public static string Run(ProvisionOrder order)
    {
        Check("--wifi-ssid", order.WifiSsid);
        Check("the Wi-Fi password", order.WifiPassword);
        Check("--broker", order.BrokerHost);
        if (order.Capacity < 0 || order.Capacity > Limits.Slots)
        {
            throw new ArgumentException($"--capacity: must be 1 to {Limits.Slots}, or 0");
        }

        if (order.Device.Length == 0 || order.Device.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0
            || order.Device.StartsWith('.'))
        {
            throw new ArgumentException($"--device: '{order.Device}' is no name for a folder");
        }

        string site = Path.GetFullPath(order.Site);
        string devices = Path.Combine(site, "devices");
        string folder = Path.Combine(devices, order.Device);
        if (Path.Exists(folder))
        {
            throw new IOException($"{folder} exists: a lock's secrets are never overwritten");
        }

        Directory.CreateDirectory(devices);
        using SiteAuthority authority = SiteAuthority.Open(site);
        BrokerFiles.Ensure(site, authority, order.BrokerHost, order.BrokerPort);
        string siteSecret = SiteSecret(Path.Combine(site, "site.json"));
        DirectoryInfo making = Directory.CreateDirectory(folder + ".part");
        try
        {
            WriteLock(making.FullName, order, authority, siteSecret);
            Directory.Move(making.FullName, folder);
        }
        catch
        {
            making.Delete(recursive: true);
            throw;
        }

        return folder;
    }

    private static void WriteLock(
        string folder, ProvisionOrder order, SiteAuthority authority, string siteSecret)
    {
        string deviceId = Guid.NewGuid().ToString();
        string offlineSecret = NewSecret();
        var lockFile = new JsonObject
        {
            ["device_id"] = deviceId,
            ["device_secret"] = NewSecret(),
            ["site_secret"] = siteSecret,
            ["offline_secret"] = offlineSecret,
            ["wifi_ssid"] = order.WifiSsid,
            ["wifi_password"] = order.WifiPassword,
            ["broker_host"] = order.BrokerHost,
            ["broker_port"] = order.BrokerPort,
            ["ca_certificate"] = authority.CertificatePem,
        };
        if (order.HasMasterCode)
        {
            lockFile["master_code"] = NewDigits(Limits.MasterDigitsMin);
        }

        if (order.Capacity != 0)
        {
            lockFile["capacity"] = order.Capacity;
        }

        Write(folder, "keyway.json", lockFile);
        Write(folder, "server.json", new JsonObject
        {
            ["device_id"] = deviceId,
            ["name"] = order.Device,
            ["offline_secret"] = offlineSecret,
        });

        // The runtime reads certificate and key from one text, and mbedTLS wants its end marked.
        (string certificate, string key) = authority.SignClient(deviceId);
        SecretFile.Write(Path.Combine(folder, "device.pem"), certificate + key + '\0');
        Write(folder, "filedeployment.json", new JsonObject
        {
            ["SerialPort"] = order.SerialPort,
            ["Files"] = new JsonArray(new JsonObject
            {
                ["DestinationFilePath"] = "I:\\keyway.json",
                ["SourceFilePath"] = "keyway.json",
            }),
        });
        Write(folder, "networkdeployment.json", new JsonObject
        {
            ["SerialPort"] = order.SerialPort,
            ["DeviceCertificatesPath"] = "device.pem",
        });
    }

    private static void Write(string folder, string name, JsonObject content) =>
        SecretFile.Write(Path.Combine(folder, name), content.ToJsonString(Plain) + "\n");

    private static string SiteSecret(string file)
    {
        if (!File.Exists(file))
        {
            SecretFile.Write(file,
                new JsonObject { ["site_secret"] = NewSecret() }.ToJsonString(Plain) + "\n");
        }

        try
        {
            return (string)JsonNode.Parse(File.ReadAllText(file))!["site_secret"]!
                ?? throw new JsonException();
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            throw new IOException($"{file} is damaged: it must have a site_secret", damage);
        }
    }

    private static string NewSecret() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(DeviceSecret.SizeBytes));

    private static string NewDigits(int count) =>
        RandomNumberGenerator.GetString("0123456789", count);

    // What nanoFramework.Json on the lock would read as something else.
    private static void Check(string what, string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || !rune.IsBmp)
            {
                throw new ArgumentException(
                    $"{what}: has a character that the lock cannot read (U+{rune.Value:X4})");
            }
        }

        if (text.EndsWith('"') || (text.Length >= DateLikeMin && DateTime.TryParse(text, out _)))
        {
            throw new ArgumentException(
                $"{what}: ends with a quotation mark or looks like a date, which the lock's reader "
                + "of its file changes");
        }
    }
}
