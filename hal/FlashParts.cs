namespace Keyway.Hal;

/// <summary>The parts that <see cref="SpiNorFlash"/> knows, by JEDEC id.</summary>
/// <remarks>
/// Winbond: W25Q16JV rev. K, W25Q32JV rev. I, W25Q64JV rev. N, W25Q128JV rev. H, sections
/// "Manufacturer and Device Identification" and "AC Electrical Characteristics" (tPP 3 ms, tSE
/// 400 ms). GigaDevice: GD25Q32C rev. 3.3, sections "Table of ID Definitions" and "AC
/// Characteristics" (tPP 2.4 ms, tSE 300 ms up to 85 C; 400 ms is used for the wider range). Its
/// suspend is not used: section "Program/Erase Suspend" of the family (GD25Q16C, GD25Q128C) forbids
/// a page program while an erase is suspended.
/// </remarks>
public static class FlashParts
{
    /// <summary>A new table of all known parts; the caller's.</summary>
    public static FlashPart[] All() => new FlashPart[]
    {
        new("W25Q16JV", 0xEF4015, 2 * 1024 * 1024, 3, 400, true),
        new("W25Q32JV", 0xEF4016, 4 * 1024 * 1024, 3, 400, true),
        new("W25Q64JV", 0xEF4017, 8 * 1024 * 1024, 3, 400, true),
        new("W25Q128JV", 0xEF4018, 16 * 1024 * 1024, 3, 400, true),
        new("GD25Q32C", 0xC84016, 4 * 1024 * 1024, 3, 400, false),
    };

    /// <summary>The known part that has an id.</summary>
    /// <param name="jedecId">0xMMTTCC.</param>
    /// <returns>The part, or null when it is not known.</returns>
    public static FlashPart Find(int jedecId)
    {
        FlashPart[] parts = All();
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].JedecId == jedecId)
            {
                return parts[i];
            }
        }

        return null;
    }

    /// <summary>The longest erase of a sector among all known parts, in ms.</summary>
    public static int LongestSectorEraseMs()
    {
        FlashPart[] parts = All();
        int longestMs = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            longestMs = parts[i].SectorEraseMaxMs > longestMs
                ? parts[i].SectorEraseMaxMs
                : longestMs;
        }

        return longestMs;
    }
}
