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
    /// <summary>The members of the file; those from wifi_ssid on are for the network. Provisioning
    /// tools write them: they do not change.</summary>
    public const string Members = "device_id device_secret site_secret offline_secret master_code "
        + "capacity strike_ms relock_with_door held_open_s lockout_min wifi_ssid wifi_password "
        + "broker_host broker_port broker_user broker_password ca_certificate client_certificate "
        + "client_key ntp_server home_assistant";

    /// <summary>Why the agent cannot run; null when it can.</summary>
    public string Problem { get; internal set; }

    /// <summary>Why there will be no connection; null when all is well.</summary>
    public string NetworkProblem { get; internal set; }

    /// <summary>Members that are not known, as a list; null when there are none.</summary>
    public string Unknown { get; internal set; }

    /// <summary>The lock's UUID, its name in the topics and at the broker; null when not given.
    /// </summary>
    public string DeviceId => Settings.DeviceId;

    /// <summary>The Wi-Fi network's name.</summary>
    public string WifiSsid { get; internal set; }

    /// <summary>Its pass phrase; empty for an open network.</summary>
    public string WifiPassword { get; internal set; } = "";

    /// <summary>The broker's name or address; with TLS the name in its certificate.</summary>
    public string BrokerHost { get; internal set; }

    /// <summary>The broker's TCP port.</summary>
    public int BrokerPort { get; internal set; }

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

    /// <summary>True when the connection is encrypted and the broker's certificate checked.
    /// </summary>
    public bool HasTls => CaCertificate != null;

    internal AgentSettings Settings { get; } = new();

    /// <summary>The agent's part of it; not with a <see cref="Problem"/>.</summary>
    /// <param name="bootReason">Why the lock has started.</param>
    /// <exception cref="System.ArgumentException">With one.</exception>
    public AgentSettings ToSettings(string bootReason)
    {
        if (Problem != null)
        {
            throw new System.ArgumentException();
        }

        Settings.BootReason = bootReason;
        return Settings;
    }
}
