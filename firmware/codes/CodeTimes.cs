// When an access code goes into its slot and leaves it. CodeBook notes what is stored, Schedule
// acts by it, AccessCodeWriter says what is late and what has failed.

namespace Keyway.Firmware;

/// <summary>When codes come and go, and whether the chip keeps that.</summary>
public sealed class CodeTimes
{
    // Later than any time of 32 bits.
    private const long Never = 1L << 40;
    private const int UsedKeptSeconds = 600;
    private long _dueUtc;
    private int _retrySeconds;
    private long _usedRemoveAt;

    /// <summary>No code has to be looked at before this time, in unix seconds; at first all have,
    /// since nothing is known of them.</summary>
    public long DueUtc => _dueUtc;

    /// <summary>True when what was due was tried last, and the chip did not keep it.</summary>
    public bool IsFailing => RetrySeconds != 0;

    /// <summary>How long to wait before it is tried again, in s; 0: nothing has failed.</summary>
    public int RetrySeconds => _retrySeconds;

    /// <summary>When used codes leave, in unix seconds; 0: none has been noticed.</summary>
    public long UsedRemoveAt => _usedRemoveAt;

    /// <summary>All codes are about to be looked at: each notes when it is due next.</summary>
    public void BeginPass() => _dueUtc = Never;

    /// <summary>All codes have to be looked at.</summary>
    public void NoteDueNow() => _dueUtc = 0;

    /// <summary>Some code has to be looked at.</summary>
    /// <param name="utc">When, in unix seconds.</param>
    public void NoteDue(long utc) => _dueUtc = utc < DueUtc ? utc : DueUtc;

    /// <summary>Notes when the next comes of what a code's window says.</summary>
    /// <param name="code">Has not ended, or is due at once.</param>
    /// <param name="utc">What came up to here has been seen to, in unix seconds.</param>
    public void NoteNext(AccessCode code, long utc)
    {
        long endsAt = code.EndsAt;
        if (endsAt != 0)
        {
            long startsAt = code.StartsAt;
            NoteDue(code.Has(CodeOptions.Waiting) ? startsAt - Limits.SetBeforeStartSeconds
                : startsAt > utc ? startsAt : endsAt);
        }
    }

    /// <summary>A code has left its slot. Where used ones wait to leave, those that are left say
    /// until when.</summary>
    public void NoteRemoved()
    {
        if (UsedRemoveAt != 0)
        {
            NoteDueNow();
        }
    }

    /// <summary>A used code was seen at a time.</summary>
    public void NoteUsed(long utc) =>
        _usedRemoveAt = UsedRemoveAt == 0 ? utc + UsedKeptSeconds : UsedRemoveAt;

    /// <summary>What was due was not kept.</summary>
    public void NoteFailed()
    {
        int seconds = IsFailing ? RetrySeconds * 2 : Limits.RetrySeconds;
        _retrySeconds = seconds < Limits.RetrySecondsMax ? seconds : Limits.RetrySecondsMax;
    }

    /// <summary>A pass is over, and nothing was due that was not kept.</summary>
    /// <param name="keepsUsed">Used codes wait; otherwise the next is noticed anew.</param>
    public void NoteKept(bool keepsUsed)
    {
        _retrySeconds = 0;
        _usedRemoveAt = keepsUsed ? UsedRemoveAt : 0;
    }

    /// <summary>When a code goes into its slot, in unix seconds; of one that is there: never.
    /// </summary>
    public static long SetAt(AccessCode code) => code.Has(CodeOptions.Waiting)
        ? code.StartsAt - Limits.SetBeforeStartSeconds : Never;

    /// <summary>When a code leaves its slot, in unix seconds.</summary>
    /// <param name="code">As read.</param>
    /// <param name="isUsed">It is a one-time code that was used.</param>
    public long RemoveAt(AccessCode code, bool isUsed) =>
        isUsed ? UsedRemoveAt == 0 ? Never : UsedRemoveAt
        : code.EndsAt == 0 ? Never
        : code.Has(CodeOptions.Deferred) ? code.EndsAt
        : code.EndsAt + Limits.RemoveAfterEndSeconds;
}
