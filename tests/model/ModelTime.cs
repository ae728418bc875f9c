using Keyway.Boards.Virtual;

namespace Keyway.Tests.Model;

/// <summary>What time a lock must believe it is.</summary>
/// <param name="clock">The lock's clock, true or not.</param>
/// <remarks>
/// The latest time ever believed is stored hourly, so after the lock has lost the time it is known
/// only to lie between two bounds; what has been seen to end lies below the lower one. A step of
/// the clock is stored a little after it.
/// </remarks>
public sealed class ModelTime(VirtualClock clock)
{
    /// <summary>When all begins: 2026-11-24T10:00:00Z.</summary>
    public const long First = 1_795_514_400;

    public const long Hour = 3600;
    public const long Day = 86_400;
    private const long SaveSeconds = Hour + 5;
    private const long StepSeconds = 2;
    private const long StoredMs = 120_000;
    private long _seen;
    private long _latest;
    private long _latestPossible;
    private long _believed;
    private long _believedMs;
    private long _beforeStep;
    private long _steppedMs = -StoredMs;

    public bool IsKnown { get; private set; }

    /// <summary>In unix seconds; 0 when not known.</summary>
    public long Utc => IsKnown ? _believed + (clock.Milliseconds - _believedMs) / 1000 : 0;

    /// <summary>What ended until then has ended for good.</summary>
    public long Latest => Math.Max(_latest, Utc);

    /// <summary>What ends after it has not ended before.</summary>
    public long LatestPossible => Math.Max(_latestPossible, Utc);

    public bool IsConfirmed => IsKnown && clock.IsUtcConfirmed;

    /// <summary>Ms of the second that is under way.</summary>
    public long Phase => IsKnown ? (clock.Milliseconds - _believedMs) % 1000 : 500;

    private bool IsStored => clock.Milliseconds - _steppedMs >= StoredMs;

    /// <summary>The lock has a step after its clock or the time has changed.</summary>
    public void Look()
    {
        if (!clock.TryGetUtc(out long utc))
        {
            Lose();
            return;
        }

        long expected = IsKnown ? Utc : LatestPossible;
        if (expected != 0 && utc - expected > Day && !clock.IsUtcConfirmed)
        {
            Raise();
            return;
        }

        if (!IsKnown || Math.Abs(utc - Utc) > StepSeconds)
        {
            Raise();
            _beforeStep = IsStored ? _latest : _beforeStep;
            _steppedMs = clock.Milliseconds;
            IsKnown = true;
            _believed = utc;
            _believedMs = clock.Milliseconds;
        }

        Raise();
    }

    /// <summary>The power or the clock has gone.</summary>
    public void Lose()
    {
        if (IsKnown)
        {
            Raise();
            IsKnown = false;
            _latest = Math.Max(_seen, (IsStored ? _latest : _beforeStep) - SaveSeconds);
        }
    }

    /// <summary>A code was seen to have ended: that is stored.</summary>
    public void See(long end) => _seen = Math.Max(_seen, end);

    private void Raise()
    {
        _latest = Latest;
        _latestPossible = LatestPossible;
    }
}
