using Keyway.Boards.Virtual;
using Keyway.Firmware;

namespace Keyway.Tests.Host.Storage;

/// <summary>An image with codes and what lies where in it; judges a damaged copy.</summary>
public sealed class StoredCodes
{
    private readonly AccessCode _code = new();
    private readonly AccessCode _expected = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private readonly int[] _locations;
    private readonly byte[] _image;

    /// <summary>Stores the codes.</summary>
    /// <param name="shape">The size.</param>
    /// <param name="codes">How many.</param>
    /// <param name="ready">Sectors that are ready first.</param>
    public StoredCodes(StorageShape shape, int codes, int ready)
    {
        Shape = shape;
        _locations = new int[codes];
        var clock = new VirtualClock();
        W25qChip chip = shape.NewChip(clock);
        StorageLife life = StorageShape.Make(chip, clock, shape);
        life.Mount();
        life.Load(clock, false);
        while (life.Log.Ring.ReadyCount < ready)
        {
            life.Idle(clock);
        }

        for (int i = 0; i < codes; i++)
        {
            OperationOf(i).Fill(_code, life.DeviceSecret, life.Attempts.Window.Next);
            if (life.Book.Add(_code, out _locations[i]) != StorageStatus.Ok)
            {
                throw new StorageViolation($"code {i} was not stored");
            }

            life.Attempts.Add(_code.Bytes, _locations[i]);
        }

        _image = chip.Image;
    }

    public StorageShape Shape { get; }

    /// <summary>A copy of the image.</summary>
    public byte[] Copy() => [.. _image];

    /// <summary>Where a code's group begins in the image.</summary>
    public int PlaceOf(int code) => StorageShape.Address + _locations[code] * Frame.SizeBytes;

    /// <summary>The command that stored a code.</summary>
    public static Operation OperationOf(int code) => new(OperationKind.Create, code, 0);

    /// <summary>Mounts and loads an image.</summary>
    /// <exception cref="StorageViolation">It hangs.</exception>
    public static StorageLife Load(
        StorageShape shape, byte[] image, out VirtualClock clock, out StorageStatus status)
    {
        clock = new VirtualClock();
        W25qChip chip = shape.NewChip(clock, image);
        StorageLife life = StorageShape.Make(chip, clock, shape);
        status = life.Mount();
        if (life.Log.IsMounted)
        {
            life.Load(clock, false);
        }

        return life;
    }

    /// <summary>Judges a damaged image, mounted and loaded.</summary>
    /// <param name="life">What was made of it.</param>
    /// <param name="isTouched">Says of a code whether its group was damaged.</param>
    /// <exception cref="StorageViolation">Damage goes further, or is not reported.</exception>
    public void Judge(StorageLife life, Func<int, bool> isTouched)
    {
        int missing = 0;
        for (int i = 0; i < _locations.Length; i++)
        {
            Operation operation = OperationOf(i);
            int slot = life.Book.FindById(operation.AccessCodeId, 0, _code);
            bool isWhole = slot >= 0 && IsWhole(life, operation);
            if (!isWhole && !isTouched(i))
            {
                throw new StorageViolation($"code {i} is lost and was not touched");
            }

            missing += isWhole || IsReported(life, operation) ? 0 : 1;
            StorageStatus status = life.Attempts.Find(operation.AttemptId, _frame, out bool found);
            if (status != StorageStatus.Ok || (!found && !isTouched(i)))
            {
                throw new StorageViolation($"the attempt of code {i} is lost and was not touched");
            }
        }

        if (life.Book.Count > _locations.Length)
        {
            throw new StorageViolation($"{life.Book.Count} codes and not {_locations.Length}");
        }

        if (missing > life.Loader.LostCodes)
        {
            throw new StorageViolation(
                $"{missing} codes are missing, {life.Loader.LostCodes} reported");
        }
    }

    private bool IsWhole(StorageLife life, Operation operation)
    {
        operation.Fill(_expected, life.DeviceSecret, _code.Serial);
        return _code.HasContentOf(_expected) && life.DeviceSecret.HasTag(_code);
    }

    // A code whose second frame is damaged is found out when somebody enters it.
    private static bool IsReported(StorageLife life, Operation operation)
    {
        byte[] digits = operation.Digits;
        return life.Book.Match(digits, digits.Length, false, 0, out _) == CodeMatch.Damaged;
    }
}
