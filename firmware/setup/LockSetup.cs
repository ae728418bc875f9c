namespace Keyway.Firmware;

/// <summary>What is particular to one lock, as its setup file has it; SetupReader fills it.
/// </summary>
/// <remarks>
/// Two kinds of mistake: with a <see cref="Problem"/> the agent cannot run; with a
/// <see cref="NetworkProblem"/> it runs on the codes it has, since a wrong broker must lock nobody
/// out. Both name the member and say what it must be, and never what it was.
/// </remarks>
public sealed class LockSetup
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    // 64 sectors hold 1,000 codes, 256 hold 5,000. Another number is another region, and what lies
    // in the old one is lost: so only these two.
    private const int SmallCapacity = 1000;
    private const int SmallSectors = 64;
    private const int LargeSectors = 256;

    /// <summary>Why the agent cannot run; null when it can.</summary>
    public string Problem { get; internal set; }

    /// <summary>Why there will be no connection; null when all is well.</summary>
    public string NetworkProblem { get; internal set; }

    /// <summary>Members that are not known, as a list; null when there are none.</summary>
    public string Unknown { get; internal set; }

    /// <summary>The lock's UUID, its name in the topics and at the broker.</summary>
    public string DeviceId { get; internal set; }

    /// <summary>32 bytes, this lock's own.</summary>
    public byte[] DeviceSecret { get; internal set; }

    /// <summary>32 bytes that the locks of a site share; null when not given.</summary>
    public byte[] SiteSecret { get; internal set; }

    /// <summary>32 bytes that this lock and its server share; null when not given.</summary>
    public byte[] OfflineSecret { get; internal set; }

    /// <summary>Digits that open programming mode; null: there is no such mode.</summary>
    public string MasterCode { get; internal set; }

    /// <summary>Slots for access codes; 0: the firmware's own number.</summary>
    public int Capacity { get; internal set; }

    /// <summary>How long the strike is energized, in ms.</summary>
    public int StrikeMs { get; internal set; } = 5000;

    /// <summary>The strike's pulse waits for the door.</summary>
    public bool RelocksWithDoor { get; internal set; }

    /// <summary>A door that stands open so long is reported, in s; 0: never.</summary>
    public int HeldOpenSeconds { get; internal set; } = 60;

    /// <summary>Lockouts grow up to this, in min.</summary>
    public int LockoutMinutes { get; internal set; } = Limits.LockoutMinutesMin;

    /// <summary>The Wi-Fi network's name.</summary>
    public string WifiSsid { get; internal set; }

    /// <summary>Its pass phrase; empty for an open network.</summary>
    public string WifiPassword { get; internal set; } = "";

    /// <summary>The broker's name or address; with TLS the name in its certificate.</summary>
    public string BrokerHost { get; internal set; }

    /// <summary>The broker's TCP port.</summary>
    public int BrokerPort => GivenPort != 0 ? GivenPort : HasTls ? TlsPort : PlainPort;

    /// <summary>User name at the broker; null for none.</summary>
    public string BrokerUser { get; internal set; }

    /// <summary>Password at the broker; null for none.</summary>
    public string BrokerPassword { get; internal set; }

    /// <summary>PEM of who must have signed the broker's certificate; null: no TLS.</summary>
    public string CaCertificate { get; internal set; }

    /// <summary>PEM of the lock's own certificate; null: none.</summary>
    public string ClientCertificate { get; internal set; }

    /// <summary>PEM of its key; null: none.</summary>
    public string ClientKey { get; internal set; }

    /// <summary>The time server; null: the runtime's own.</summary>
    public string NtpServer { get; internal set; }

    /// <summary>The lock makes itself known to Home Assistant.</summary>
    public bool IsForHomeAssistant { get; internal set; }

    /// <summary>True when the connection is encrypted and the broker's certificate checked.
    /// </summary>
    public bool HasTls => CaCertificate != null;

    internal int GivenPort { get; set; }

    /// <summary>The agent's part of it; not with a <see cref="Problem"/>.</summary>
    /// <param name="bootReason">Why the lock has started.</param>
    /// <exception cref="System.ArgumentException">With one.</exception>
    public AgentSettings ToSettings(string bootReason)
    {
        if (Problem != null)
        {
            throw new System.ArgumentException();
        }

        var settings = new AgentSettings(DeviceId, DeviceSecret)
        {
            SiteSecret = SiteSecret,
            OfflineSecret = OfflineSecret,
            MasterCode = MasterCode,
            StrikeMs = StrikeMs,
            RelocksWithDoor = RelocksWithDoor,
            HeldOpenSeconds = HeldOpenSeconds,
            LockoutMinutes = LockoutMinutes,
            BootReason = bootReason,
            NeedsClockToConnect = HasTls,
            DiscoveryPrefix = IsForHomeAssistant ? HomeAssistant.DefaultPrefix : null,
        };
        if (Capacity > 0)
        {
            settings.Capacity = Capacity;
            settings.FlashSectors = Capacity > SmallCapacity ? LargeSectors : SmallSectors;
        }

        return settings;
    }
}
