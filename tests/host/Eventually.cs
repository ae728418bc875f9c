using System.Diagnostics;

namespace Keyway.Tests.Host;

/// <summary>Bounded waiting for what another thread or process does.</summary>
internal static class Eventually
{
    private const int TimeoutMs = 10_000;
    private const int PollMs = 5;

    /// <summary>Asks every 5 ms; fails the test when it is not so within 10 s.</summary>
    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds > TimeoutMs)
            {
                Assert.Fail($"not within {TimeoutMs} ms: {what}");
            }

            await Task.Delay(PollMs);
        }
    }
}
