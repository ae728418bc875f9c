using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Keyway.Tests.Bench;

/// <summary>What a run ran on.</summary>
internal static class Machine
{
    private const double Busy = 0.5;

    /// <summary>Lines of Markdown.</summary>
    public static string Describe(string repository)
    {
        string memory = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):F0}";
        string load = Load();
        return $"""
            - {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, commit {Commit(repository)}
            - {Processor()}, {Environment.ProcessorCount} processors, {memory} GiB of memory
            - {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}
            - {load}
            """;
    }

    private static string Processor() =>
        FirstLine("/proc/cpuinfo", "model name") is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Load()
    {
        string[]? words = FirstLine("/proc/loadavg", "")?.Split(' ');
        return words == null ? "load at the start not known"
            : $"load at the start {words[0]}" + (double.Parse(words[0]) > Busy
                ? ": others were at work, and host times are longer than on an idle machine" : "");
    }

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
