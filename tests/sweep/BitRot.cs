// Flipped bits anywhere in an image of a ring in use: damage stays where it is, and is reported.

using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;
using static Keyway.Tests.Sweep.StorageViolation;

namespace Keyway.Tests.Sweep;

/// <summary>Flips bits in an image, mounts and loads it.</summary>
public sealed class BitRot
{
    private const int MostFindings = 20;
    private readonly AgedImage _aged;
    private readonly StorageShape _shape;
    private readonly AccessCode _code = new();
    private readonly AccessCode _expected = new();
    private readonly AccessCode _answer = new();
    private readonly List<string> _findings = [];

    /// <summary>Takes an image to damage.</summary>
    public BitRot(int sectors, int age)
    {
        _aged = AgedImages.Of(sectors, age, 5);
        _shape = AgedImages.ShapeOf(sectors, Protection.None);
    }

    public IReadOnlyList<string> Findings => _findings;

    /// <summary>One to three flipped bits, decided by a seed.</summary>
    public void Run(int seed)
    {
        var random = new SeededRandom(seed);
        byte[] image = [.. _aged.Image];
        var places = new int[1 + random.Next(3)];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Choose(random, i == 0 ? -1 : places[0]);
            image[places[i]] ^= (byte)(1 << random.Next(8));
        }

        try
        {
            Judge(image, new TouchedFrames(_aged.Image, places));
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            if (_findings.Count < MostFindings)
            {
                string what = broken is StorageViolation ? broken.Message : broken.ToString();
                _findings.Add($"rot seed {seed}, bits at {Describe(places)}: {what}");
            }
        }
    }

    private void Judge(byte[] image, TouchedFrames touched)
    {
        var clock = new VirtualClock();
        var life = new StorageLife(_shape.NewChip(clock, image), clock, _shape);
        Require(life.Mount() == StorageStatus.Ok, ViolationKind.Lost, "mount");
        life.Load();
        StorageModel model = _aged.Model;
        int missing = 0;
        foreach (StoredCode code in model.Codes)
        {
            int slot = life.SlotOf(code.Id, _code);
            bool isWhole = slot >= 0 && IsWhole(life, code);
            Require(isWhole || touched.IsAbout(code.Id), ViolationKind.Lost,
                $"code {code.Number}.{code.Version} was not touched");
            missing += slot < 0 ? 1 : 0;
        }

        int reported = life.Loader.LostCodes + life.Loader.LostFrames + life.Book.LostCodes;
        Require(missing <= reported, ViolationKind.Lost,
            $"{missing} codes are missing, {reported} reported");
        for (uint serial = model.FirstSerial; serial < model.NextSerial; serial++)
        {
            StoredAnswer answer = model.Answers[(int)serial - 1];
            StorageStatus status =
                life.Attempts.Find(answer.Attempt.Id, _answer, out bool isFound);
            bool isRight = status == StorageStatus.Ok && isFound
                && answer.IsIn(_answer.Bytes, serial);
            Require(isRight || touched.IsAbout(answer.Attempt.Id), ViolationKind.Lost,
                $"the answer of {answer.Attempt} was not touched");
        }

        JudgeEvents(life, touched);
        int ghosts = model.Deleted.Count(deleted =>
            life.SlotOf(StoredCode.IdOf(deleted.Code), _code) >= 0
            && !touched.IsAbout(StoredCode.IdOf(deleted.Code)));
        Require(ghosts == 0, ViolationKind.Ghost, $"{ghosts} deleted codes are there");
    }

    private void JudgeEvents(StorageLife life, TouchedFrames touched)
    {
        StorageModel model = _aged.Model;
        for (uint sequence = model.AcknowledgedEver + 1; sequence < model.NextEvent; sequence++)
        {
            int number = model.Events[(int)sequence - 1];
            Require(life.Events.LocationOf(sequence) != 0
                || touched.IsAbout(new Operation(OperationKind.Event, number, 0).Id),
                ViolationKind.Lost, $"event {sequence} was not touched");
        }

        Require(touched.HasState || SavedState.Of(life.State) == model.State,
            ViolationKind.Lost, "the state was not touched");
    }

    private bool IsWhole(StorageLife life, StoredCode code)
    {
        code.Fill(_expected, life.DeviceSecret, _code.Serial);
        return _code.HasContentOf(_expected) && life.DeviceSecret.HasTag(_code)
            && life.Book.IsUsed(_code) == code.IsUsed;
    }

    // Anywhere, or in a header or an index, which are small.
    private int Choose(SeededRandom random, int near)
    {
        int bytes = _shape.ImageBytes - StorageShape.Address;
        int sector = random.Next(_shape.Sectors) * SpiNorFlash.SectorSizeBytes;
        int offset = random.Next(4) switch
        {
            0 => sector + random.Next(SectorHeader.ReadBytes),
            1 => sector + SpiNorFlash.SectorSizeBytes - 1 - random.Next(SectorIndex.SizeBytes),
            2 when near >= 0 => near - StorageShape.Address,
            _ => random.Next(bytes),
        };
        return StorageShape.Address + offset;
    }

    private static string Describe(int[] places) =>
        string.Join(", ", places.Select(place =>
            $"{(place - StorageShape.Address) / SpiNorFlash.SectorSizeBytes}"
            + $"+{place % SpiNorFlash.SectorSizeBytes}"));
}
