namespace Keyway.Tests.Bench;

/// <summary>What a create takes by the number of codes, and how often a lock that changes tells.
/// </summary>
internal static class GrowthResults
{
    public const string Growth = "Growth of what comes after a create";
    public const string Codes = " codes: ";
    public const string Statuses = "Statuses in 20 s of changes";
    private const int Creates = 20;
    private const int StatusMs = 20_000;
    private const int StepsBetween = 10;

    private static readonly string[] Rows =
    [
        PathResults.Create + PathResults.Instructions, PathResults.Create + PathResults.HeapBytes,
        PathResults.AfterCreate + PathResults.Instructions,
        PathResults.AfterCreate + PathResults.HeapBytes, StepResults.LongestCreate,
    ];

    public static ResultTable Table(Scale scale, Dictionary<string, double> figures)
    {
        var table = new ResultTable("Growth with the codes",
            $"""
            Means of {Creates} creates each, counted as in the table above, in a lock that has as
            many codes and room for one more. Its flash has erased sectors left: making room in one
            that is full is no part of a create.
            """,
            ["what", .. scale.Sizes.Select(codes => $"{codes} codes")]);
        foreach (string row in Rows)
        {
            table.Add([row, .. scale.Sizes.Select(codes =>
                ResultTable.Number(figures[With(codes, row)]))]);
        }

        return table;
    }

    public static void AddTo(Dictionary<string, double> figures, Scale scale)
    {
        foreach (int codes in scale.Sizes)
        {
            BenchLock door = BenchLock.Running(codes + 1, RoomFor(codes), codes);
            Work quiet = PathResults.Quiet(door);
            CommandWork? work = null;
            figures[With(codes, StepResults.LongestCreate)] = door.LongestStepOf(() =>
                work = CommandWork.Measure(door, CommandKind.Create, codes, Creates, quiet));
            PathResults.AddFigures(figures, With(codes, PathResults.Create), work!.ToAnswer);
            PathResults.AddFigures(figures, With(codes, PathResults.AfterCreate), work.After);
        }

        foreach (string unit in (string[])[PathResults.Instructions, PathResults.HeapBytes])
        {
            double[] sizes = [.. scale.Sizes.Select(codes =>
                figures[With(codes, PathResults.AfterCreate) + unit])];
            figures[Growth + unit] = sizes.Max() - sizes[0];
        }

        figures[Statuses] = CountStatuses(scale.Sizes[0]);
    }

    private static string With(int codes, string what) => $"{codes}{Codes}{what}";

    // Twice as many sectors as a lock has, so that there are always erased ones.
    private static int RoomFor(int codes) => 2 * Scale.SectorsFor(codes);

    // As many changes as there is time for, and a little between them.
    private static int CountStatuses(int codes)
    {
        BenchLock door = BenchLock.Running(codes + 1, Scale.SectorsFor(codes), codes);
        door.Step(StatusMs / BenchLock.StepMs);
        int before = door.Statuses;
        long end = door.NowMs + StatusMs - BenchLock.StepMs;
        for (bool isCreate = true; door.NowMs < end; isCreate = !isCreate)
        {
            door.Send(door.Orders.Next(isCreate ? CommandKind.Create : CommandKind.Delete));
            door.RequireSuccess();
            door.Step(StepsBetween);
        }

        return door.Statuses - before;
    }
}
