using Keyway.Boards.Virtual;

namespace Keyway.Tests.Bench;

/// <summary>What the operations of one phase cost on the simulated chip.</summary>
internal sealed class Phase(string name, int payloadBytes)
{
    private const int ReadOverheadBytes = 4;
    private readonly List<double> _ms = [];
    private readonly List<double> _programMs = [];
    private readonly List<long> _programs = [];
    private readonly List<long> _erases = [];
    private long _bytesProgrammed;
    private long _bytesRead;
    private long _transactions;

    /// <summary>Operations measured.</summary>
    public int Count => _ms.Count;

    /// <summary>Most page programs of one operation.</summary>
    public long ProgramsMax => _programs.DefaultIfEmpty().Max();

    /// <summary>Erases of all operations.</summary>
    public long EraseCount => _erases.Sum();

    /// <summary>Mean time of an operation without reading back, in ms.</summary>
    public double ProgramMsMean => _programMs.DefaultIfEmpty().Average();

    /// <summary>Longest operation without reading back, in ms.</summary>
    public double ProgramMsMax => _programMs.DefaultIfEmpty().Max();

    /// <summary>Longest operation, in ms.</summary>
    public double MsMax => _ms.DefaultIfEmpty().Max();

    /// <summary>Bytes read by all operations.</summary>
    public long BytesRead => _bytesRead;

    /// <summary>The columns of <see cref="Row"/>.</summary>
    public static string Heading => $"{"phase",-22}{"n",7}{"pp mean",9}{"max",5}{"bytes",11}"
        + $"{"/payload",9}{"read",11}{"transact.",11}{"erases mean",12}{"max",5}"
        + $"{"ms mean",9}{"p50",8}{"p99",8}{"max",9}{"program",9}{"max",8}";

    /// <summary>Runs an operation and notes what it cost.</summary>
    public void Measure(W25qChip chip, VirtualClock clock, Action operation)
    {
        FlashCounters counters = chip.Counters;
        long programs = counters.PagePrograms, programmed = counters.BytesProgrammed;
        long reads = counters.Reads, read = counters.BytesRead, erases = counters.Erases;
        long transactions = counters.Transactions, start = clock.Nanoseconds;
        operation();
        double ns = clock.Nanoseconds - start;
        double readNs = (counters.BytesRead - read + ((counters.Reads - reads) * ReadOverheadBytes))
            * (double)chip.ByteNanoseconds;
        _ms.Add(ns / 1e6);
        _programMs.Add((ns - readNs) / 1e6);
        _programs.Add(counters.PagePrograms - programs);
        _erases.Add(counters.Erases - erases);
        _bytesProgrammed += counters.BytesProgrammed - programmed;
        _bytesRead += counters.BytesRead - read;
        _transactions += counters.Transactions - transactions;
    }

    /// <summary>One line of the table.</summary>
    public string Row()
    {
        if (Count == 0)
        {
            return $"{name,-22}{0,7}";
        }

        double[] sorted = [.. _ms.Order()];
        string ratio = payloadBytes == 0
            ? "-" : $"{(double)_bytesProgrammed / Count / payloadBytes:F2}";
        return $"{name,-22}{Count,7}{_programs.Average(),9:F2}{ProgramsMax,5}{_bytesProgrammed,11}"
            + $"{ratio,9}{_bytesRead,11}{_transactions,11}"
            + $"{_erases.Average(),12:F3}{_erases.Max(),5}"
            + $"{_ms.Average(),9:F3}{sorted[sorted.Length / 2],8:F3}"
            + $"{sorted[(int)(sorted.Length * 0.99)],8:F3}{MsMax,9:F3}"
            + $"{ProgramMsMean,9:F3}{ProgramMsMax,8:F3}";
    }
}
