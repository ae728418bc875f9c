using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>Command bytes in, answer bytes out.</summary>
internal static class CommandResults
{
    public static ResultTable Lock(Scale scale)
    {
        var table = new ResultTable("Command bytes in, answer bytes out",
            $"""
            A lock with {scale.Codes} codes, from the delivery of a command to the answer's publish.
            Host time is BenchmarkDotNet's mean ± standard error of {scale.Commands} commands, each
            run once, of the agent with its simulated chips. The floor beside it is the SPI time of
            the bytes moved up to the publish; with the chip's typical time for each page program it
            is the chip time.
            """,
            "command", "bytes in", "bytes out", "host µs", "flash bytes read", "programmed",
            "page programs", "SPI µs", "host / SPI", "chip µs");
        CommandBenchmarks.Scale = scale;
        Timings timings = Timings.OfPrepared(typeof(CommandBenchmarks), scale);
        BenchLock door = BenchLock.ForCommands(scale);
        foreach (CommandKind kind in Enum.GetValues<CommandKind>())
        {
            MqttMessage command = door.Orders.Prepare(kind, scale.Codes);
            Work before = Work.Now(door);
            int bytesOut = door.Send(command);
            Work work = door.Answered - before;
            door.RequireSuccess();
            door.Settle();
            const string Method = nameof(CommandBenchmarks.Send);
            table.Add(kind.ToString(), $"{command.Payload.Length}", $"{bytesOut}",
                timings.Text(Method, kind), $"{work.BytesRead}", $"{work.BytesProgrammed}",
                $"{work.Programs}", ResultTable.Number(work.WireMicroseconds),
                ResultTable.Ratio(timings.Mean(Method, kind), work.WireMicroseconds),
                ResultTable.Number(work.ChipMicroseconds));
        }

        return table;
    }

    public static ResultTable Reader(Scale scale)
    {
        var table = new ResultTable("Reading a command",
            """
            The lock's own reader, which decodes ids, times and digits into its command object and
            names what is wrong, beside System.Text.Json: a Utf8JsonReader that only walks over the
            tokens, and a JsonSerializer that fills an object. Means ± standard errors.
            """,
            "command", "bytes", "lock µs", "allocated B", "Utf8JsonReader µs", "lock / it",
            "JsonSerializer µs", "allocated B", "lock / it");
        Timings timings = Timings.OfRepeatable(typeof(ReaderBenchmarks), scale);
        var orders = new BenchLock(1, Scale.SectorsFor(1)).Orders;
        foreach (CommandKind kind in Enum.GetValues<CommandKind>())
        {
            if (kind == CommandKind.Repeat)
            {
                continue;
            }

            const string Own = nameof(ReaderBenchmarks.Keyway);
            const string Tokens = nameof(ReaderBenchmarks.Tokens);
            const string Serializer = nameof(ReaderBenchmarks.Serializer);
            double own = timings.Mean(Own, kind);
            table.Add(kind.ToString(), $"{orders.Next(kind).Payload.Length}",
                timings.Text(Own, kind), $"{timings.Allocated(Own, kind)}",
                timings.Text(Tokens, kind), ResultTable.Ratio(own, timings.Mean(Tokens, kind)),
                timings.Text(Serializer, kind), $"{timings.Allocated(Serializer, kind)}",
                ResultTable.Ratio(own, timings.Mean(Serializer, kind)));
        }

        return table;
    }
}
