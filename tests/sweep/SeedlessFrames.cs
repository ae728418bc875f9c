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
    private readonly byte[] _frameScratch = new byte[Frame.SizeBytes];
    private readonly byte[] _indexScratch = new byte[SectorIndex.SizeBytes];

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
            byte[] scratch = isIndex ? _indexScratch : _frameScratch;
            int crc = offset + at + scratch.Length - 4;
            if (inSector + at > 0 && Frame.GetUInt32(buffer, crc)
                == Frame.Checksum(scratch, from, buffer, offset + at))
            {
                Frame.PutUInt32(
                    buffer, crc, Frame.Checksum(scratch, to, buffer, offset + at));
            }

            at += scratch.Length;
        }
    }

    // The sequence that the ring gives the sector: from the newest header backwards.
    private uint SequenceAt(int address)
    {
        byte[] image = chip.Image;
        int sectors = image.Length / SpiNorFlash.SectorSizeBytes - 1;
        int sector = (address - StorageShape.Address) / SpiNorFlash.SectorSizeBytes;
        var header = new SectorHeader();
        byte[] bytes = new byte[SectorHeader.ReadBytes];
        uint newest = 0;
        int newestSector = sectors - 1;
        for (int i = 0; i < sectors; i++)
        {
            Array.Copy(image, StorageShape.Address + i * SpiNorFlash.SectorSizeBytes, bytes, 0,
                bytes.Length);
            if (header.TryRead(bytes) && !header.Retired && header.Sequence > newest)
            {
                newest = header.Sequence;
                newestSector = i;
            }
        }

        return newest - (uint)((newestSector - sector + sectors) % sectors);
    }
}
