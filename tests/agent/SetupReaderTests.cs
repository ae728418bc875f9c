using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SetupReaderTests
{
    private const string Id = "'device_id':'d0c0ffee-0000-4000-8000-000000000009'";
    private const string Secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Lock = Id + ",'device_secret':'" + Secret + "'";
    private const string Net = ",'wifi_ssid':'office','broker_host':'broker.example'";
    private const string Ca =
        "'-----BEGIN CERTIFICATE-----\\nMIIB\\u002B\\n-----END CERTIFICATE-----\\n'";
    private const string Key =
        "'-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY-----\\n'";

    [TestMethod]
    public void What_must_be_given_is_enough_and_the_rest_has_defaults()
    {
        LockSetup setup = Read(Lock + Net);
        Assert.IsNull(setup.Problem);
        Assert.IsNull(setup.NetworkProblem);
        Assert.IsNull(setup.Unknown);
        Assert.AreEqual("office", setup.WifiSsid);
        Assert.AreEqual("", setup.WifiPassword);
        Assert.AreEqual(1883, setup.BrokerPort);
        Assert.IsFalse(setup.HasTls);
        AgentSettings settings = setup.ToSettings("crash");
        Assert.AreEqual("crash", settings.BootReason);
        for (int i = 0; i < 32; i++)
        {
            Assert.AreEqual(i, (int)settings.DeviceSecret[i]);
        }

        Assert.AreEqual(5000, settings.StrikeMs);
        Assert.AreEqual(60, settings.HeldOpenSeconds);
        Assert.AreEqual(Limits.LockoutMinutesMin, settings.LockoutMinutes);
        Assert.AreEqual(250, settings.Capacity);
        Assert.IsNull(settings.MasterCode);
    }

    [TestMethod]
    public void Every_member_is_taken()
    {
        LockSetup setup = Read(Lock + Net + ",'site_secret':'" + Secret + "','offline_secret':'"
            + Secret + "','master_code':'12345678','capacity':100,'strike_ms':7000"
            + ",'relock_with_door':true,'held_open_s':-1,'lockout_min':60"
            + ",'wifi_password':'correct horse','broker_port':1234,'broker_user':'u'"
            + ",'broker_password':'p','ca_certificate':" + Ca + ",'client_certificate':" + Ca
            + ",'client_key':" + Key + ",'ntp_server':'ntp.example','home_assistant':1");
        Assert.IsNull(setup.Problem);
        Assert.IsNull(setup.NetworkProblem);
        AgentSettings settings = setup.ToSettings("crash");
        Assert.AreEqual(1, (int)settings.SiteSecret[1]);
        Assert.AreEqual(31, (int)settings.OfflineSecret[31]);
        Assert.AreEqual("12345678", settings.MasterCode);
        Assert.AreEqual(100, settings.Capacity);
        Assert.AreEqual(7000, settings.StrikeMs);
        Assert.IsTrue(settings.RelocksWithDoor);
        Assert.AreEqual("homeassistant", settings.DiscoveryPrefix);
        Assert.AreEqual(0, settings.HeldOpenSeconds);
        Assert.AreEqual(60, settings.LockoutMinutes);
        Assert.AreEqual("correct horse", setup.WifiPassword);
        Assert.AreEqual(1234, setup.BrokerPort);
        Assert.AreEqual("u", setup.BrokerUser);
        Assert.AreEqual("p", setup.BrokerPassword);
        Assert.IsTrue(setup.HasTls);
        Assert.IsTrue(setup.CaCertificate.Contains("\nMIIB+\n"));
        Assert.IsTrue(setup.ClientCertificate.Contains("CERTIFICATE"));
        Assert.IsTrue(setup.ClientKey.Contains("PRIVATE KEY"));
        Assert.AreEqual("ntp.example", setup.NtpServer);
    }

    [TestMethod]
    [DataRow(1000, 64)]
    [DataRow(1001, 256)]
    public void More_than_1000_codes_take_a_larger_region(int capacity, int sectors) =>
        Assert.AreEqual(sectors, Read(Lock + ",'capacity':" + capacity.ToString())
            .ToSettings(BootReasons.Power).FlashSectors);

    [TestMethod]
    public void With_a_certificate_the_port_is_that_of_TLS() =>
        Assert.AreEqual(8883, Read(Lock + Net + ",'ca_certificate':" + Ca).BrokerPort);

    [TestMethod]
    [DataRow(Id, "device_secret: is missing")]
    [DataRow("'device_secret':'" + Secret + "'", "device_id: is missing")]
    [DataRow("'device_id':'front door'", "device_id: must be a UUID")]
    [DataRow("'device_id':9", "device_id: must be a UUID")]
    [DataRow(Id + ",'device_secret':'AAAA'", "device_secret: must be base64 of 32 bytes")]
    [DataRow(Lock + ",'site_secret':['x']", "site_secret: must be base64 of 32 bytes")]
    [DataRow(Lock + ",'offline_secret':{}", "offline_secret: must be base64 of 32 bytes")]
    [DataRow(Lock + ",'master_code':12345678",
        "master_code: must be a string of 8 to 12 digits")]
    [DataRow(Lock + ",'strike_ms':7001",
        "strike_ms: must be a whole number from 200 to 7000, or 0 for the default")]
    [DataRow(Lock + ",'capacity':'250'",
        "capacity: must be a whole number from 1 to 8000, or 0 for the default")]
    [DataRow(Lock + ",'lockout_min':1.5",
        "lockout_min: must be a whole number from 15 to 1440, or 0 for the default")]
    [DataRow(Lock + ",'relock_with_door':2", "relock_with_door: must be true or false")]
    [DataRow(Lock + ",'relock_with_door':-1", "relock_with_door: must be true or false")]
    [DataRow(Lock + ",'relock_with_door':0.5", "relock_with_door: must be true or false")]
    [DataRow(Lock + "," + Id, "device_id: is given twice")]
    public void A_mistake_of_the_lock_is_said_by_name(string members, string problem) =>
        Assert.AreEqual(problem, Read(members).Problem);

    [TestMethod]
    [DataRow("'broker_host':'b'", "wifi_ssid: is missing")]
    [DataRow("'wifi_ssid':'s'", "broker_host: is missing")]
    [DataRow("'wifi_password':'short'", "wifi_password: must be a string of 8 to 64 bytes")]
    [DataRow("'broker_host':'mqtt://b'",
        "broker_host: must be a host name or an address, without scheme and port")]
    [DataRow("'broker_host':'b/x'",
        "broker_host: must be a host name or an address, without scheme and port")]
    [DataRow("'broker_host':'b x'",
        "broker_host: must be a host name or an address, without scheme and port")]
    [DataRow("'broker_host':'b\u007F'",
        "broker_host: must be a host name or an address, without scheme and port")]
    [DataRow("'broker_host':1",
        "broker_host: must be a host name or an address, without scheme and port")]
    [DataRow("'broker_port':65536",
        "broker_port: must be a whole number from 1 to 65535, or 0 for the default")]
    [DataRow("'ca_certificate':'MIIB'",
        "ca_certificate: must be the PEM text of a certificate")]
    [DataRow("'ca_certificate':" + Key,
        "ca_certificate: must be the PEM text of a certificate")]
    [DataRow("'client_key':" + Ca,
        "client_key: must be the PEM text of a private key without a password")]
    [DataRow("'wifi_ssid':'s','broker_host':'b','client_certificate':" + Ca,
        "ca_certificate: is missing")]
    [DataRow("'wifi_ssid':'s','broker_host':'b','client_key':" + Key,
        "client_certificate: is missing")]
    public void A_mistake_of_the_network_leaves_the_keypad(string members, string problem)
    {
        LockSetup setup = Read(Lock + "," + members);
        Assert.IsNull(setup.Problem);
        Assert.AreEqual(problem, setup.NetworkProblem);
    }

    [TestMethod]
    public void Null_and_empty_strings_are_the_same_as_absent()
    {
        LockSetup setup = Read(Lock + Net + ",'site_secret':'','master_code':null"
            + ",'client_key':'','strike_ms':0,'broker_port':null");
        Assert.IsNull(setup.Problem);
        Assert.IsNull(setup.NetworkProblem);
        Assert.IsNull(setup.ToSettings("crash").SiteSecret);
        Assert.AreEqual(5000, setup.ToSettings("crash").StrikeMs);
    }

    [TestMethod]
    public void Members_that_are_not_known_are_named_and_ignored()
    {
        LockSetup setup = Read(Lock + Net + ",'strike':1,'comment':{'a':[1]}");
        Assert.IsNull(setup.Problem);
        Assert.AreEqual("strike, comment", setup.Unknown);
    }

    [TestMethod]
    public void The_longest_values_are_taken()
    {
        string host = new('h', 253);
        string password = new('p', 64);
        LockSetup setup = Read(Lock + ",'wifi_ssid':'s','broker_host':'" + host
            + "','wifi_password':'" + password + "','held_open_s':30");
        Assert.IsNull(setup.NetworkProblem);
        Assert.AreEqual(host, setup.BrokerHost);
        Assert.AreEqual(password, setup.WifiPassword);
        Assert.AreEqual(30, setup.ToSettings("crash").HeldOpenSeconds);
        string file = Lock + Net;
        Assert.IsNull(Read(file + new string(' ', Limits.SetupBytes - 2 - file.Length)).Problem);
    }

    [TestMethod]
    public void A_file_that_is_none_is_refused()
    {
        Assert.AreEqual("the file is missing or empty", SetupReader.Read(null).Problem);
        Assert.AreEqual("the file is missing or empty", SetupReader.Read(new byte[0]).Problem);
        Assert.AreEqual("the file is longer than 8192 bytes",
            SetupReader.Read(new byte[Limits.SetupBytes + 1]).Problem);
        Assert.AreEqual("the file must be a JSON object",
            SetupReader.Read(Encoding.UTF8.GetBytes("[]")).Problem);
        Assert.AreEqual("not JSON at byte 1: ends too early",
            SetupReader.Read(Encoding.UTF8.GetBytes("{")).Problem);
    }

    [TestMethod]
    [DataRow("'-----BEGIN ENCRYPTED PRIVATE KEY-----\\nMIIB\\n-----END "
        + "ENCRYPTED PRIVATE KEY-----'")]
    [DataRow("'PRIVATE KEY-----\\n-----BEGIN x-----END x'")]
    [DataRow("'-----BEGIN PRIVATE KEY-----\\nMIIB'")]
    public void A_key_that_is_cut_or_has_a_password_is_refused(string key) =>
        Assert.AreEqual("client_key: must be the PEM text of a private key without a password",
            Read(Lock + ",'client_key':" + key).NetworkProblem);

    [TestMethod]
    [DataRow("true", true)]
    [DataRow("false", false)]
    [DataRow("1", true)]
    [DataRow("0", false)]
    public void A_flag_may_be_a_number(string flag, bool value)
    {
        LockSetup setup = Read(Lock + ",'relock_with_door':" + flag);
        Assert.IsNull(setup.Problem);
        Assert.AreEqual(value, setup.ToSettings("crash").RelocksWithDoor);
    }

    [TestMethod]
    public void Every_letter_of_base64_has_its_value()
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int half = 0; half < 64; half += 32)
        {
            LockSetup setup = Read(Id + ",'device_secret':'" + letters.Substring(half, 32)
                + letters.Substring(half, 8) + "AAA='");
            Assert.IsNull(setup.Problem);
            byte[] secret = setup.ToSettings("crash").DeviceSecret;
            for (int i = 0; i < 24; i += 3)
            {
                int first = half + i / 3 * 4;
                int value = secret[i] << 16 | secret[i + 1] << 8 | secret[i + 2];
                Assert.AreEqual(
                    first << 18 | first + 1 << 12 | first + 2 << 6 | first + 3, value);
            }
        }
    }

    [TestMethod]
    public void Base64_is_exact()
    {
        string[] wrong =
        {
            Secret.Substring(0, 43), Secret + "=", Secret.Substring(0, 43) + "A",
            Secret.Substring(0, 42) + "9=", "*" + Secret.Substring(1), Secret.Substring(1) + "=",
        };
        for (int i = 0; i < wrong.Length; i++)
        {
            LockSetup setup = Read(Id + ",'device_secret':'" + wrong[i] + "'");
            Assert.IsNotNull(setup.Problem);
            Assert.ThrowsException(
                typeof(System.ArgumentException), () => setup.ToSettings("crash"));
            Assert.IsFalse(setup.Problem.Contains(wrong[i]));
        }
    }

    private static LockSetup Read(string members)
    {
        byte[] file = Encoding.UTF8.GetBytes("{" + members + "}");
        for (int i = 0; i < file.Length; i++)
        {
            file[i] = file[i] == (byte)'\'' ? (byte)'"' : file[i];
        }

        return SetupReader.Read(file);
    }
}
