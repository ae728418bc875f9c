namespace Keyway.Boards.Esp32DevKitC;

/// <summary>
/// The members of <c>I:\keyway.json</c> as they are spelled there; BoardConfiguration reads and
/// judges them.
/// </summary>
/// <remarks>
/// nanoFramework.Json looks for a property of exactly the member's name, so the names here are the
/// file's. Strings and ints only: its other conversions are not to be trusted.
/// </remarks>
public sealed class KeywayJson
{
    /// <summary>The lock's UUID.</summary>
    public string device_id { get; set; }

    /// <summary>Base64 of 32 random bytes.</summary>
    public string device_secret { get; set; }

    /// <summary>Base64 of 32 random bytes; may be absent.</summary>
    public string site_secret { get; set; }

    /// <summary>Base64 of 32 random bytes; absent: there are no offline codes.</summary>
    public string offline_secret { get; set; }

    /// <summary>The Wi-Fi network's name.</summary>
    public string wifi_ssid { get; set; }

    /// <summary>Its pass phrase; absent for an open network.</summary>
    public string wifi_password { get; set; }

    /// <summary>The broker's name or address.</summary>
    public string broker_host { get; set; }

    /// <summary>Absent or 0: 8883 with a certificate, 1883 without.</summary>
    public int broker_port { get; set; }

    /// <summary>User name at the broker; may be absent.</summary>
    public string broker_user { get; set; }

    /// <summary>Password at the broker; may be absent.</summary>
    public string broker_password { get; set; }

    /// <summary>PEM of whoever signed the broker's certificate; absent: no TLS.</summary>
    public string ca_certificate { get; set; }

    /// <summary>Slots for access codes; absent or 0: the firmware's own number.</summary>
    public int capacity { get; set; }

    /// <summary>8 to 12 digits that open programming mode; absent: there is no such mode.
    /// </summary>
    public string master_code { get; set; }

    /// <summary>1: the strike's pulse waits for the door; absent or 0: it does not.</summary>
    public int relock_with_door { get; set; }

    /// <summary>A door that stands open so long is reported; absent or 0: 60 s, -1: never.
    /// </summary>
    public int held_open_s { get; set; }

    /// <summary>Lockouts grow up to this; absent or 0: 15 min.</summary>
    public int lockout_min { get; set; }

    /// <summary>How long the strike is energized; absent or 0: 5,000 ms.</summary>
    public int strike_ms { get; set; }
}
