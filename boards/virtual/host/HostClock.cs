using System.Diagnostics;
using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

/// <summary>Real time for a lock, in small steps, and the system's time of day.</summary>
/// <remarks>
/// A real lock looks at its keys every few milliseconds. Where the machine is busy and does not
/// come to it, time waits, as far as the lock can tell: else keys would be up again before they
/// were seen, and a chip would be found slow that was only not asked.
/// </remarks>
/// <param name="longestPassMs">No more than this passes between two steps, in ms.</param>
public sealed class HostClock(int longestPassMs = HostClock.StepMs) : IClock, IChipTime
{
    private const int StepMs = 5;
    private const long NanosecondsPerMs = 1_000_000;
    private long _passedAt = Stopwatch.GetTimestamp();

    /// <summary>By how much the time of day is off the system's, in s.</summary>
    public long OffsetSeconds { get; set; }

    /// <inheritdoc/>
    public bool IsUtcConfirmed => true;

    /// <inheritdoc/>
    public long Milliseconds => Nanoseconds / NanosecondsPerMs;

    /// <inheritdoc/>
    public long Nanoseconds { get; private set; }

    /// <summary>Lets the time pass that has passed since the last call, or less; between the
    /// lock's steps.</summary>
    public void Pass()
    {
        long now = Stopwatch.GetTimestamp();
        long passed = Stopwatch.GetElapsedTime(_passedAt, now).Ticks * TimeSpan.NanosecondsPerTick;
        Nanoseconds += Math.Min(passed, longestPassMs * NanosecondsPerMs);
        _passedAt = now;
    }

    /// <inheritdoc/>
    public void Spend(long nanoseconds) => Nanoseconds += nanoseconds;

    /// <inheritdoc/>
    public bool TryGetUtc(out long unixSeconds)
    {
        unixSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + OffsetSeconds;
        return true;
    }
}
