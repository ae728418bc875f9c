// What an interpreter would execute, and what is allocated, on both ways through the code. Runs in
// CountedContext, where hal and firmware count what they do.

using System.Reflection;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>Counts of commands and keys.</summary>
public static class PathResults
{
    private const int QuietSteps = 1000;
    private const int StepsAfter = 20;
    private const string KeyPath = "key";
    private const long RestMs = 7_200_000;
    private static readonly string[] Columns =
    [
        "what", "steps", "IL instructions", "calls", "objects", "allocated B", "floor B",
        "allocated / floor", "copied B", "floor B", "copied / floor",
    ];

    /// <summary>Measures in a context of its own.</summary>
    /// <param name="scale">How often.</param>
    /// <param name="missed">Gets a line when the way from keys to the strike allocates.</param>
    internal static ResultTable Measure(Scale scale, List<string> missed)
    {
        var table = new ResultTable("Calls, allocations and bytes copied",
            $"""
            nanoFramework interprets IL, so what counts there are instructions and calls, not this
            machine's time. Counters were written into hal and firmware (as compiled for .NET; the
            device's compiler gets the same sources), at the start of each run of instructions
            without a branch. 'calls' are all that they make, 'objects' those that they make
            themselves, 'allocated' what this thread allocated in bytes, the class library's and the
            chips' share in it, 'copied' what Array.Copy moved, in bytes. A program of the chip
            takes no time, so no polling is in it. Floors: of allocation, the answer that is handed
            to the session; of copying, the command's and the answer's bytes and those that the
            flash read and programmed. Commands are means of {scale.Commands}; 'after it' is what a
            step does beyond one of the first row until nothing is left to do. From a key to the
            write to the pin nothing may be allocated; the next {StepsAfter} steps store and send
            the event.
            """,
            Columns);
        MethodInfo rows = typeof(PathResults).GetMethod(nameof(Rows))!;
        foreach (string[] row in (List<string[]>)new CountedContext().Call(
            rows, scale.IsQuick)!)
        {
            table.Add(row);
            if (row[0].StartsWith(KeyPath, StringComparison.Ordinal) && row[5] != "0")
            {
                missed.Add($"{row[0]}: {row[5]} bytes are allocated");
            }
        }

        return table;
    }

    /// <summary>The rows of the table.</summary>
    public static List<string[]> Rows(bool isQuick)
    {
        Scale scale = isQuick ? Scale.Quick : Scale.Full;
        var rows = new List<string[]>();
        BenchLock door = BenchLock.ForCommands(scale);
        string known = BenchOrders.DigitsOf(1);
        string unknown = BenchOrders.DigitsOf(0);

        // Once each, so that what .NET allocates at the first time is over.
        door.Enter(known);
        door.Enter(unknown);
        door.Rest(RestMs);
        Work before = Work.Now(door);
        door.Step(QuietSteps);
        Work quiet = Work.Now(door) - before;
        rows.Add(Row($"{KeyPath}, none", [quiet], 0, 0));
        foreach (CommandKind kind in Enum.GetValues<CommandKind>())
        {
            AddCommand(rows, door, kind, scale, quiet);
        }

        door.Rest(RestMs);
        AddEntry(rows, door, "known", known);
        door.Rest(RestMs);
        AddEntry(rows, door, "unknown", unknown);
        for (int i = 0; i < Limits.WrongEntries; i++)
        {
            door.Enter(unknown);
        }

        AddEntry(rows, door, "locked out", known);
        return rows;
    }

    private static void AddCommand(
        List<string[]> rows, BenchLock door, CommandKind kind, Scale scale, Work quiet)
    {
        var toAnswer = new List<Work>();
        var after = new List<Work>();
        double bytesIn = 0, bytesOut = 0;
        for (int i = 0; i < scale.Commands; i++)
        {
            MqttMessage command = door.Orders.Prepare(kind, scale.Codes);
            Work before = Work.Now(door);
            bytesOut += door.Send(command);
            toAnswer.Add(Work.Now(door) - before);
            door.RequireSuccess();
            bytesIn += command.Payload.Length;
            before = Work.Now(door);
            door.Settle();
            after.Add((Work.Now(door) - before).Beyond(quiet));
        }

        int count = scale.Commands;
        double floor = (bytesIn + bytesOut) / count + toAnswer.Average(work => work.FlashBytes);
        rows.Add(Row($"{kind}, to the answer", toAnswer, bytesOut / count, floor));
        rows.Add(Row($"{kind}, after it", after, 0, 0));
    }

    private static void AddEntry(List<string[]> rows, BenchLock door, string what, string digits)
    {
        door.TypeAhead(digits);
        Work before = Work.Now(door);
        door.StepWhileTyping();
        Work typed = Work.Now(door) - before;
        rows.Add(Row($"{KeyPath}, {what}: six digits", [typed], 0, 0));
        Work decided = door.Decide();
        rows.Add(Row($"{KeyPath}, {what}: the step that takes Enter", [decided], 0,
            decided.FlashBytes));
        Work shown = door.Show();
        rows.Add(Row($"{KeyPath}, {what}: until strike or red LED", [shown], 0, 0));
        before = Work.Now(door);
        door.Step(StepsAfter);
        Work after = Work.Now(door) - before;
        rows.Add(
            Row($"entry, {what}: after it", [after], 0, after.FlashBytes));
        door.Settle();
    }

    private static string[] Row(
        string what, List<Work> works, double allocatedFloor, double copiedFloor)
    {
        double allocated = works.Average(work => work.Allocated);
        double copied = works.Average(work => work.Copied);
        return
        [
            what, ResultTable.Number(works.Average(work => work.Steps)),
            ResultTable.Number(works.Average(work => work.Instructions)),
            ResultTable.Number(works.Average(work => work.Calls)),
            ResultTable.Number(works.Average(work => work.Objects)),
            ResultTable.Number(allocated), ResultTable.Number(allocatedFloor),
            ResultTable.Ratio(allocated, allocatedFloor),
            ResultTable.Number(copied), ResultTable.Number(copiedFloor),
            ResultTable.Ratio(copied, copiedFloor),
        ];
    }
}
