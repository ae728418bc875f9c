namespace Keyway.Firmware;

/// <summary>The names of the setup file's members.</summary>
internal static class SetupMembers
{
    // In the order of SetupMember. Provisioning tools write them: they do not change.
    private static readonly string[] Names =
    {
        "", "device_id", "device_secret", "site_secret", "offline_secret", "master_code",
        "capacity", "strike_ms", "relock_with_door", "held_open_s", "lockout_min",
        "wifi_ssid", "wifi_password", "broker_host", "broker_port", "broker_user",
        "broker_password", "ca_certificate", "client_certificate", "client_key", "ntp_server",
        "home_assistant",
    };

    /// <summary>The member's name in the file.</summary>
    internal static string NameOf(SetupMember member) => Names[(int)member];

    /// <summary>The member whose name was read last; None when it is not known.</summary>
    internal static SetupMember Read(JsonReader json)
    {
        for (int i = 1; i < Names.Length; i++)
        {
            if (json.TextIs(Names[i]))
            {
                return (SetupMember)i;
            }
        }

        return SetupMember.None;
    }

    /// <summary>True for what the lock can do without: a mistake there keeps it off the network
    /// and locks nobody out.</summary>
    internal static bool IsForNetwork(SetupMember member) => member >= SetupMember.WifiSsid;
}
