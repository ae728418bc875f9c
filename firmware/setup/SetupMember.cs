namespace Keyway.Firmware;

/// <summary>The members of a board's setup file; <see cref="SetupMembers"/> has their names.
/// </summary>
internal enum SetupMember
{
    /// <summary>No member that is known.</summary>
    None = 0,

    /// <summary>The lock's UUID.</summary>
    DeviceId = 1,

    /// <summary>Base64 of 32 bytes.</summary>
    DeviceSecret = 2,

    /// <summary>Base64 of 32 bytes.</summary>
    SiteSecret = 3,

    /// <summary>Base64 of 32 bytes.</summary>
    OfflineSecret = 4,

    /// <summary>Digits that open programming mode.</summary>
    MasterCode = 5,

    /// <summary>Slots for access codes.</summary>
    Capacity = 6,

    /// <summary>How long the strike is energized.</summary>
    StrikeMs = 7,

    /// <summary>The strike's pulse waits for the door.</summary>
    RelockWithDoor = 8,

    /// <summary>A door that stands open so long is reported.</summary>
    HeldOpenSeconds = 9,

    /// <summary>Lockouts grow up to this.</summary>
    LockoutMinutes = 10,

    /// <summary>The Wi-Fi network's name; this and all below are for the network.</summary>
    WifiSsid = 11,

    /// <summary>Its pass phrase.</summary>
    WifiPassword = 12,

    /// <summary>The broker's name or address.</summary>
    BrokerHost = 13,

    /// <summary>Its TCP port.</summary>
    BrokerPort = 14,

    /// <summary>User name at the broker.</summary>
    BrokerUser = 15,

    /// <summary>Password at the broker.</summary>
    BrokerPassword = 16,

    /// <summary>PEM of who signed the broker's certificate.</summary>
    CaCertificate = 17,

    /// <summary>PEM of the lock's own certificate.</summary>
    ClientCertificate = 18,

    /// <summary>PEM of its key.</summary>
    ClientKey = 19,

    /// <summary>The time server.</summary>
    NtpServer = 20,

    /// <summary>The lock makes itself known to Home Assistant.</summary>
    HomeAssistant = 21,
}
