using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Keyway.Firmware;
using nanoFramework.Json;

namespace Keyway.Boards.Esp32DevKitC;

/// <summary>What is particular to this one lock, from <c>I:\keyway.json</c>.</summary>
/// <remarks>
/// Two kinds of mistake: with a <see cref="Problem"/> the agent cannot run; with a
/// <see cref="NetworkProblem"/> it runs on the codes it has, since a wrong broker must lock nobody
/// out.
/// </remarks>
public sealed class BoardConfiguration
{
    private const string FilePath = "I:\\keyway.json";
    private const int FileMaxBytes = 8_192;
    private const int SecretSizeBytes = 32;
    private const int StrikeDefaultMs = 5_000;
    private const int HeldOpenDefaultSeconds = 60;
    private const int StrikeMinMs = 200;

    // The one-shot in the strike's wiring ends a pulse after 8 s, whatever the software says.
    private const int StrikeMaxMs = Limits.StrikeLongestMs;

    private BoardConfiguration()
    {
    }

    /// <summary>Why the agent cannot run; null when it can.</summary>
    public string Problem { get; private set; }

    /// <summary>Why there will be no connection; null when all is well.</summary>
    public string NetworkProblem { get; private set; }

    /// <summary>The lock's UUID, its name in the topics.</summary>
    public string DeviceId { get; private set; }

    /// <summary>32 bytes, this lock's own.</summary>
    public byte[] DeviceSecret { get; private set; }

    /// <summary>32 bytes that the locks of a site share; null when not given.</summary>
    public byte[] SiteSecret { get; private set; }

    /// <summary>32 bytes that this lock and its server share; null when not given.</summary>
    public byte[] OfflineSecret { get; private set; }

    /// <summary>Slots for access codes; 0: the firmware's own number.</summary>
    public int Capacity { get; private set; }

    /// <summary>How long the strike is energized.</summary>
    public int StrikeMs { get; private set; }

    /// <summary>Digits that open programming mode; null: there is no such mode.</summary>
    public string MasterCode { get; private set; }

    /// <summary>The strike's pulse waits for the door.</summary>
    public bool RelocksWithDoor { get; private set; }

    /// <summary>A door that stands open so long is reported; 0: never.</summary>
    public int HeldOpenSeconds { get; private set; }

    /// <summary>Lockouts grow up to this, in min.</summary>
    public int LockoutMinutes { get; private set; }

    /// <summary>The Wi-Fi network's name.</summary>
    public string WifiSsid { get; private set; }

    /// <summary>Its pass phrase; empty for an open network.</summary>
    public string WifiPassword { get; private set; }

    /// <summary>The broker; null with a <see cref="NetworkProblem"/>.</summary>
    public Broker Broker { get; private set; }

    /// <summary>Reads and judges the file. Does not throw.</summary>
    /// <returns>What it says; see <see cref="Problem"/> first.</returns>
    public static BoardConfiguration Load()
    {
        BoardConfiguration configuration = new BoardConfiguration();
        KeywayJson json = Read(out string problem);
        configuration.Problem = problem ?? configuration.TakeLock(json);
        if (configuration.Problem == null)
        {
            configuration.NetworkProblem = configuration.TakeNetwork(json);
        }

        return configuration;
    }

    private static KeywayJson Read(out string problem)
    {
        problem = FilePath + " is not the JSON of strings and numbers that it should be";
        try
        {
            if (!File.Exists(FilePath))
            {
                problem = FilePath + " is missing";
                return null;
            }

            byte[] bytes = File.ReadAllBytes(FilePath);
            if (bytes.Length > FileMaxBytes || HasArray(bytes))
            {
                problem = FilePath + " is longer than 8 KiB or has an array";
                return null;
            }

            string text = Encoding.UTF8.GetString(bytes, 0, bytes.Length);
            KeywayJson json = JsonConvert.DeserializeObject(text, typeof(KeywayJson)) as KeywayJson;
            problem = json != null ? null : problem;
            return json;
        }
        catch (Exception)
        {
            return null;
        }
    }

    // An array where a string is expected is a null dereference in the library's native part: the
    // lock would restart for ever and say nothing.
    private static bool HasArray(byte[] json)
    {
        bool inString = false;
        for (int i = 0; i < json.Length; i++)
        {
            if (inString && json[i] == '\\')
            {
                i++;
            }
            else if (json[i] == '"')
            {
                inString = !inString;
            }
            else if (!inString && json[i] == '[')
            {
                return true;
            }
        }

        return false;
    }

    private string TakeLock(KeywayJson json)
    {
        if (!Uuid.TryRead(json.device_id, new byte[Uuid.SizeBytes], 0))
        {
            return "device_id must be a UUID";
        }

        DeviceId = json.device_id;
        DeviceSecret = Secret(json.device_secret);
        if (DeviceSecret == null)
        {
            return "device_secret must be base64 of 32 bytes";
        }

        SiteSecret = Secret(json.site_secret);
        if (SiteSecret == null && !string.IsNullOrEmpty(json.site_secret))
        {
            return "site_secret must be base64 of 32 bytes, or absent";
        }

        OfflineSecret = Secret(json.offline_secret);
        if (OfflineSecret == null && !string.IsNullOrEmpty(json.offline_secret))
        {
            return "offline_secret must be base64 of 32 bytes, or absent";
        }

        Capacity = json.capacity;
        if (Capacity < 0)
        {
            return "capacity must not be negative";
        }

        StrikeMs = json.strike_ms == 0 ? StrikeDefaultMs : json.strike_ms;
        return StrikeMs < StrikeMinMs || StrikeMs > StrikeMaxMs
            ? "strike_ms must be 200 to 7000"
            : TakeKeypad(json);
    }

    private string TakeKeypad(KeywayJson json)
    {
        MasterCode = string.IsNullOrEmpty(json.master_code) ? null : json.master_code;
        if (MasterCode != null && !Firmware.MasterCode.IsSound(Encoding.UTF8.GetBytes(MasterCode)))
        {
            return "master_code must be 8 to 12 digits, or absent";
        }

        RelocksWithDoor = json.relock_with_door != 0;
        HeldOpenSeconds = json.held_open_s == 0 ? HeldOpenDefaultSeconds
            : json.held_open_s < 0 ? 0 : json.held_open_s;
        LockoutMinutes = json.lockout_min == 0 ? Limits.LockoutMinutesMin : json.lockout_min;
        return LockoutMinutes < Limits.LockoutMinutesMin
            || LockoutMinutes > Limits.LockoutMinutesMax
            ? "lockout_min must be 15 to 1440"
            : null;
    }

    private string TakeNetwork(KeywayJson json)
    {
        if (string.IsNullOrEmpty(json.wifi_ssid) || string.IsNullOrEmpty(json.broker_host))
        {
            return "wifi_ssid and broker_host are needed for a connection";
        }

        if (json.broker_port < 0 || json.broker_port > ushort.MaxValue)
        {
            return "broker_port must be 1 to 65535, or absent";
        }

        X509Certificate authority = null;
        try
        {
            if (!string.IsNullOrEmpty(json.ca_certificate))
            {
                authority = new X509Certificate(json.ca_certificate);
            }
        }
        catch (Exception)
        {
            return "ca_certificate must be the PEM text of one certificate";
        }

        WifiSsid = json.wifi_ssid;
        WifiPassword = json.wifi_password ?? "";
        Broker = new Broker(json.broker_host, json.broker_port, DeviceId, json.broker_user,
            json.broker_password, authority);
        return null;
    }

    private static byte[] Secret(string base64)
    {
        try
        {
            byte[] bytes = string.IsNullOrEmpty(base64) ? null : Convert.FromBase64String(base64);
            return bytes != null && bytes.Length == SecretSizeBytes ? bytes : null;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
