using Keyway.Firmware;

namespace Keyway.Tests.Sim;

/// <summary>A bound of the lockout: wrong entries that count, and until when nothing opens.
/// </summary>
/// <param name="longestMinutes">No lockout is longer.</param>
/// <param name="lateMs">A quiet hour is taken off so much later.</param>
public sealed class LockoutBound(int longestMinutes, int lateMs)
{
    private long _quietFromMs;

    /// <summary>Entries that count.</summary>
    public int Count { get; private set; }

    /// <summary>Nothing opens before.</summary>
    public long UntilMs { get; private set; }

    public bool IsLocked(long nowMs) => nowMs < UntilMs;

    public void Add(long nowMs)
    {
        Pass(nowMs);
        Count++;
        Begin(nowMs);
    }

    /// <summary>The lock starts: the level's whole duration begins again.</summary>
    /// <param name="least">So many entries count at least.</param>
    public void Start(long nowMs, int least)
    {
        Count = Math.Max(Count, least);
        Begin(nowMs);
    }

    /// <summary>What counted may not have been stored.</summary>
    public void Forget() => Count = 0;

    public void Pass(long nowMs)
    {
        while (Count > 0 && nowMs - _quietFromMs >= Limits.QuietMs + lateMs)
        {
            Count--;
            _quietFromMs += Limits.QuietMs;
        }
    }

    private void Begin(long nowMs)
    {
        long seconds = 0;
        if (Count >= Limits.WrongEntries)
        {
            int doublings = Math.Min(16, Count - Limits.WrongEntries);
            seconds = Math.Min((long)Limits.LockoutSeconds << doublings, longestMinutes * 60L);
        }

        UntilMs = nowMs + seconds * 1000;
        _quietFromMs = UntilMs;
    }
}
