using Keyway.Boards.Virtual;

namespace Keyway.Tests.Bench;

/// <summary>From power to a keypad that opens.</summary>
internal static class BootResults
{
    public static ResultTable Measure(Scale scale)
    {
        var table = new ResultTable($"Start with {scale.BootCodes} codes",
            $"""
            From the agent's constructor until all codes are loaded, which is when digits open;
            checked with an entry. 'until open' is virtual time: a step each {BenchLock.StepMs} ms,
            and the SPI time. The floor is the SPI time of reading once the frames that count; less
            than that is possible, since a sector that is full has an index of what its frames are.
            """,
            "flash", "steps", "until open ms", "host ms", "flash reads", "bytes read",
            "SPI ms", "live bytes", "floor SPI ms", "SPI / floor");
        BenchLock door = BenchLock.Running(
            scale.BootCodes, Scale.SectorsFor(scale.BootCodes), scale.BootCodes);
        Start(door, "after the creates", table);
        for (int i = 0; i < scale.BootCodes; i++)
        {
            door.Answer(door.Orders.Prepare(CommandKind.Update, scale.BootCodes));
        }

        Start(door, $"after {scale.BootCodes} updates more", table);
        return table;
    }

    private static void Start(BenchLock door, string what, ResultTable table)
    {
        long beganMs = door.NowMs;
        Work before = Work.Now(door);
        door.PowerUp();
        while (!door.Agent.IsLoaded)
        {
            door.Step();
        }

        Work work = Work.Now(door) - before;
        long tookMs = door.NowMs - beganMs;
        long live = door.LiveBytes;
        door.Type(BenchOrders.DigitsOf(1));
        door.Decide();
        door.Show();
        BenchLock.Require(door.IsOpen, "a code opens after the start");
        door.Settle();
        double floorMs = live * W25qChip.TypicalByteNanoseconds / 1e6;
        table.Add(what, $"{work.Steps}", $"{tookMs}", ResultTable.Number(work.Microseconds / 1e3),
            $"{work.Reads}", $"{work.BytesRead:N0}",
            ResultTable.Number(work.WireMicroseconds / 1e3), $"{live:N0}",
            ResultTable.Number(floorMs),
            ResultTable.Ratio(work.WireMicroseconds / 1e3, floorMs));
    }
}
