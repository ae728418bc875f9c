using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>What makes one lock differ from another. The board fills it at start-up.</summary>
/// <remarks>Fields, not properties: two accessors take 6 bytes of a device's heap each.</remarks>
public sealed class AgentSettings
{
    /// <summary>The version that the lock reports.</summary>
    public const string FirmwareVersion = Release.Version;

    // Made when first asked for: most sites ask nothing.
    private CodeConstraints _siteConstraints;

    /// <summary>For SetupReader, which has them one after another.</summary>
    internal AgentSettings()
    {
    }

    /// <summary>Takes what has no default.</summary>
    /// <param name="deviceId">The lock's UUID.</param>
    /// <param name="deviceSecret">32 random bytes; kept, not copied.</param>
    /// <exception cref="ArgumentException">
    /// The id is no UUID, or the secret has another length.
    /// </exception>
    public AgentSettings(string deviceId, byte[] deviceSecret)
    {
        var id = new byte[Uuid.SizeBytes];
        if (!Uuid.TryRead(deviceId, id, 0)
            || deviceSecret.Length != Firmware.DeviceSecret.SizeBytes)
        {
            throw new ArgumentException();
        }

        DeviceId = Uuid.ToText(id, 0);
        DeviceSecret = deviceSecret;
    }

    /// <summary>The lock's UUID, lower case.</summary>
    public string DeviceId { get; internal set; }

    /// <summary>32 bytes under which codes are hidden on flash.</summary>
    public byte[] DeviceSecret { get; internal set; }

    /// <summary>32 bytes that all locks of a site share, for codes with a common code key; null:
    /// this lock makes no digits from a key.</summary>
    public byte[] SiteSecret;

    /// <summary>32 bytes that this lock shares with its server, for offline codes; null: there are
    /// none.</summary>
    public byte[] OfflineSecret;

    /// <summary>True when the lock can check offline codes: it has the secret, and takes the digits
    /// that they may have.</summary>
    public bool HasOfflineCodes =>
        OfflineSecret != null && Constraints.Alphabet == DigitRules.AllDigits;

    /// <summary><see cref="Limits.MasterDigitsMin"/> to <see cref="Limits.CodeDigitsMax"/> digits
    /// that open programming mode; null: there is no such mode. Never a default.</summary>
    public string MasterCode;

    /// <summary>What the lock asks of the digits of a code.</summary>
    public CodeConstraints Constraints = new();

    /// <summary>What every lock of the site asks of digits that follow from a common code key;
    /// the same on all of them.</summary>
    public CodeConstraints SiteConstraints
    {
        get => _siteConstraints ??= new CodeConstraints();
        set => _siteConstraints = value;
    }

    /// <summary>Digits of a code that follows from a common code key.</summary>
    public int SiteCodeLength = 6;

    /// <summary>A create that would make guessing too easy is refused, and not only reported.
    /// </summary>
    public bool RefusesGuessable;

    /// <summary>Why the lock has started; of <see cref="BootReasons"/>.</summary>
    public string BootReason = BootReasons.Unknown;

    /// <summary>No connect begins before the time of day is known: TLS checks the dates of the
    /// broker's certificate.</summary>
    public bool NeedsClockToConnect;

    /// <summary>Home Assistant's discovery prefix, for instance homeassistant; null: the lock does
    /// not make itself known there.</summary>
    public string DiscoveryPrefix;

    /// <summary>Longest payload that this lock publishes, in bytes.</summary>
    internal int PublishBytes =>
        DiscoveryPrefix == null ? Limits.AnswerBytes : Limits.PublishBytes;

    /// <summary>Number of slots; 250 fits a board without PSRAM.</summary>
    public int Capacity = 250;

    /// <summary>JEDEC id of the flash that the board has, 0xMMTTCC; 0: any known part.</summary>
    public int FlashJedecId;

    /// <summary>Where the log begins in the flash, aligned to a sector.</summary>
    public int FlashAddress;

    /// <summary>Sectors of the log, up to 1024; 64 hold 1,000 codes. A code takes two frames,
    /// attempts and events 657; a sector holds 58, and a quarter of the sectors, at most eight,
    /// and two more are kept free.</summary>
    public int FlashSectors = 64;

    /// <summary>How long the strike is energized for a right code, in ms.</summary>
    public int StrikeMs = 5000;

    /// <summary>A pulse of the strike ends when the door has been opened and closed, and goes on
    /// while it stands open, up to <see cref="Limits.StrikeLongestMs"/>.</summary>
    public bool RelocksWithDoor;

    /// <summary>A door that stands open for so long is reported, in s; 0: never.</summary>
    public int HeldOpenSeconds = 60;

    /// <summary>Lockouts grow up to this, in min, <see cref="Limits.LockoutMinutesMin"/> to
    /// <see cref="Limits.LockoutMinutesMax"/>.</summary>
    public int LockoutMinutes = Limits.LockoutMinutesMin;

    /// <summary>What the keys mean, row by row: digits, * clears, # enters.</summary>
    public char[] KeyLegend = "123456789*0#".ToCharArray();

    /// <summary>From driving a column to reading the rows, in ms.</summary>
    public int KeySettleMs = 1;

    /// <summary>A key must be down for so long to count, in ms.</summary>
    public int KeyPressMs = 10;

    /// <summary>A key must be up for so long before it counts again, in ms.</summary>
    public int KeyReleaseMs = 15;
}
