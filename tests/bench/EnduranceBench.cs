using Keyway.Tests.Sweep;

namespace Keyway.Tests.Bench;

/// <summary>A million operations, and how evenly they wear the sectors.</summary>
internal static class EnduranceBench
{
    private const int Sectors = 64;
    private const int Capacity = 250;
    private const int Lines = 20;

    /// <summary>Runs it.</summary>
    /// <returns>0, or 1 when something is lost, waits for an erase or wears unevenly.</returns>
    public static int Run(int operations)
    {
        var endurance = new Endurance(Sectors, Capacity);
        int every = Math.Max(1, operations / Lines);
        int next = every;
        try
        {
            endurance.Run(operations, () =>
            {
                if (endurance.Done >= next)
                {
                    Console.WriteLine($"{endurance.Done,9} operations, wear {endurance.WearMin} "
                        + $"to {endurance.WearMax}");
                    next += every;
                }
            });
        }
        catch (StorageViolation broken)
        {
            Console.WriteLine($"after {endurance.Done} operations: {broken.Message}");
            return 1;
        }

        Console.WriteLine($"{endurance.Appends} appends, {endurance.ErasesInside} erases inside an "
            + $"operation, {endurance.Waits} waits, wear {endurance.WearMin} to "
            + $"{endurance.WearMax}; everything is there");
        bool isGood = endurance.ErasesInside == 0 && endurance.Waits == 0
            && endurance.WearMax - endurance.WearMin <= 1;
        return isGood ? 0 : 1;
    }
}
