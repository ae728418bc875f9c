using System.Diagnostics;
using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

/// <summary>Real time: a stopwatch, and the system's time of day.</summary>
public sealed class HostClock : IClock, IChipTime
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>By how much the time of day is off the system's, in s.</summary>
    public long OffsetSeconds { get; set; }

    /// <summary>False makes the lock believe that nobody has set its clock yet.</summary>
    public bool IsUtcKnown { get; set; } = true;

    /// <inheritdoc/>
    public bool IsUtcConfirmed => IsUtcKnown;

    /// <inheritdoc/>
    public long Milliseconds => (long)Stopwatch.GetElapsedTime(_start).TotalMilliseconds;

    /// <inheritdoc/>
    public long Nanoseconds => Stopwatch.GetElapsedTime(_start).Ticks * TimeSpan.NanosecondsPerTick;

    /// <inheritdoc/>
    public void Spend(long nanoseconds)
    {
        // Real time passes by itself.
    }

    /// <inheritdoc/>
    public bool TryGetUtc(out long unixSeconds)
    {
        unixSeconds = IsUtcKnown
            ? DateTimeOffset.UtcNow.ToUnixTimeSeconds() + OffsetSeconds : 0;
        return IsUtcKnown;
    }
}
