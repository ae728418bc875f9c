using Keyway.Boards.Virtual;

namespace Keyway.Tests.Host.Storage;

/// <summary>A list of operations that a seed decides.</summary>
public static class StorageWorkload
{
    /// <summary>Makes a workload.</summary>
    /// <param name="seed">Decides it.</param>
    /// <param name="creates">Creates at its start, to come near the end of a sector.</param>
    /// <param name="mixed">Operations of every kind after them.</param>
    public static Operation[] Make(int seed, int creates, int mixed)
    {
        var random = new SeededRandom(seed);
        var operations = new List<Operation>();
        for (int i = 0; i < creates; i++)
        {
            operations.Add(new Operation(OperationKind.Create, i, 0));
        }

        for (int i = creates; i < creates + mixed; i++)
        {
            operations.Add(Next(random, i));
        }

        return [.. operations];
    }

    private static Operation Next(SeededRandom random, int number) => random.Next(16) switch
    {
        < 8 => new Operation(OperationKind.Create, number, 0),
        < 11 => new Operation(OperationKind.Refuse, number, 0),
        < 12 => new Operation(OperationKind.Repeat, random.Next(number + 1), 0),
        < 15 => new Operation(OperationKind.Idle, number, 1 + random.Next(8)),
        _ => new Operation(OperationKind.PowerCycle, number, 0),
    };
}
