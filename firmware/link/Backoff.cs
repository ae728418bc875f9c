// How long to wait before the next try. Link asks after each connection that failed.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Waits that double, with jitter.</summary>
/// <remarks>
/// Each wait is drawn from the upper half of a bound that doubles at each failure: "equal jitter"
/// of Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. So the locks of
/// a site do not come back at one moment when their broker does, and none comes back at once.
/// </remarks>
public sealed class Backoff
{
    private const int RandomBytes = 4;
    private readonly IRandom _random;
    private int _boundMs;

    /// <summary>The first wait is a short one.</summary>
    /// <param name="random">For the jitter.</param>
    public Backoff(IRandom random)
    {
        _random = random;
        Reset();
    }

    /// <summary>The next wait is a short one again.</summary>
    public void Reset() => _boundMs = 2 * Limits.ReconnectMinMs;

    /// <summary>The next wait; the one after it is about twice as long.</summary>
    /// <returns><see cref="Limits.ReconnectMinMs"/> to <see cref="Limits.ReconnectMaxMs"/>.
    /// </returns>
    public int NextMs()
    {
        var bytes = new byte[RandomBytes];
        _random.Fill(bytes, 0, RandomBytes);
        int halfMs = _boundMs / 2;
        int waitMs = halfMs + (int)(Frame.GetUInt32(bytes, 0) % (uint)(halfMs + 1));
        _boundMs = _boundMs < Limits.ReconnectMaxMs / 2 ? 2 * _boundMs : Limits.ReconnectMaxMs;
        return waitMs;
    }
}
