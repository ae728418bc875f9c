using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Keyway.Firmware;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

[TestClass]
public sealed class ProvisioningTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keyway-site-");

    [TestCleanup]
    public void Remove() => _folder.Delete(recursive: true);

    [TestMethod]
    public void A_lock_gets_an_identity_of_its_own()
    {
        JsonElement door = Json(Provisioning.Run(Order("door")), "keyway.json");
        JsonElement gate = Json(Provisioning.Run(Order("gate")), "keyway.json");

        foreach (string own in (string[])["device_id", "device_secret", "offline_secret"])
        {
            Assert.AreNotEqual(Text(door, own), Text(gate, own), own);
        }

        Assert.AreEqual(Text(door, "site_secret"), Text(gate, "site_secret"));
        Assert.AreEqual(Text(door, "ca_certificate"), Text(gate, "ca_certificate"));
        foreach (string secret in (string[])["device_secret", "site_secret", "offline_secret"])
        {
            Assert.HasCount(32, Convert.FromBase64String(Text(door, secret)));
        }
    }

    [TestMethod]
    public void The_lock_can_read_its_file()
    {
        string folder = Provisioning.Run(Order("door") with { WifiSsid = "Büro \"3\" links" });

        LockSetup setup = SetupReader.Read(File.ReadAllBytes(Path.Combine(folder, "keyway.json")));
        Assert.IsNull(setup.Problem);
        Assert.IsNull(setup.NetworkProblem);
        Assert.IsNull(setup.Unknown);
        Assert.AreEqual("Büro \"3\" links", setup.WifiSsid);
        Assert.AreEqual(Text(Json(folder, "keyway.json"), "device_id"), setup.DeviceId);
    }

    [TestMethod]
    public void A_lock_is_never_made_anew()
    {
        string folder = Provisioning.Run(Order("door"));
        string before = File.ReadAllText(Path.Combine(folder, "keyway.json"));

        IOException refused = Assert.ThrowsExactly<IOException>(
            () => Provisioning.Run(Order("door")));

        Assert.Contains("never overwritten", refused.Message);
        Assert.AreEqual(before, File.ReadAllText(Path.Combine(folder, "keyway.json")));
    }

    [TestMethod]
    public void What_the_lock_would_refuse_is_refused()
    {
        ProvisionOrder door = Order("door");
        foreach ((ProvisionOrder order, string named) in new[]
        {
            (door with { WifiSsid = "" }, "wifi_ssid"),
            (door with { WifiSsid = new string('x', 33) }, "wifi_ssid"),
            (door with { WifiPassword = "short" }, "wifi_password"),
            (door with { Capacity = 8001 }, "capacity"),
        })
        {
            ArgumentException refused = Assert.ThrowsExactly<ArgumentException>(
                () => Provisioning.Run(order));

            Assert.Contains(named, refused.Message);
            Assert.IsEmpty(_folder.GetFileSystemInfos());
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("../door")]
    [DataRow("..")]
    public void A_name_that_is_no_folder_is_refused(string device)
    {
        Assert.ThrowsExactly<ArgumentException>(() => Provisioning.Run(Order(device)));

        Assert.IsEmpty(_folder.GetFileSystemInfos());
    }

    [TestMethod]
    public void Another_broker_address_for_the_same_site_is_refused()
    {
        Provisioning.Run(Order("door"));

        IOException refused = Assert.ThrowsExactly<IOException>(
            () => Provisioning.Run(Order("gate") with { BrokerHost = "other.example" }));

        Assert.Contains("other.example", refused.Message);
        Assert.IsFalse(Path.Exists(Path.Combine(_folder.FullName, "devices", "gate")));
    }

    [TestMethod]
    public void The_certificates_are_signed_by_the_site()
    {
        string folder = Provisioning.Run(Order("door"));
        string broker = Path.Combine(_folder.FullName, "broker");
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(
            Path.Combine(_folder.FullName, "ca.crt"));
        using var device = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "device.pem"));
        using X509Certificate2 server = X509CertificateLoader.LoadCertificateFromFile(
            Path.Combine(broker, "server.crt"));

        Assert.IsTrue(Verifies(device, authority));
        Assert.IsTrue(Verifies(server, authority));
        Assert.IsTrue(device.HasPrivateKey);
        Assert.AreEqual(Text(Json(folder, "keyway.json"), "device_id"),
            device.GetNameInfo(X509NameType.SimpleName, false));
        Assert.IsTrue(server.MatchesHostname("broker.example"));
        Assert.IsFalse(server.MatchesHostname("other.example"));
    }

    [TestMethod]
    public void The_lock_s_certificate_ends_as_mbedtls_wants_it()
    {
        string folder = Provisioning.Run(Order("door"));

        byte[] file = File.ReadAllBytes(Path.Combine(folder, "device.pem"));

        Assert.AreEqual(0, file[^1]);
        Assert.AreEqual((byte)'\n', file[^2]);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Secrets_are_for_their_owner_alone()
    {
        Provisioning.Run(Order("door"));

        string[] open = [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.UnixFileMode != (UnixFileMode.UserRead | UnixFileMode.UserWrite))
            .Select(file => file.Name).Order(StringComparer.Ordinal)];

        CollectionAssert.AreEqual(
            (string[])
            [
                "acl", "ca.crt", "ca.crt", "gateway-2.crt", "gateway-3.crt", "gateway.crt",
                "home-assistant.crt",
                "mosquitto.conf", "server.crt",
            ],
            open);
    }

    [TestMethod]
    public void Without_being_asked_there_is_no_master_code()
    {
        JsonElement without = Json(Provisioning.Run(Order("door")), "keyway.json");
        JsonElement with = Json(
            Provisioning.Run(Order("gate") with { HasMasterCode = true }), "keyway.json");

        Assert.IsFalse(without.TryGetProperty("master_code", out _));
        Assert.MatchesRegex("^[0-9]{8}$", Text(with, "master_code"));
    }

    private ProvisionOrder Order(string device) => new(
        device, _folder.FullName, "office", "pass phrase", "broker.example", 8883, "COM3");

    private static bool Verifies(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    private static JsonElement Json(string folder, string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name))).RootElement;

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString()!;
}
