// What the broker of a site needs: its certificate, the gateway's, the rules who may write what.
// Provisioning calls it.

using Keyway.Firmware;

namespace Keyway.Tests.Rig;

/// <summary>Writes the folder <c>broker</c> of a site, for Mosquitto 2.0.</summary>
internal static class BrokerFiles
{
    /// <summary>Twice the largest payload of the contract.</summary>
    public const int PacketMaxBytes = 4096;

    /// <summary>The user names that may write to every lock: one a gateway, since the broker takes
    /// one client of each name.</summary>
    public static readonly string[] Gateways = ["gateway", "gateway-2", "gateway-3"];

    private const string HomeAssistantUser = "home-assistant";
    private const string HomeAssistantPrefix = HomeAssistant.DefaultPrefix;
    private static readonly string[] Shown = ["locks/state", "events", "status"];

    private static readonly string[] Commands =
    [
        "access_codes/create", "access_codes/update", "access_codes/delete",
        "access_codes/pull_backup_access_code", "access_codes/get", "access_codes/list",
        "locks/unlock_door", "locks/lock_door", "locks/command",
    ];

    private static readonly string[] Reports =
        ["action_attempts", "answers", "access_codes/state/+", "locks/state", "events", "status"];

    /// <summary>Writes it, unless it exists.</summary>
    /// <param name="site">The site's folder.</param>
    /// <param name="authority">Signs.</param>
    /// <param name="host">The broker's name or address.</param>
    /// <param name="port">Where it is to listen.</param>
    /// <exception cref="IOException">It exists for another address.</exception>
    public static void Ensure(string site, SiteAuthority authority, string host, int port)
    {
        string folder = Path.Combine(site, "broker");
        string configuration = Path.Combine(folder, "mosquitto.conf");
        string first = $"# The broker of this site, {host}:{port}.";
        if (File.Exists(configuration))
        {
            if (File.ReadLines(configuration).FirstOrDefault() != first)
            {
                throw new IOException(
                    $"{configuration} is for another address than {host}:{port}; a broker's "
                    + "certificate names its host: give the same --broker for each lock of a site");
            }

            return;
        }

        Directory.CreateDirectory(folder);
        Write(folder, "server", authority.SignServer(host));
        Write(folder, HomeAssistantUser, authority.SignClient(HomeAssistantUser));
        foreach (string gateway in Gateways)
        {
            Write(folder, gateway, authority.SignClient(gateway));
        }

        File.WriteAllText(
            Path.Combine(folder, SiteAuthority.CertificateFile), authority.CertificatePem);
        File.WriteAllText(Path.Combine(folder, "acl"), Rules());
        File.WriteAllText(configuration, $"""
            {first}
            # Start it in this folder: mosquitto -c mosquitto.conf
            # Mosquitto drops root and must be able to read server.key: give it the folder, or say
            # `user` here.
            listener {port}
            cafile ca.crt
            certfile server.crt
            keyfile server.key
            require_certificate true

            # The name in a client's certificate is its user name and its client id, so no lock can
            # push another out.
            use_identity_as_username true
            use_username_as_clientid true
            allow_anonymous false
            acl_file acl

            # Payloads have at most 2 KiB; a lock would take room for whatever the broker sends.
            max_packet_size {PacketMaxBytes}

            # Small packets at once: waiting for more to send with them costs 40 ms a message.
            set_tcp_nodelay true

            # Commands for a lock that is away wait, also over a restart.
            persistence true
            persistence_location ./
            max_queued_messages 1000

            """);
    }

    private static void Write(
        string folder, string name, (string Certificate, string Key) signed)
    {
        File.WriteAllText(Path.Combine(folder, name + ".crt"), signed.Certificate);
        SecretFile.Write(Path.Combine(folder, name + ".key"), signed.Key);
    }

    /// <summary>Who may read and write what: Mosquitto's ACL file.</summary>
    public static string Rules()
    {
        var lines = new List<string>
        {
            "# A lock reads its own commands and writes its own reports; %u is its device_id.",
        };
        lines.AddRange(Commands.Select(topic => $"pattern read keyway/v1/%u/{topic}"));
        lines.AddRange(Reports.Select(topic => $"pattern write keyway/v1/%u/{topic}"));
        lines.Add($"pattern write {HomeAssistantPrefix}/device/%u/config");
        lines.Add("");
        lines.Add("# A gateway writes commands and reads everything.");
        foreach (string gateway in Gateways)
        {
            lines.Add($"user {gateway}");
            lines.AddRange(Commands.Select(topic => $"topic write keyway/v1/+/{topic}"));
            lines.AddRange(Reports.Select(topic => $"topic read keyway/v1/+/{topic}"));
        }

        lines.Add("");
        lines.Add("# Home Assistant, where a lock's setup asks for it.");
        lines.Add($"user {HomeAssistantUser}");
        lines.Add("topic write keyway/v1/+/locks/command");
        lines.AddRange(Shown.Select(topic => $"topic read keyway/v1/+/{topic}"));
        lines.Add($"topic read {HomeAssistantPrefix}/device/+/config");
        lines.Add($"topic readwrite {HomeAssistantPrefix}/status");
        return string.Join('\n', lines) + "\n";
    }
}
