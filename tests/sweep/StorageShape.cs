using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Sweep;

/// <summary>The size of what is tested, and how long its chip takes.</summary>
/// <param name="Sectors">Sectors of the region.</param>
/// <param name="Capacity">Slots.</param>
public sealed record StorageShape(int Sectors, int Capacity)
{
    /// <summary>The region begins behind something that is not the storage's.</summary>
    public const int Address = SpiNorFlash.SectorSizeBytes;

    /// <summary>A few slices of idle time, so that appends meet erases under way.</summary>
    public const int EraseNanoseconds = 3_000_000;

    /// <summary>Shorter than a real one, which is nothing but polls.</summary>
    public const int ProgramNanoseconds = 20_000;

    /// <summary>Most slices that any recovery or erase of a small ring may need.</summary>
    public const int MostSlices = 20_000;

    /// <summary>The chip's JEDEC id.</summary>
    public int PartId { get; init; } = 0xEF4017;

    /// <summary>What is switched off.</summary>
    public Protection Without { get; init; }

    public int ImageBytes => Address + Sectors * SpiNorFlash.SectorSizeBytes;

    /// <summary>A blank chip.</summary>
    public W25qChip NewChip(VirtualClock clock)
    {
        byte[] image = new byte[ImageBytes];
        Array.Fill(image, (byte)0xFF);
        return NewChip(clock, image);
    }

    /// <summary>A chip over an image, which becomes the chip's.</summary>
    public W25qChip NewChip(VirtualClock clock, byte[] image) =>
        new(FlashParts.Find(PartId), clock, image)
        {
            EraseNanoseconds = EraseNanoseconds,
            ProgramNanoseconds = ProgramNanoseconds,
        };
}
