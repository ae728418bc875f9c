namespace Keyway.Hal;

/// <summary>One flash chip: what its datasheet says that the driver needs.</summary>
public sealed class FlashPart
{
    /// <summary>Describes one part.</summary>
    /// <param name="name">The maker's name of it.</param>
    /// <param name="jedecId">Manufacturer, type and capacity, as 9Fh answers: 0xMMTTCC.</param>
    /// <param name="sizeBytes">Capacity in bytes.</param>
    /// <param name="pageProgramMaxMs">Longest page program.</param>
    /// <param name="sectorEraseMaxMs">Longest erase of a 4 KiB sector.</param>
    /// <param name="canSuspend">75h, 7Ah: see <see cref="CanSuspend"/>.</param>
    public FlashPart(string name, int jedecId, int sizeBytes, int pageProgramMaxMs,
        int sectorEraseMaxMs, bool canSuspend)
    {
        Name = name;
        JedecId = jedecId;
        SizeBytes = sizeBytes;
        PageProgramMaxMs = pageProgramMaxMs;
        SectorEraseMaxMs = sectorEraseMaxMs;
        CanSuspend = canSuspend;
    }

    /// <summary>The maker's name of the part.</summary>
    public string Name { get; }

    /// <summary>Manufacturer, type and capacity as 9Fh answers: 0xMMTTCC.</summary>
    public int JedecId { get; }

    /// <summary>Capacity in bytes.</summary>
    public int SizeBytes { get; }

    /// <summary>Longest page program in ms.</summary>
    public int PageProgramMaxMs { get; }

    /// <summary>Longest erase of a 4 KiB sector in ms.</summary>
    public int SectorEraseMaxMs { get; }

    /// <summary>
    /// True when 75h suspends an erase, other sectors may be read and programmed meanwhile, and 7Ah
    /// resumes it.
    /// </summary>
    public bool CanSuspend { get; }
}
