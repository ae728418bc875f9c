// Flipped bits anywhere in an image: damage stays where it is, and is reported.

using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Host.Storage;

/// <summary>Flips bits in an image, mounts and loads it.</summary>
public sealed class BitRot
{
    private const int MostFindings = 20;
    private readonly StoredCodes _stored;
    private readonly int _codes;
    private readonly List<string> _findings = [];

    /// <summary>Stores codes to damage.</summary>
    /// <param name="codes">How many.</param>
    public BitRot(int codes)
    {
        _codes = codes;
        _stored = new StoredCodes(new StorageShape(6, codes + 10), codes, 5);
    }

    public IReadOnlyList<string> Findings => _findings;

    public int Failed { get; private set; }

    /// <summary>One to three flipped bits, decided by a seed.</summary>
    public void Run(int seed)
    {
        var random = new SeededRandom(seed);
        byte[] image = _stored.Copy();
        var places = new int[1 + random.Next(3)];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Choose(random, i == 0 ? -1 : places[0]);
            image[places[i]] ^= (byte)(1 << random.Next(8));
        }

        try
        {
            StorageLife life = StoredCodes.Load(_stored.Shape, image, out _, out _);
            _stored.Judge(life, code => places.Any(place => IsIn(place, code)));
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            Failed++;
            if (_findings.Count < MostFindings)
            {
                string what = broken is StorageViolation ? broken.Message : broken.ToString();
                _findings.Add($"rot seed {seed}, bits at {Describe(places)}: {what}");
            }
        }
    }

    // Anywhere, or in a header or an index, which are small.
    private int Choose(SeededRandom random, int near)
    {
        int bytes = _stored.Shape.ImageBytes - StorageShape.Address;
        int sector = random.Next(_stored.Shape.Sectors) * SpiNorFlash.SectorSizeBytes;
        int offset = random.Next(4) switch
        {
            0 => sector + random.Next(SectorHeader.ReadBytes),
            1 => sector + SpiNorFlash.SectorSizeBytes - 1 - random.Next(SectorIndex.SizeBytes),
            2 when near >= 0 => near - StorageShape.Address,
            _ => random.Next(bytes),
        };
        return StorageShape.Address + offset;
    }

    private bool IsIn(int place, int code) => code < _codes
        && place >= _stored.PlaceOf(code)
        && place < _stored.PlaceOf(code) + AccessCode.FrameCount * Frame.SizeBytes;

    private static string Describe(int[] places) =>
        string.Join(", ", places.Select(place =>
            $"{(place - StorageShape.Address) / SpiNorFlash.SectorSizeBytes}"
            + $"+{place % SpiNorFlash.SectorSizeBytes}"));
}
