using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sweep;

/// <summary>A list of operations that a seed decides.</summary>
public static class StorageWorkload
{
    private const int ChoiceBound = 1 << 20;

    private static readonly OperationKind[] Kinds =
    [
        .. Enumerable.Repeat(OperationKind.Create, 7),
        .. Enumerable.Repeat(OperationKind.Refuse, 2),
        .. Enumerable.Repeat(OperationKind.Repeat, 1),
        .. Enumerable.Repeat(OperationKind.Update, 4),
        .. Enumerable.Repeat(OperationKind.Delete, 5),
        .. Enumerable.Repeat(OperationKind.MarkUsed, 4),
        .. Enumerable.Repeat(OperationKind.Event, 4),
        .. Enumerable.Repeat(OperationKind.Acknowledge, 2),
        .. Enumerable.Repeat(OperationKind.State, 2),
        .. Enumerable.Repeat(OperationKind.Idle, 6),
        .. Enumerable.Repeat(OperationKind.PowerCycle, 1),
    ];

    /// <summary>Makes a workload.</summary>
    /// <param name="seed">Decides it.</param>
    /// <param name="first">The number of its first operation.</param>
    /// <param name="count">How many.</param>
    /// <param name="deadErases">One in a hundred operations is an erase that does nothing.</param>
    public static Operation[] Make(int seed, int first, int count, bool deadErases)
    {
        var random = new SeededRandom(seed);
        var operations = new Operation[count];
        for (int i = 0; i < count; i++)
        {
            OperationKind kind = Kinds[random.Next(Kinds.Length)];
            bool isDead = deadErases && random.Next(100) == 0;
            operations[i] = new Operation(isDead ? OperationKind.DeadErase : kind, first + i,
                random.Next(ChoiceBound));
        }

        return operations;
    }
}
