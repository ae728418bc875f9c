// The time of a simulated board: it moves when a test advances it or when a chip is used, never by
// itself. It survives a simulated reset or power cut; the objects built over it do not.

using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>Virtual time, for the agent and for its chips.</summary>
public sealed class VirtualClock : IClock, IChipTime
{
    private const long NanosecondsPerMs = 1000000;
    private const long NanosecondsPerSecond = 1000000000;

    private bool _isUtcKnown;
    private long _utcSeconds;
    private long _utcSetAtNanoseconds;

    /// <inheritdoc/>
    public long Nanoseconds { get; private set; }

    /// <inheritdoc/>
    public long Milliseconds => Nanoseconds / NanosecondsPerMs;

    /// <inheritdoc/>
    public bool TryGetUtc(out long unixSeconds)
    {
        unixSeconds = _isUtcKnown
            ? _utcSeconds + (Nanoseconds - _utcSetAtNanoseconds) / NanosecondsPerSecond
            : 0;
        return _isUtcKnown;
    }

    /// <inheritdoc/>
    public bool IsUtcConfirmed { get; set; } = true;

    /// <inheritdoc/>
    public void Spend(long nanoseconds) => Nanoseconds += nanoseconds;

    /// <summary>Lets time pass.</summary>
    /// <param name="ms">How long, 0 or more.</param>
    public void Advance(long ms) => Nanoseconds += ms * NanosecondsPerMs;

    /// <summary>Lets a little time pass.</summary>
    /// <param name="nanoseconds">How long, 0 or more.</param>
    public void AdvanceNanoseconds(long nanoseconds) => Nanoseconds += nanoseconds;

    /// <summary>Sets the time of day; from now on it is known and runs with the time.</summary>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z.</param>
    public void SetUtc(long unixSeconds)
    {
        _isUtcKnown = true;
        _utcSeconds = unixSeconds;
        _utcSetAtNanoseconds = Nanoseconds;
    }

    /// <summary>Makes the time of day unknown, as after a power cut.</summary>
    public void ForgetUtc() => _isUtcKnown = false;

    /// <summary>Steps the time of day; nothing while it is not known.</summary>
    /// <param name="seconds">Forward, or backward when negative.</param>
    public void StepUtc(long seconds) => _utcSeconds += seconds;
}
