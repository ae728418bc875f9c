// Arbitrary images: mount, loading and a few commands neither hang nor throw, whatever lies on the
// flash, which is on the wrong side of the door.

using System.IO.Hashing;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Sweep;

/// <summary>Makes images of several kinds and starts storage over them.</summary>
public sealed class ImageFuzz
{
    private const int MostFindings = 20;
    private const int Operations = 60;
    private const int Sectors = 8;
    private const int Slices = 300;
    private readonly StorageShape _shape = new(Sectors, 90);
    private readonly byte[] _valid;
    private readonly Checksum _checksum = new();
    private readonly List<string> _findings = [];

    public ImageFuzz() => _valid = AgedImages.Of(Sectors, 700, 5).Image;

    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Bytes of one image.</summary>
    public int ImageBytes => _shape.ImageBytes;

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
            if (Use(image, seed) != StorageStatus.UnknownFormat)
            {
                Use(image, seed + 1);
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

    // Nothing can be said of what is there; but nothing throws, and what is stored can be used.
    private StorageStatus Use(byte[] image, int seed)
    {
        var clock = new VirtualClock();
        var life = new StorageLife(_shape.NewChip(clock, image), clock, _shape);
        StorageStatus status = life.Mount();
        if (!life.Log.IsMounted)
        {
            return status;
        }

        life.Load();
        for (int i = 0; i < Operations; i++)
        {
            for (int slice = 0; slice < Slices && !life.Log.IsReady; slice++)
            {
                life.Idle(StorageModel.Epoch);
            }

            Create(life, new StoredCode(seed * Operations + i, seed * Operations + i, false));
            life.Idle(StorageModel.Epoch);
        }

        return status;
    }

    private static void Create(StorageLife life, StoredCode wanted)
    {
        var code = new AccessCode();
        wanted.Fill(code, life.DeviceSecret, life.Attempts.Window.Next);
        if (life.SlotOf(wanted.Id, new AccessCode()) < 0
            && life.Book.Add(code, out int location) == StorageStatus.Ok)
        {
            life.Attempts.Add(code.Bytes, location);
            byte[] digits = wanted.Digits;
            CodeMatch match =
                life.Book.Match(digits, digits.Length,
                    new Moment().Set(true, StorageModel.Epoch, 0), new AccessCode());
            StorageViolation.Require(match == CodeMatch.Opens, ViolationKind.Lost,
                $"a code that was just stored: {match}");
            if (wanted.Number % 3 == 0)
            {
                life.Book.MarkUsed(code.Slot, StorageModel.Epoch);
            }
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
        SectorHeader.Write(
            _checksum, header, 0, _shape.Sectors, sequence, (int)random.NextBits());
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
            image[at + Frame.Type] = (byte)random.Next(
                random.Next(4) == 0 ? 256 : (int)FrameType.None);
            Frame.PutUInt16(image, at + Frame.Slot,
                random.Next(4) == 0 ? random.Next(65536) : random.Next(_shape.Capacity));
            if (random.Next(4) == 0)
            {
                Frame.PutUInt32(image, at + Frame.Serial, uint.MaxValue - (uint)random.Next(3));
                image[at + Frame.Group] |= (byte)(random.Next(2) * Frame.Carried);
            }
        }

        _checksum.Seal(sequence, image, offset, count);
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
