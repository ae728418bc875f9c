using Keyway.Boards.Virtual;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>What the lock must believe of the time, and what it may.</summary>
/// <param name="clock">The lock's clock, true or not.</param>
public sealed class Belief(VirtualClock clock)
{
    // A step comes up to a minute late, and what is to be stored a little after it.
    private const long LateSeconds = 120;
    private readonly ModelTime _time = new(clock);
    private long _mayHaveSeen;

    private long _offset;

    public bool IsKnown => _time.IsKnown;

    /// <summary>The world's time, which is not the lock's.</summary>
    public long Milliseconds => clock.Milliseconds;

    /// <summary>How often the lock has come to believe something else.</summary>
    public int Changes { get; private set; }

    public long Utc => _time.Utc;

    /// <summary>What ended before this has ended for good.</summary>
    public long Ended => _time.Latest - LateSeconds;

    /// <summary>What ends after this has not ended before.</summary>
    public long MayHaveEnded => Math.Max(_time.LatestPossible, _mayHaveSeen) + 2;

    /// <summary>The lock looks at its clock.</summary>
    public void Look()
    {
        _time.Look();
        long offset = _time.Utc - (IsKnown ? clock.Milliseconds / 1000 : 0);
        Changes += Math.Abs(offset - _offset) > 1 ? 1 : 0;
        _offset = offset;
    }

    /// <summary>The power goes, perhaps after the lock has looked at its clock and stored what it
    /// saw.</summary>
    public void Lose()
    {
        if (clock.TryGetUtc(out long utc)
            && (clock.IsUtcConfirmed || utc - _time.LatestPossible <= ModelTime.Day))
        {
            _mayHaveSeen = Math.Max(_mayHaveSeen, utc);
        }

        _time.Lose();
        Changes++;
    }
}
