using System.Diagnostics;
using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Faults;

/// <summary>Real time, faster: the waits of a lock that is cut off pass in a moment.</summary>
internal sealed class FastClock : IClock, IChipTime
{
    /// <summary>How many seconds pass in one.</summary>
    public const int Speed = 20;

    private const int MillisecondsPerSecond = 1000;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long _startUtc = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <inheritdoc/>
    public bool IsUtcConfirmed => true;

    /// <inheritdoc/>
    public long Nanoseconds =>
        Stopwatch.GetElapsedTime(_start).Ticks * TimeSpan.NanosecondsPerTick * Speed;

    /// <inheritdoc/>
    public long Milliseconds =>
        (long)(Stopwatch.GetElapsedTime(_start).TotalMilliseconds * Speed);

    /// <summary>The time of day, in unix seconds.</summary>
    public long Utc => _startUtc + Milliseconds / MillisecondsPerSecond;

    /// <inheritdoc/>
    public bool TryGetUtc(out long unixSeconds)
    {
        unixSeconds = Utc;
        return true;
    }

    /// <inheritdoc/>
    public void Spend(long nanoseconds)
    {
        // Time passes by itself.
    }
}
