using Keyway.Boards.Virtual;
using Keyway.Firmware;

namespace Keyway.Tests.Sim;

/// <summary>What one lock has of its own, as a board would have it.</summary>
public static class SettingsMaker
{
    /// <summary>Fewest digits of a code: fewer occur in what a lock says by accident.</summary>
    public const int Shortest = 8;

    /// <summary>Makes the settings of a lock.</summary>
    /// <param name="chance">Decides.</param>
    /// <param name="deviceId">Its UUID.</param>
    /// <param name="sectors">Of its log.</param>
    public static AgentSettings Make(Chance chance, string deviceId, int sectors)
    {
        var settings = new AgentSettings(deviceId, Secret(chance))
        {
            OfflineSecret = Secret(chance),
            MasterCode = chance.OneIn(5) ? null : chance.Digits(chance.Between(8, 12)),
            Capacity = chance.Between(4, 12),
            FlashSectors = sectors,
            KeySettleMs = chance.Below(2),
            StrikeMs = chance.Between(1, 5) * 1000,
            RelocksWithDoor = chance.OneIn(2),
            LockoutMinutes = chance.OneIn(2) ? Limits.LockoutMinutesMin : 60,
        };
        settings.Constraints.Lengths = (2 << Limits.CodeDigitsMax) - (1 << Shortest);
        return settings;
    }

    private static byte[] Secret(Chance chance)
    {
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        new SeededRandom(chance.Below(1000)).Fill(secret, 0, secret.Length);
        return secret;
    }
}
