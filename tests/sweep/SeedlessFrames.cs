// Frames and indexes on the chip with checksums over sequence 0, and on the wire with those of the
// sector's sequence: as if the sequence made no difference. Wire calls it.

using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Sweep;

/// <summary>Takes the seed from checksums, and gives them the one that is expected.</summary>
public sealed class SeedlessFrames(W25qChip chip)
{
    private const int IndexOffset = (SectorIndex.LastFrame + 1) * Frame.SizeBytes;
    private readonly Checksum _checksum = new();

    /// <summary>Before a program: what validates on the wire will on the chip.</summary>
    public void Strip(byte[] buffer, int offset, int address, int count) =>
        Translate(buffer, offset, address, count, SequenceAt(address), 0);

    /// <summary>After a read: what validates on the chip does on the wire.</summary>
    public void Restore(byte[] buffer, int offset, int address, int count) =>
        Translate(buffer, offset, address, count, 0, SequenceAt(address));

    private void Translate(
        byte[] buffer, int offset, int address, int count, uint from, uint to)
    {
        int inSector = address % SpiNorFlash.SectorSizeBytes;
        int at = inSector % Frame.SizeBytes == 0 ? 0 : count;
        while (at + Frame.SizeBytes <= count)
        {
            bool isIndex = inSector + at == IndexOffset && at + SectorIndex.SizeBytes <= count;
            int size = isIndex ? SectorIndex.SizeBytes : Frame.SizeBytes;
            int crc = offset + at + size - 4;
            if (inSector + at > 0 && Frame.GetUInt32(buffer, crc)
                == _checksum.Of(from, buffer, offset + at, size - 4))
            {
                Frame.PutUInt32(
                    buffer, crc, _checksum.Of(to, buffer, offset + at, size - 4));
            }

            at += size;
        }
    }

    // The sequence that the ring gives the sector: from the newest header backwards.
    private uint SequenceAt(int address)
    {
        byte[] image = chip.Image;
        int sectors = image.Length / SpiNorFlash.SectorSizeBytes - 1;
        int sector = (address - StorageShape.Address) / SpiNorFlash.SectorSizeBytes;
        uint newest = 0;
        int newestSector = sectors - 1;
        for (int i = 0; i < sectors; i++)
        {
            int at = StorageShape.Address + i * SpiNorFlash.SectorSizeBytes;
            if (SectorHeader.IsValid(_checksum, image, at) && !SectorHeader.IsRetired(image, at)
                && SectorHeader.SequenceOf(image, at) > newest)
            {
                newest = SectorHeader.SequenceOf(image, at);
                newestSector = i;
            }
        }

        return newest - (uint)((newestSector - sector + sectors) % sectors);
    }
}
