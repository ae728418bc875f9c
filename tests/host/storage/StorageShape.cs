using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Host.Storage;

/// <summary>Makes the storage objects of one life over a chip: the place to put mutants.</summary>
public delegate StorageLife StorageFactory(ISpiDevice chip, IClock clock, StorageShape shape);

/// <summary>The size of what is tested, and how long its chip takes.</summary>
/// <param name="Sectors">Sectors of the region.</param>
/// <param name="Capacity">Slots.</param>
public sealed record StorageShape(int Sectors, int Capacity)
{
    /// <summary>The region begins behind something that is not the storage's.</summary>
    public const int Address = SpiNorFlash.SectorSizeBytes;

    /// <summary>A few slices of idle time, so that appends meet erases under way.</summary>
    public const int EraseNanoseconds = 3_000_000;

    /// <summary>Most slices that any recovery or erase of a small ring may need.</summary>
    public const int MostSlices = 5000;

    /// <summary>The chip's JEDEC id.</summary>
    public int PartId { get; init; } = 0xEF4017;

    public int ImageBytes => Address + Sectors * SpiNorFlash.SectorSizeBytes;

    /// <summary>The storage as the firmware wires it.</summary>
    public static StorageLife Make(ISpiDevice chip, IClock clock, StorageShape shape) =>
        new(chip, clock, shape);

    /// <summary>A blank chip.</summary>
    public W25qChip NewChip(VirtualClock clock) =>
        new(FlashParts.Find(PartId), clock, ImageBytes) { EraseNanoseconds = EraseNanoseconds };

    /// <summary>A chip over an image, which becomes the chip's.</summary>
    public W25qChip NewChip(VirtualClock clock, byte[] image) =>
        new(FlashParts.Find(PartId), clock, image) { EraseNanoseconds = EraseNanoseconds };
}
