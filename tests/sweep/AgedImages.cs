// Rings that have been in use for a while, made once and used by many scenarios: cuts then hit
// carrying on, retiring and erasing at once. StorageRun asks for them.

using System.Collections.Concurrent;
using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sweep;

/// <summary>Images after a number of operations without a cut, and what they must hold.</summary>
public static class AgedImages
{
    private const int Capacity = 16;
    private const int FirstSectorsOfAll = 16;
    private static readonly ConcurrentDictionary<(int, int, int, bool), Lazy<AgedImage>> Made =
        new();

    /// <summary>The shape of a ring of sectors.</summary>
    public static StorageShape ShapeOf(int sectors, Protection without) =>
        new(sectors, Capacity) { Without = without };

    /// <summary>The image of an age.</summary>
    /// <param name="sectors">Sectors of the region.</param>
    /// <param name="age">Operations done.</param>
    /// <param name="seed">Decides them.</param>
    /// <param name="without">The protection that is off afterwards. Only that of the checksums is
    /// off before, too: frames of both kinds would not go together.</param>
    public static AgedImage Of(
        int sectors, int age, int seed, Protection without = Protection.None) =>
        Made.GetOrAdd((sectors, age, seed, without == Protection.Seed),
            key => new Lazy<AgedImage>(() => Make(sectors, age, seed,
                without == Protection.Seed ? without : Protection.None))).Value;

    private static AgedImage Make(int sectors, int age, int seed, Protection without)
    {
        var clock = new VirtualClock();
        StorageShape shape = ShapeOf(sectors, without);
        W25qChip chip = shape.NewChip(clock);
        var model = new StorageModel();
        var performer = new Performer(model, new Oracle(model));
        var life = new StorageLife(chip, clock, shape);
        performer.Life = life;
        if (sectors < FirstSectorsOfAll)
        {
            // Room is left for the attempts of the scenario itself: they count for a long time.
            performer.AttemptsMax = life.Log.LiveFramesMax / 3;
        }

        if (age > 0)
        {
            life.Mount();
            life.Load();
            foreach (Operation operation in StorageWorkload.Make(seed, 0, age, false))
            {
                if (operation.Kind != OperationKind.PowerCycle)
                {
                    performer.Do(operation);
                }
            }

            while (life.Log.Ring.IsErasing)
            {
                life.Idle(model.Utc);
            }
        }

        return new AgedImage(chip.Image, model, age);
    }
}
