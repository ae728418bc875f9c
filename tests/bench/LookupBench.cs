// From entered digits to the decision, by the number of codes. Program calls it.

using System.Diagnostics;
using System.Globalization;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>Measures a lookup beside a linear scan of the flash, which is what it replaces.
/// </summary>
internal static class LookupBench
{
    private const int Entries = 2000;
    private const int Sectors = 512;
    private static readonly int[] Sizes = [10, 250, 1000, 5000];

    /// <summary>Fills a lock of each size and enters digits that open, and digits of nobody.
    /// </summary>
    /// <returns>0, or 1 when a lookup reads more of the flash as codes get more.</returns>
    public static int Run()
    {
        Console.WriteLine($"""
            From digits to the decision: {Entries} entries each. 'chip' is modelled SPI time, 'host'
            processor time of this machine with .NET's HMAC. 'scan' is the chip time of reading
            every code's first frame once, without comparing.
            """);
        Console.WriteLine("  codes  entry       reads  bytes  chip ms  host us   scan ms");
        var bytes = new List<double>();
        foreach (int size in Sizes)
        {
            var clock = new VirtualClock();
            var chip = new W25qChip(
                FlashParts.Find(0xEF4018), clock, Sectors * SpiNorFlash.SectorSizeBytes);
            BenchStore store = Fill(chip, clock, size);
            double scanMs = Scan(store, clock, size);
            bytes.Add(Measure(store, chip, clock, size, scanMs, 0));
            Measure(store, chip, clock, size, scanMs, size);
        }

        bool isFlat = bytes.Max() <= bytes.Min() * 1.1;
        Console.WriteLine(isFlat ? "flat: yes" : "flat: NO");
        return isFlat ? 0 : 1;
    }

    private static BenchStore Fill(W25qChip chip, VirtualClock clock, int size)
    {
        var store = new BenchStore(chip, clock, Sectors, size);
        store.Open();
        store.Mount();
        store.Load();
        for (int i = 0; i < size; i++)
        {
            Settle(store, clock);
            store.Create(i);
        }

        Settle(store, clock);
        return store;
    }

    private static double Scan(BenchStore store, VirtualClock clock, int size)
    {
        long before = clock.Nanoseconds;
        var frame = new AccessCode();
        for (int slot = 0; slot < size; slot++)
        {
            store.Tables.Log.Read(store.Tables.Book.Slots.LocationOf(slot), frame.Bytes, 1);
        }

        return (clock.Nanoseconds - before) / 1e6;
    }

    private static double Measure(BenchStore store, W25qChip chip, VirtualClock clock, int size,
        double scanMs, int offset)
    {
        CodeMatch expected = offset == 0 ? CodeMatch.Opens : CodeMatch.Unknown;
        long reads = chip.Counters.Reads;
        long read = chip.Counters.BytesRead;
        long start = clock.Nanoseconds;
        var watch = new Stopwatch();
        for (int i = 0; i < Entries; i++)
        {
            byte[] digits = BenchStore.DigitsOf(offset + i % size, 0);
            watch.Start();
            CodeMatch match = store.Match(digits);
            watch.Stop();
            if (match != expected)
            {
                throw new InvalidOperationException($"{match} and not {expected}");
            }
        }

        double bytes = (double)(chip.Counters.BytesRead - read) / Entries;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{size,7}  {(offset == 0 ? "right" : "wrong"),-10}"
            + $"{(double)(chip.Counters.Reads - reads) / Entries,7:F2}{bytes,7:F1}"
            + $"{(clock.Nanoseconds - start) / 1e6 / Entries,9:F3}"
            + $"{watch.Elapsed.TotalMicroseconds / Entries,9:F2}{scanMs,10:F2}"));
        return bytes;
    }

    private static void Settle(BenchStore store, VirtualClock clock)
    {
        while (store.Idle())
        {
            clock.Advance(1);
        }
    }
}
