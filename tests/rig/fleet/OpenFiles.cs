namespace Keyway.Tests.Rig;

/// <summary>How many files and sockets this process may have.</summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    /// <summary>What the process has besides the connections: libraries, pipes, the runtime's own.
    /// </summary>
    private const int Others = 200;

    /// <summary>Makes sure that so many connections fit; where the system does not say how many it
    /// allows nothing is checked.</summary>
    /// <exception cref="IOException">They do not; the message says what to do.</exception>
    public static void Check(int connections)
    {
        if (!File.Exists(Limits))
        {
            return;
        }

        string? line = File.ReadLines(Limits)
            .FirstOrDefault(text => text.StartsWith(Line, StringComparison.Ordinal));
        string? soft = line?[Line.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (long.TryParse(soft, out long allowed) && allowed < connections + Others)
        {
            throw new IOException($"{connections} connections need {connections + Others} open "
                + $"files, {allowed} are allowed: ulimit -n {connections + Others}");
        }
    }
}
