namespace Keyway.Firmware;

/// <summary>The time of day as the lock believes it at one moment, for all who judge by it.
/// </summary>
public sealed class Moment
{
    private bool _isKnown;
    private long _utc;
    private long _latest;

    /// <summary>True when the lock knows the time.</summary>
    public bool IsKnown => _isKnown;

    /// <summary>The time in unix seconds; 0 when it is not known.</summary>
    public long Utc => _utc;

    /// <summary>The latest time ever believed: what ended by it stays ended.</summary>
    public long Latest => _latest;

    /// <summary>Takes another time.</summary>
    /// <param name="isKnown">The lock knows the time.</param>
    /// <param name="utc">The time in unix seconds; 0 when it is not known.</param>
    /// <param name="latest">The latest time ever believed.</param>
    /// <returns>Itself.</returns>
    public Moment Set(bool isKnown, long utc, long latest)
    {
        _isKnown = isKnown;
        _utc = utc;
        _latest = latest;
        return this;
    }
}
