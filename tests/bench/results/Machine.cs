using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Keyway.Tests.Bench;

/// <summary>What a run runs on, from when this was made.</summary>
internal sealed class Machine
{
    private const double Busy = 0.1;
    private const double TicksPerSecond = 100;
    private const string StatisticsFile = "/proc/stat";
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly double _others = OthersSeconds();

    /// <summary>Lines of Markdown.</summary>
    public string Describe(string repository)
    {
        string memory = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):F0}";
        return $"""
            - {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, commit {Commit(repository)}
            - {Processor()}, {Environment.ProcessorCount} processors, {memory} GiB of memory
            - {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}
            - {Company()}
            """;
    }

    private string Company()
    {
        if (!File.Exists(StatisticsFile))
        {
            return "what other processes took is not known";
        }

        double others = (OthersSeconds() - _others) / _time.Elapsed.TotalSeconds;
        return $"other processes took {Math.Max(0, others):F1} processors"
            + (others > Busy ? ": host times are longer than on an idle machine" : "");
    }

    // user, nice, system, idle, iowait, irq, softirq, steal: proc(5), in hundredths of a second.
    private static double OthersSeconds()
    {
        string[] words = FirstLine(StatisticsFile, "cpu ")
            ?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        double busy = words.Take(9).Skip(1).Where((_, index) => index is not (3 or 4))
            .Sum(double.Parse) / TicksPerSecond;
        return busy - Environment.CpuUsage.TotalTime.TotalSeconds;
    }

    private static string Processor() =>
        FirstLine("/proc/cpuinfo", "model name") is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string? FirstLine(string path, string start) => !File.Exists(path) ? null
        : File.ReadLines(path).FirstOrDefault(
            line => line.StartsWith(start, StringComparison.Ordinal));

    private static string Commit(string repository)
    {
        try
        {
            using Process git = Process.Start(new ProcessStartInfo(
                "git", ["-C", repository, "describe", "--always", "--dirty"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            string name = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? name : "not known";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "not known";
        }
    }
}
