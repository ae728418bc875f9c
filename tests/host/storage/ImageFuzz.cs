// Arbitrary images: mount, loading and a few commands neither hang nor throw, whatever lies on the
// flash, which is on the wrong side of the door.

using System.IO.Hashing;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Host.Storage;

/// <summary>Makes images of several kinds and starts storage over them.</summary>
public sealed class ImageFuzz
{
    private const int MostFindings = 20;
    private const int Commands = 40;
    private readonly StorageShape _shape = new(5, 90);
    private readonly byte[] _valid;
    private readonly byte[] _scratch = new byte[Frame.SizeBytes];
    private readonly List<string> _findings = [];

    public ImageFuzz() => _valid = new StoredCodes(_shape, 80, 4).Copy();

    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Starts over the image of a seed, creates codes, and starts again.</summary>
    public void Run(int seed)
    {
        var random = new SeededRandom(seed);
        byte[] image = (seed % 5) switch
        {
            0 => RandomBytes(random),
            1 => Spliced(random),
            2 => Torn(random),
            3 => Crafted(random, false),
            _ => Crafted(random, true),
        };
        try
        {
            StorageLife life = StoredCodes.Load(
                _shape, image, out VirtualClock clock, out StorageStatus status);
            if (status != StorageStatus.UnknownFormat)
            {
                Create(life, clock);
                StoredCodes.Load(_shape, image, out _, out _);
            }
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            if (_findings.Count < MostFindings)
            {
                _findings.Add($"fuzz seed {seed}: {broken}");
            }
        }
    }

    private static void Create(StorageLife life, VirtualClock clock)
    {
        var code = new AccessCode();
        life.IdleUntilReady(clock);
        for (int i = 0; i < Commands; i++)
        {
            var operation = new Operation(OperationKind.Create, 10_000 + i, 0);
            operation.Fill(code, life.DeviceSecret, life.Attempts.Window.Next);
            StorageStatus status = life.Book.Add(code, out int location);
            if (status == StorageStatus.Ok)
            {
                life.Attempts.Add(code.Bytes, location);
                RequireOpens(life, operation);
            }

            life.Idle(clock);
        }
    }

    private static void RequireOpens(StorageLife life, Operation operation)
    {
        byte[] digits = operation.Digits;
        CodeMatch match = life.Book.Match(digits, digits.Length, false, 0, out _);
        if (match != CodeMatch.Opens)
        {
            throw new StorageViolation($"a code that was just stored: {match}");
        }
    }

    private byte[] RandomBytes(SeededRandom random)
    {
        byte[] image = new byte[_shape.ImageBytes];
        random.Fill(image, 0, image.Length);
        return image;
    }

    private byte[] Spliced(SeededRandom random)
    {
        byte[] image = [.. _valid];
        for (int sector = 0; sector < _shape.Sectors; sector++)
        {
            int from = random.Next(_shape.Sectors) * SpiNorFlash.SectorSizeBytes;
            Array.Copy(_valid, StorageShape.Address + from, image,
                StorageShape.Address + sector * SpiNorFlash.SectorSizeBytes,
                SpiNorFlash.SectorSizeBytes);
        }

        return image;
    }

    private byte[] Torn(SeededRandom random)
    {
        byte[] image = [.. _valid];
        int from = StorageShape.Address + random.Next(image.Length - StorageShape.Address);
        Array.Fill(image, random.Next(2) == 0 ? (byte)0xFF : (byte)0, from, image.Length - from);
        return image;
    }

    // Right checksums everywhere, nonsense under them.
    private byte[] Crafted(SeededRandom random, bool isChain)
    {
        byte[] image = RandomBytes(random);
        uint first = isChain ? 1 + (uint)random.Next(4) : random.NextBits();
        for (int sector = 0; sector < _shape.Sectors; sector++)
        {
            int start = StorageShape.Address + sector * SpiNorFlash.SectorSizeBytes;
            uint sequence = isChain ? first + (uint)sector
                : random.Next(2) == 0 ? uint.MaxValue - (uint)random.Next(3) : random.NextBits();
            PutHeader(random, image, start, sequence);
            int frame = SectorIndex.FirstFrame;
            while (frame < SlotLog.FramesPerSector && random.Next(40) != 0)
            {
                frame += PutGroup(random, image, start, frame, sequence);
            }
        }

        return image;
    }

    private void PutHeader(SeededRandom random, byte[] image, int start, uint sequence)
    {
        byte[] header = new byte[SectorHeader.ReadBytes];
        Array.Fill(header, (byte)0xFF);
        new SectorHeader().Write(header, _shape.Sectors, sequence, (int)random.NextBits());
        if (random.Next(8) == 0)
        {
            header[SectorHeader.ReadBytes - 1] = 0;
        }

        header.CopyTo(image, start);
    }

    private int PutGroup(SeededRandom random, byte[] image, int start, int frame, uint sequence)
    {
        int count = 1 + random.Next(SlotLog.FramesPerPage - frame % SlotLog.FramesPerPage);
        int offset = start + frame * Frame.SizeBytes;
        for (int i = 0; i < count; i++)
        {
            int at = offset + i * Frame.SizeBytes;
            image[at + Frame.Type] = (byte)(random.Next(4) == 0 ? random.Next(256) : 1 + i % 3);
            Frame.PutUInt16(image, at + Frame.Slot,
                random.Next(4) == 0 ? random.Next(65536) : random.Next(_shape.Capacity));
            if (random.Next(4) == 0)
            {
                Frame.PutUInt32(image, at + Frame.Serial, uint.MaxValue - (uint)random.Next(3));
            }
        }

        Frame.SealGroup(_scratch, sequence, image, offset, count);
        if (frame + count == SlotLog.FramesPerSector && random.Next(2) == 0)
        {
            SealIndex(image, start, sequence);
        }

        return count;
    }

    private static void SealIndex(byte[] image, int start, uint sequence)
    {
        int index = start + (SectorIndex.LastFrame + 1) * Frame.SizeBytes;
        byte[] sealedBytes = new byte[SectorIndex.SizeBytes];
        Frame.PutUInt32(sealedBytes, 0, sequence);
        Array.Copy(image, index, sealedBytes, 4, SectorIndex.SizeBytes - 4);
        Frame.PutUInt32(image, index + SectorIndex.SizeBytes - 4, Crc32.HashToUInt32(sealedBytes));
    }
}
