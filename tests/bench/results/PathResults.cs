// What an interpreter would execute, and what is allocated, on both ways through the code. Runs in
// CountedContext, where hal and firmware count what they do.

using Keyway.Firmware;

namespace Keyway.Tests.Bench;

/// <summary>Counts of commands and keys.</summary>
public sealed class PathResults
{
    internal const string Create = nameof(CommandKind.Create) + ToAnswer;
    internal const string AfterCreate = nameof(CommandKind.Create) + After;
    internal const string ToAnswer = ", to the answer";
    internal const string Instructions = ": IL instructions";
    internal const string HeapBytes = ": heap B";
    internal const string Idle = "Idle step" + Instructions;
    internal const string Keys = "From key to pin, the lock's own: heap B";
    private const string After = ", after it";
    private const string KeyPath = "key";
    private const int QuietSteps = 1000;
    private const int StepsAfter = 20;
    private const long RestMs = 7_200_000;
    private readonly List<string[]> _rows = [];
    private readonly Dictionary<string, double> _figures = [];
    private static readonly string[] Columns =
    [
        "what", "steps", "IL instructions", "calls", "objects", "allocated B", "device B",
        "its library B", "copied B", "floor B", "copied / floor",
    ];

    /// <summary>The table of what counted code has done.</summary>
    /// <param name="scale">How often.</param>
    /// <param name="rows">What was measured.</param>
    /// <param name="missed">Gets a line when the way from keys to the strike allocates.</param>
    internal static ResultTable Table(Scale scale, List<string[]> rows, List<string> missed)
    {
        var table = new ResultTable("Calls, allocations and bytes copied",
            $"""
            nanoFramework interprets IL, so what counts there are instructions and calls, not this
            machine's time. Counters were written into hal and firmware (as compiled for .NET; the
            device's compiler gets the same sources), at the start of each run of instructions
            without a branch. 'calls' are all that they make, 'objects' those that they make
            themselves, 'allocated' what this thread allocated in bytes, the class library's and the
            chips' share in it, 'copied' what Array.Copy moved, in bytes. 'device' is what the same
            objects, arrays and strings take on the device, whose fields have 12 bytes each, 'its
            library' what the device's class library takes beside it: {LibraryHeap.Transferred}
            bytes for each SPI transaction, {LibraryHeap.Hashed} for each CRC, two arrays for each
            MAC. A program of the chip takes no time, so no polling is in it. The floor of copying:
            the command's and the answer's bytes and those that the flash read and programmed.
            Commands are means of {scale.Commands}; 'after it' is what a step does beyond one of the
            first row until nothing is left to do and the status is sent. From a key to the write
            to the pin nothing may be allocated; the next {StepsAfter} steps store and send the
            event.
            """,
            Columns);
        foreach (string[] row in rows)
        {
            table.Add(row);
            if (row[0].StartsWith(KeyPath, StringComparison.Ordinal) && row[5] != "0")
            {
                missed.Add($"{row[0]}: {row[5]} bytes are allocated");
            }
        }

        return table;
    }

    /// <summary>The rows of the table, and what of it has a target.</summary>
    public static (List<string[]> Rows, Dictionary<string, double> Figures) Measure(bool isQuick)
    {
        Scale scale = isQuick ? Scale.Quick : Scale.Full;
        var paths = new PathResults();
        BenchLock door = BenchLock.ForCommands(scale);
        string known = BenchOrders.DigitsOf(1);
        string unknown = BenchOrders.DigitsOf(0);

        // Once each, so that what .NET allocates at the first time is over.
        door.Enter(known);
        door.Enter(unknown);
        door.Rest(RestMs);
        Work quiet = Quiet(door);
        paths.Add($"{KeyPath}, none", [quiet], 0);
        paths._figures.Add(Idle, (double)quiet.Instructions / quiet.Steps);
        foreach (CommandKind kind in Enum.GetValues<CommandKind>())
        {
            paths.AddCommand(door, kind, scale, quiet);
        }

        door.Rest(RestMs);
        paths.AddEntry(door, "known", known);
        door.Rest(RestMs);
        paths.AddEntry(door, "unknown", unknown);
        for (int i = 0; i < Limits.WrongEntries; i++)
        {
            door.Enter(unknown);
        }

        paths.AddEntry(door, "locked out", known);
        StepResults.AddTo(paths._figures, scale);
        GrowthResults.AddTo(paths._figures, scale);
        return (paths._rows, paths._figures);
    }

    /// <summary>Steps that have nothing to do.</summary>
    internal static Work Quiet(BenchLock door)
    {
        Work before = Work.Now(door);
        door.Step(QuietSteps);
        return Work.Now(door) - before;
    }

    /// <summary>What has a target of what was measured several times.</summary>
    internal static void AddFigures(
        Dictionary<string, double> figures, string what, List<Work> works)
    {
        figures[what + Instructions] = works.Average(work => work.Instructions);
        figures[what + HeapBytes] = works.Average(work => work.DeviceBytes + work.LibraryBytes);
    }

    private void AddCommand(BenchLock door, CommandKind kind, Scale scale, Work quiet)
    {
        CommandWork work = CommandWork.Measure(door, kind, scale.Codes, scale.Commands, quiet);
        double floor = (work.BytesIn + work.BytesOut) / scale.Commands
            + work.ToAnswer.Average(one => one.FlashBytes);
        Add(kind + ToAnswer, work.ToAnswer, floor);
        Add(kind + After, work.After, 0);
    }

    private void AddEntry(BenchLock door, string what, string digits)
    {
        door.TypeAhead(digits);
        Work before = Work.Now(door);
        door.StepWhileTyping();
        Work typed = Work.Now(door) - before;
        Add($"{KeyPath}, {what}: six digits", [typed], 0);
        Work decided = door.Decide();
        Add($"{KeyPath}, {what}: the step that takes Enter", [decided], decided.FlashBytes);
        Work shown = door.Show();
        Add($"{KeyPath}, {what}: until strike or red LED", [shown], 0);
        _figures[Keys] = _figures.GetValueOrDefault(Keys)
            + typed.DeviceBytes + decided.DeviceBytes + shown.DeviceBytes;
        before = Work.Now(door);
        door.Step(StepsAfter);
        Work after = Work.Now(door) - before;
        Add($"entry, {what}: after it", [after], after.FlashBytes);
        door.Settle();
    }

    private void Add(string what, List<Work> works, double copiedFloor)
    {
        AddFigures(_figures, what, works);
        double copied = works.Average(work => work.Copied);
        _rows.Add(
        [
            what, ResultTable.Number(works.Average(work => work.Steps)),
            ResultTable.Number(works.Average(work => work.Instructions)),
            ResultTable.Number(works.Average(work => work.Calls)),
            ResultTable.Number(works.Average(work => work.Objects)),
            ResultTable.Number(works.Average(work => work.Allocated)),
            ResultTable.Number(works.Average(work => work.DeviceBytes)),
            ResultTable.Number(works.Average(work => work.LibraryBytes)),
            ResultTable.Number(copied), ResultTable.Number(copiedFloor),
            ResultTable.Ratio(copied, copiedFloor),
        ]);
    }
}
