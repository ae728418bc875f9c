// What the measurements are held against. ResultsBench asks for the table and exits with 1 where a
// figure is above its target.

namespace Keyway.Tests.Bench;

/// <summary>Figures beside the most that they may be.</summary>
internal static class TargetResults
{
    // Update, delete and get in the proportion that they had to a create before: 59,400, 59,200,
    // 39,600 and 37,300 instructions, 11,440, 12,000, 8,820 and 3,980 bytes.
    private static readonly (string Start, string End, double Most)[] Targets =
    [
        (PathResults.Create, PathResults.Instructions, 25_000),
        (nameof(CommandKind.Update) + PathResults.ToAnswer, PathResults.Instructions, 25_000),
        (nameof(CommandKind.Delete) + PathResults.ToAnswer, PathResults.Instructions, 17_000),
        (nameof(CommandKind.Get) + PathResults.ToAnswer, PathResults.Instructions, 16_000),
        (PathResults.Create, PathResults.HeapBytes, 4_096),
        (nameof(CommandKind.Update) + PathResults.ToAnswer, PathResults.HeapBytes, 4_300),
        (nameof(CommandKind.Delete) + PathResults.ToAnswer, PathResults.HeapBytes, 3_200),
        (nameof(CommandKind.Get) + PathResults.ToAnswer, PathResults.HeapBytes, 1_400),
        (GrowthResults.Growth, PathResults.Instructions, 1_500),
        (GrowthResults.Growth, PathResults.HeapBytes, 400),
        (PathResults.AfterCreate, PathResults.Instructions, 30_000),
        (PathResults.AfterCreate, PathResults.HeapBytes, 8_192),
        (StepResults.Longest, "", 10_000),
        (PathResults.Idle, "", 1_200),
        (PathResults.Keys, "", 0),
        (GrowthResults.Statuses, "", 10),
    ];

    public static ResultTable Judge(Dictionary<string, double> figures, List<string> missed)
    {
        var table = new ResultTable("Targets",
            $"""
            Counted as in the tables above: a lock with 250 codes where no other number is said, a
            step each {BenchLock.StepMs} ms. The heap's bytes are the device's, its class library's
            included. Growth is what the most that any number of codes takes is above the fewest.
            A step is one of the agent's, those of its start among them.
            """,
            "what", "measured", "at most");
        var unused = Targets.ToHashSet();
        foreach ((string what, double figure) in figures)
        {
            int found = Array.FindIndex(Targets, target =>
                Bare(what).StartsWith(target.Start, StringComparison.Ordinal)
                    && what.EndsWith(target.End, StringComparison.Ordinal));
            if (found < 0)
            {
                continue;
            }

            double most = Targets[found].Most;
            unused.Remove(Targets[found]);
            table.Add(what, $"{figure:N0}", $"{most:N0}");
            if (figure > most)
            {
                missed.Add($"{what}: {figure:N0}, at most {most:N0}");
            }
        }

        BenchLock.Require(unused.Count == 0, $"each target is measured: {unused.FirstOrDefault()}");
        return table;
    }

    // Without the number of codes.
    private static string Bare(string what) =>
        what[(what.IndexOf(GrowthResults.Codes, StringComparison.Ordinal) is var at and >= 0
            ? at + GrowthResults.Codes.Length : 0)..];
}
