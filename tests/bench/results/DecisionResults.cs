using System.Text;
using Keyway.Firmware;

namespace Keyway.Tests.Bench;

/// <summary>Keys to strike decision, by the number of codes.</summary>
internal static class DecisionResults
{
    private const double MostGrowth = 1.1;
    private const long RestMs = 7_200_000;

    /// <summary>Enters digits that open, and digits of nobody, at each size.</summary>
    /// <param name="scale">The sizes.</param>
    /// <param name="missed">Gets a line when decisions read more of the flash as codes get more.
    /// </param>
    public static ResultTable Measure(Scale scale, List<string> missed)
    {
        var table = new ResultTable("Enter to the strike's decision",
            $"""
            {scale.Entries} entries of six digits each, two hours apart, so that wrong ones lock
            nobody out. The step that takes Enter decides; strike or red LED follow at the fixed
            time after it ('shown', with debouncing, in virtual time). Host time is that step's
            median, with .NET's HMAC; a wrong entry is stored and read back in it. Beside it a
            linear scan as peers do, in the same lock: each slot's frame is read and its MAC
            compared until one fits.
            """,
            "codes", "entry", "shown ms", "host µs", "bytes read", "page programs", "SPI µs",
            "scan bytes", "scan SPI µs", "scan host µs", "scan / lock SPI", "scan / lock host");
        var bytes = new List<double>();
        foreach (int size in scale.Sizes)
        {
            BenchLock door = BenchLock.Running(size, Scale.SectorsFor(size), size);
            foreach (bool isKnown in (bool[])[true, false])
            {
                bytes.Add(MeasureEntries(door, size, isKnown, scale.Entries, table));
            }
        }

        double[] known = [.. bytes.Where((_, index) => index % 2 == 0)];
        if (known.Max() > known.Min() * MostGrowth)
        {
            missed.Add("a decision reads more of the flash when there are more codes");
        }

        return table;
    }

    private static double MeasureEntries(
        BenchLock door, int size, bool isKnown, int entries, ResultTable table)
    {
        var decisions = new List<Work>();
        var scans = new List<Work>();
        var shownMs = new List<double>();
        for (int i = 0; i < entries; i++)
        {
            int number = 1 + (isKnown ? i * size / entries : size + i);
            string digits = BenchOrders.DigitsOf(number);
            door.Rest(RestMs);
            door.Type(digits);
            long pressedMs = door.NowMs;
            decisions.Add(door.Decide());
            door.Show();
            shownMs.Add(door.NowMs - pressedMs);
            BenchLock.Require(door.IsOpen == isKnown, $"{digits} does what it should");
            scans.Add(Scan(door, digits, isKnown));
        }

        double bytes = decisions.Average(work => work.BytesRead);
        double wire = decisions.Average(work => work.WireMicroseconds);
        double host = Median(decisions);
        double scanWire = scans.Average(work => work.WireMicroseconds);
        double scanHost = Median(scans);
        table.Add($"{size}", isKnown ? "known" : "unknown", ResultTable.Number(shownMs.Average()),
            ResultTable.Number(host), ResultTable.Number(bytes),
            ResultTable.Number(decisions.Average(work => work.Programs)), ResultTable.Number(wire),
            ResultTable.Number(scans.Average(work => work.BytesRead)),
            ResultTable.Number(scanWire), ResultTable.Number(scanHost),
            ResultTable.Ratio(scanWire, wire), ResultTable.Ratio(scanHost, host));
        return bytes;
    }

    private static double Median(List<Work> works) =>
        works.Select(work => work.Microseconds).Order().ElementAt(works.Count / 2);

    private static Work Scan(BenchLock door, string digits, bool isKnown)
    {
        var wanted = new byte[Frame.SizeBytes];
        var code = new AccessCode();
        CodeSlots slots = door.Agent.Codes.Slots;
        Work before = Work.Now(door);
        door.ComputeMac(Encoding.ASCII.GetBytes(digits), wanted, Frame.DigitsMac);
        bool isFound = false;
        for (int slot = 0; slot < slots.Capacity && !isFound; slot++)
        {
            StorageStatus status =
                door.Agent.Log.Read(slots.LocationOf(slot), code.Bytes, 1);
            isFound = status == StorageStatus.Ok && DeviceSecret.AreEqual(
                code.Bytes, Frame.DigitsMac, wanted, Frame.DigitsMac);
        }

        Work work = Work.Now(door) - before;
        BenchLock.Require(isFound == isKnown, "the scan finds the same");
        return work;
    }
}
