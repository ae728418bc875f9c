namespace Keyway.Hal;

/// <summary>The only source of time.</summary>
public interface IClock
{
    /// <summary>
    /// Milliseconds since an arbitrary start. Never steps back and never jumps; every duration is
    /// measured with it.
    /// </summary>
    long Milliseconds { get; }

    /// <summary>The time of day, when it is known.</summary>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z; 0 when not known.</param>
    /// <returns>False while the clock has not been set since power came.</returns>
    bool TryGetUtc(out long unixSeconds);

    /// <summary>
    /// True when a second source has agreed with the time of day since it was set last: another
    /// server, or a TLS handshake, which checks the dates of the peer's certificate.
    /// </summary>
    bool IsUtcConfirmed { get; }
}
