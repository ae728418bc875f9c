// A lock as access-codes.md and the contract describe it, with dictionaries: what each command must
// be answered, and which codes there are afterwards. Life asks it, CodeRules judges for it.

using Keyway.Boards.Virtual;

namespace Keyway.Tests.Model;

/// <summary>What a lock must know and say.</summary>
public sealed class LockModel
{
    private const long TombstoneSeconds = 30 * ModelTime.Day;
    private const long SetBeforeStart = ModelTime.Hour;
    private const long DoorSeconds = 60;
    private const long DoorSkewSeconds = 5;
    private readonly CodeRules _rules;

    public LockModel(ModelShape shape, VirtualClock clock)
    {
        Shape = shape;
        Time = new ModelTime(clock);
        _rules = new CodeRules(this);
    }

    public ModelShape Shape { get; }

    public ModelTime Time { get; }

    /// <summary>The codes on the lock, by id.</summary>
    public Dictionary<string, ModelCode> Codes { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids that must not be used again, and until when.</summary>
    public Dictionary<string, long> Deleted { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers by attempt, in the order of their attempts; what was sent, too.</summary>
    public Dictionary<string, (Request Request, string Answer)> Answers { get; } =
        new(StringComparer.Ordinal);

    /// <summary>Backup codes' ids by those of their codes, once they were told.</summary>
    public Dictionary<string, string> Backups { get; } = new(StringComparer.Ordinal);

    /// <summary>Slots are kept free for backup codes.</summary>
    public bool IsPoolOn { get; set; }

    /// <summary>Changes a code; a backup ends with its code, also when that moves.</summary>
    public void Put(ModelCode code)
    {
        Codes[code.Id] = code;
        if (!code.IsOngoing && BackupOf(code) is { } spare)
        {
            spare.Starts = code.Starts;
            spare.Ends = code.Ends;
        }
    }

    /// <summary>The backup that was pulled for a code.</summary>
    public ModelCode? BackupOf(ModelCode code) =>
        code.UsesPool && Backups.TryGetValue(code.Id, out string? id)
            ? Codes.GetValueOrDefault(id) : null;

    /// <summary>Slots for one more code, and others after it.</summary>
    /// <param name="usesPool">It asks for the pool, which is on from then on.</param>
    public int FreeForCreate(bool usesPool) =>
        Shape.Capacity - Codes.Count - (IsPoolOn || usesPool ? Shape.Pool : 0);

    /// <summary>What a request must be answered now.</summary>
    public Expected Judge(Request request)
    {
        var says = new Reading(request);
        if (says.Attempt == null)
        {
            return new Expected { IsSilent = true, IsStored = false };
        }

        bool isQuestion = request.Word is Words.Get or Words.List;
        if (!isQuestion && Answers.TryGetValue(says.Attempt, out var answered))
        {
            return new Expected { Again = answered.Answer, IsStored = false };
        }

        if (!isQuestion && request.IsRetained)
        {
            return new Expected { IsSilent = true, IsStored = false };
        }

        var expected = new Expected { IsStored = !isQuestion };
        expected.Errors.UnionWith(ByteRules.Judge(request.Word, says, Shape.DeviceId));
        if (expected.Errors.Count > 0)
        {
            expected.IsStored = false;
            return expected;
        }

        JudgeTime(expected, request.Word, says);
        if (expected.Errors.Count == 0)
        {
            _rules.Judge(expected, request.Word, says);
            expected.Status = expected.Code == null ? null : StatusOf(expected.Code);
        }

        return expected;
    }

    /// <summary>What entered digits do, as CodeMatch names it; null: it may be one or the other.
    /// </summary>
    public string? Match(string digits)
    {
        ModelCode? code = Codes.Values.FirstOrDefault(code => code.Digits == digits);
        return code == null ? "Unknown" : Match(code);
    }

    private string? Match(ModelCode code) => code.IsOngoing ? "Opens"
        : !Time.IsKnown ? "ClockNotKnown"
        : HasEnded(code) is not { } ended ? null
        : ended ? "Ended"
        : Time.Utc < code.Starts ? "NotYet" : "Opens";

    /// <summary>The status that get and list say; null: it may be one or the other.</summary>
    public string? StatusOf(ModelCode code) =>
        code.IsOneTime && code.IsUsed ? "unset" : Match(code) switch
        {
            "Opens" => "set",
            "ClockNotKnown" => "unknown",
            null => null,
            _ => "unset",
        };

    /// <summary>The lock has looked at its codes.</summary>
    /// <param name="isThere">Asks the lock where the specification leaves it the choice.</param>
    public void Pass(Func<string, bool> isThere)
    {
        if (!Time.IsKnown)
        {
            return;
        }

        foreach (ModelCode code in Codes.Values.ToList())
        {
            bool? ended = code.IsOngoing ? false : HasEnded(code);
            if (ended == true)
            {
                Time.See(code.Ends);
            }

            if (code.IsOneTime && code.IsUsed)
            {
                RemoveIf(!isThere(code.Id), code, code.IsOngoing
                    ? Time.Utc + TombstoneSeconds : code.Ends);
            }
            else if (ended != false)
            {
                bool mayGo = code.IsDeferred
                    || (Time.Utc >= code.Ends + ModelTime.Day && Time.IsConfirmed);
                bool must = ended == true && code.IsDeferred;
                RemoveIf(must || (mayGo && !isThere(code.Id)), code, code.Ends);
            }
            else if (code.IsWaiting && Time.Utc >= code.Starts - SetBeforeStart)
            {
                code.IsWaiting = false;
            }
        }
    }

    /// <summary>True when an id must be refused; null: it may be.</summary>
    public bool? IsDeleted(string id) => !Deleted.TryGetValue(id, out long until) ? false
        : until > Time.LatestPossible ? true : null;

    /// <summary>Ended for good; null: that depends on what was stored.</summary>
    public bool? HasEnded(ModelCode code) => code.Ends <= Time.Latest ? true
        : code.Ends > Time.LatestPossible ? false : null;

    public void Remove(ModelCode code) => RemoveIf(true, code, !code.IsOngoing ? code.Ends
        : Time.IsKnown ? Math.Max(Time.Utc, Time.Latest) + TombstoneSeconds : long.MaxValue);

    /// <summary>Says from when on a code is in its slot.</summary>
    public void Defer(ModelCode code, bool isDeferred)
    {
        code.IsDeferred = isDeferred && !code.IsOngoing;
        code.IsWaiting = code.IsDeferred && code.Starts - SetBeforeStart > Time.Utc;
    }

    private void RemoveIf(bool isGone, ModelCode code, long until)
    {
        if (isGone)
        {
            Codes.Remove(code.Id);
            Deleted[code.Id] = until;
        }
    }

    /// <summary>A code that has ended is not made, and its window not changed.</summary>
    public void JudgeEnd(Expected expected, ModelCode code)
    {
        // Without the time, the lock goes by what it saved, which a power cut may have come before.
        bool? ended = code.IsOngoing ? false : HasEnded(code);
        ended = ended == true && !Time.IsKnown ? null : ended;
        if (ended != false)
        {
            expected.Errors.Add("invalid_input");
            expected.MaySucceed = ended == null;
        }
    }

    /// <summary>An end of which it cannot be known whether the lock believes it past.</summary>
    public void JudgeGivenEnd(Expected expected, string word, Reading says)
    {
        bool isUncertain = word is Words.Create or Words.Update
            && says.Time("ends_at") > Time.Latest
            && says.Time("ends_at") <= Time.LatestPossible;
        if (isUncertain)
        {
            expected.MaySucceed |= expected.Errors.Count == 0;
            expected.Errors.Add("invalid_input");
        }
    }

    private void JudgeTime(Expected expected, string word, Reading says)
    {
        bool expires = says.Has("expires_at");
        bool hasWindow = word is Words.Create or Words.Update
            && (says.Has("starts_at") || says.Has("ends_at"));
        if (!Time.IsKnown)
        {
            if (expires || hasWindow)
            {
                expected.Errors.Add("clock_not_known");
            }

            return;
        }

        if (says.Time("expires_at") <= Time.Utc)
        {
            expected.Errors.Add("command_expired");
        }

        if (word is Words.Unlock or Words.Lock
            && says.Time("expires_at") > Time.Utc + DoorSeconds + DoorSkewSeconds)
        {
            expected.Errors.Add("invalid_input");
        }

        if (hasWindow && says.Time("ends_at") <= Time.Latest)
        {
            expected.Errors.Add("invalid_input");
        }
    }
}
