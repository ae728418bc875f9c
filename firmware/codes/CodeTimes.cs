// When an access code goes into its slot and leaves it. Schedule acts by it, AccessCodeWriter says
// what is late and what has failed.

namespace Keyway.Firmware;

/// <summary>When codes come and go, and whether the chip keeps that.</summary>
public sealed class CodeTimes
{
    // Later than any time of 32 bits.
    private const long Never = 1L << 40;
    private const int UsedKeptSeconds = 600;

    /// <summary>True when what was due was tried last, and the chip did not keep it.</summary>
    public bool IsFailing => RetrySeconds != 0;

    /// <summary>How long to wait before it is tried again, in s; 0: nothing has failed.</summary>
    public int RetrySeconds { get; private set; }

    /// <summary>When used codes leave, in unix seconds; 0: none has been noticed.</summary>
    public long UsedRemoveAt { get; private set; }

    /// <summary>A used code was seen at a time.</summary>
    public void NoteUsed(long utc) =>
        UsedRemoveAt = UsedRemoveAt == 0 ? utc + UsedKeptSeconds : UsedRemoveAt;

    /// <summary>One has left; the next is noticed anew.</summary>
    public void ForgetUsed() => UsedRemoveAt = 0;

    /// <summary>What was due was not kept.</summary>
    public void NoteFailed()
    {
        int seconds = IsFailing ? RetrySeconds * 2 : Limits.RetrySeconds;
        RetrySeconds = seconds < Limits.RetrySecondsMax ? seconds : Limits.RetrySecondsMax;
    }

    /// <summary>Nothing was due that was not kept.</summary>
    public void NoteKept() => RetrySeconds = 0;

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
