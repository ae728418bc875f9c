using System.Globalization;
using System.Runtime.InteropServices;

namespace Keyway.Tests.Rig;

/// <summary>Writes what was measured, echoes and locks side by side.</summary>
internal static class FleetReport
{
    private const int NameWidth = 30;
    private const int ColumnWidth = 12;
    private const int DifferencesShown = 10;

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, FleetPlan plan, FleetResult result)
    {
        output.WriteLine();
        output.WriteLine($"{plan.Locks} locks, {plan.Commands} commands, at most {plan.InFlight} "
            + $"under way, {Environment.ProcessorCount} processors, "
            + $".NET {Environment.Version} {RuntimeInformation.ProcessArchitecture}");
        Row(output, "", "echo", "locks");
        Row(output, result, "all ready, s", part => part.Ready.TotalSeconds, "F1");
        Row(output, result, "answers a second", part => part.Figures.Throughput, "F0");
        Row(output, result, "p50, ms", part => part.Figures.Percentile(50), "F1");
        Row(output, result, "p99, ms", part => part.Figures.Percentile(99), "F1");
        Row(output, result, "max, ms", part => part.Figures.Percentile(100), "F1");
        Row(output, result, "lost", part => part.Figures.Lost, "F0");
        Row(output, result, "refused", part => part.Figures.Refused, "F0");
        Row(output, result, "sent again", part => part.Figures.Repeats, "F0");
        Row(output, result, "messages published a command", part => part.MessagesEach, "F2");
        Row(output, result, "managed bytes each", part => part.BytesEach, "N0");
        Row(output, result, "process, MiB", part => Mebibytes(part.ProcessBytes), "F0");
        if (result.Locks.BrokerBytes != null)
        {
            Row(output, result, "broker, MiB", part => Mebibytes(part.BrokerBytes ?? 0), "F0");
        }

        output.WriteLine($"of a lock's bytes {FleetLock.FlashBytes} are its simulated flash");
        WriteDifferences(output, plan, result);
    }

    private static void WriteDifferences(TextWriter output, FleetPlan plan, FleetResult result)
    {
        foreach (string difference in result.Differences.Take(DifferencesShown))
        {
            output.WriteLine(difference);
        }

        output.WriteLine(result.Differences.Count == 0
            ? $"after a power cut all {plan.Locks} locks hold exactly the {result.Codes} codes "
                + "that they confirmed"
            : $"after a power cut {result.Differences.Count} of {plan.Locks} locks do not hold "
                + "what they confirmed");
    }

    private static double Mebibytes(long bytes) => bytes / (1024.0 * 1024);

    private static void Row(TextWriter output, FleetResult result, string name,
        Func<FleetPart, double> value, string format) => Row(output, name,
        value(result.Echo).ToString(format, CultureInfo.InvariantCulture),
        value(result.Locks).ToString(format, CultureInfo.InvariantCulture));

    private static void Row(TextWriter output, string name, string echo, string locks) =>
        output.WriteLine(
            name.PadRight(NameWidth) + echo.PadLeft(ColumnWidth) + locks.PadLeft(ColumnWidth));
}
