// Worn sectors of which an erase clears the first page only: the frames of their earlier life lie
// behind the new ones. Tests run it; it is what the seed of the checksums is for.

using Keyway.Boards.Virtual;
using Keyway.Firmware;

namespace Keyway.Tests.Sweep;

/// <summary>A ring in use in which one erase after the other does half its work.</summary>
/// <param name="without">The protection that is switched off.</param>
public sealed class HalfErasedLife(Protection without)
{
    private const int Sectors = 9;
    private const int Age = 700;
    private const int OperationsMax = 2000;
    private readonly VirtualClock _clock = new();

    /// <summary>Sectors with an earlier life behind them that were written and mounted.</summary>
    public int Mounted { get; private set; }

    /// <summary>Goes on until so many half-erased sectors were written and mounted.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="StorageViolation">A promise is broken.</exception>
    public void Run(int count)
    {
        AgedImage aged = AgedImages.Of(Sectors, Age, 1, without);
        StorageModel model = aged.Model.Clone();
        var oracle = new Oracle(model);
        var performer = new Performer(model, oracle);
        StorageShape shape = AgedImages.ShapeOf(Sectors, without);
        W25qChip chip = shape.NewChip(_clock, [.. aged.Image]);
        performer.Life = Start(chip, shape, oracle);
        foreach (Operation operation in StorageWorkload.Make(1, Age, OperationsMax, false))
        {
            StorageLife life = performer.Life;
            while (!life.Log.IsReady && !IsInHalfErased(life))
            {
                life.Idle(model.Utc);
            }

            if (!IsInHalfErased(life) && operation.Kind != OperationKind.PowerCycle)
            {
                performer.Do(operation);
            }

            if (IsInHalfErased(life))
            {
                Mounted++;
                performer.Life = Start(chip, shape, oracle);
            }

            if (Mounted == count)
            {
                return;
            }
        }
    }

    private static bool IsInHalfErased(StorageLife life) =>
        life.Wire.HalfErased >= 0 && life.Log.End.Head == life.Wire.HalfErased;

    private StorageLife Start(W25qChip chip, StorageShape shape, Oracle oracle)
    {
        chip.LosePower(Mounted);
        chip.RestorePower();
        var life = new StorageLife(chip, _clock, shape);
        StorageStatus status = life.Mount();
        StorageViolation.Require(
            status == StorageStatus.Ok, ViolationKind.Lost, $"mount ends with {status}");
        life.Load();
        oracle.Judge(life);
        life.Wire.HalvesNextErase = true;
        return life;
    }
}
