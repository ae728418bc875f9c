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

    // People read these files: a + stays a +.
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
    /// <exception cref="ArgumentException">The lock would refuse its file; the message says why.
    /// </exception>
    public static string Run(ProvisionOrder order)
    {
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

        JudgeAsTheLockDoes(LockFile(order, Guid.Empty.ToString(), NewSecret(), NewSecret()));
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
        (string certificate, string key) = authority.SignClient(deviceId);
        JsonObject lockFile = LockFile(order, deviceId, siteSecret, offlineSecret);
        lockFile["ca_certificate"] = authority.CertificatePem;
        lockFile["client_certificate"] = certificate;
        lockFile["client_key"] = key;
        JudgeAsTheLockDoes(lockFile);
        Write(folder, "keyway.json", lockFile);
        Write(folder, "server.json", new JsonObject
        {
            ["device_id"] = deviceId,
            ["name"] = order.Device,
            ["offline_secret"] = offlineSecret,
        });

        // The runtime reads certificate and key from one text, and mbedTLS wants its end marked.
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

    private static JsonObject LockFile(
        ProvisionOrder order, string deviceId, string siteSecret, string offlineSecret)
    {
        var file = new JsonObject
        {
            ["device_id"] = deviceId,
            ["device_secret"] = NewSecret(),
            ["site_secret"] = siteSecret,
            ["offline_secret"] = offlineSecret,
            ["wifi_ssid"] = order.WifiSsid,
            ["wifi_password"] = order.WifiPassword,
            ["broker_host"] = order.BrokerHost,
            ["broker_port"] = order.BrokerPort,
        };
        if (order.HasMasterCode)
        {
            file["master_code"] = NewDigits(Limits.MasterDigitsMin);
        }

        if (order.IsForHomeAssistant)
        {
            file["home_assistant"] = true;
        }

        if (order.Capacity != 0)
        {
            file["capacity"] = order.Capacity;
        }

        return file;
    }

    private static void JudgeAsTheLockDoes(JsonObject file)
    {
        LockSetup setup = SetupReader.Read(Encoding.UTF8.GetBytes(file.ToJsonString(Plain)));
        if ((setup.Problem ?? setup.NetworkProblem ?? setup.Unknown) is { } problem)
        {
            throw new ArgumentException($"keyway.json: {problem}");
        }
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
}
