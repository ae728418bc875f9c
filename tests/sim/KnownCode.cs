namespace Keyway.Tests.Sim;

/// <summary>An access code by its id, and what it may be now: one thing, or more while a command
/// is under way, or after a change that a power cut met.</summary>
/// <param name="id">Its id.</param>
/// <param name="time">What the lock believes.</param>
public sealed class KnownCode(string id, Belief time)
{
    private readonly List<(CodeVersion? Version, long UntilMs)> _past = [];
    private bool _isDoubted;

    public string Id { get; } = id;

    /// <summary>What it may be; null: it is not on the lock.</summary>
    public List<CodeVersion?> Versions { get; private set; } = [null];

    /// <summary>What its digits do without a slot; null: it is no offline code.</summary>
    public KnownOffline? Offline { get; set; }

    /// <summary>The create that made it.</summary>
    public SentCommand? Creation { get; set; }

    /// <summary>A command about it has no answer yet.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Somebody has rewritten it on the flash: it may be gone.</summary>
    public bool IsTampered { get; set; }

    /// <summary>Its id must be refused up to this time, in unix seconds; 0: it was not deleted.
    /// </summary>
    public long RefusedUntil { get; set; }

    /// <summary>Its only version; null when it is not there, or nobody knows.</summary>
    public CodeVersion? Sure => Versions.Count == 1 ? Versions[0] : null;

    public bool IsGone => Versions is [null];

    /// <summary>What it may be where the command under way is not carried out.</summary>
    public List<CodeVersion?> Before =>
        _isDoubted ? [Versions[0], .. Versions.Skip(2)] : Versions;

    public void Set(CodeVersion? version) => Settle([version]);

    /// <summary>A command that makes something else of it may have been carried out.</summary>
    public void Doubt(SentCommand command)
    {
        Become([Versions[0], command.Effect(Versions[0]), .. Versions.Skip(1)]);
        _isDoubted = true;
    }

    /// <summary>What a command has made of it.</summary>
    public CodeVersion? After(SentCommand command) =>
        _isDoubted && Versions.Count > 1 ? Versions[1] : command.Effect(Versions[0]);

    /// <summary>No command about it is under way any more.</summary>
    public void Settle(List<CodeVersion?> versions)
    {
        Become(versions);
        _isDoubted = false;
    }

    /// <summary>It may have been removed at the keypad.</summary>
    public void MayBeRemoved()
    {
        IsTampered |= IsBusy;
        Become([.. Versions, null]);
    }

    /// <summary>What it may be, or may have been since a time.</summary>
    public IEnumerable<CodeVersion?> Since(long nowMs) => Versions.Concat(
        _past.Where(past => past.UntilMs >= nowMs).Select(past => past.Version));

    public bool MayOpen(string digits) => Offline?.MayOpen(digits, time) == true
        || Versions.Any(version =>
            version != null && version.Digits == digits && version.MayOpen(time));

    public bool MustOpen(string digits) => Offline?.MustOpen(digits, time) == true
        || (!IsTampered && Versions.All(version =>
            version != null && version.Digits == digits && version.MustOpen(time)));

    public bool MustStay() => !IsTampered && Versions.All(version =>
        version != null && version.MustStay(time));

    /// <summary>Its digits have opened the door, or may have.</summary>
    public void Use(string digits, bool? isUsed)
    {
        if (Versions.Any(IsUsedNow))
        {
            Become(
            [
                .. Versions.Select(version => IsUsedNow(version)
                    ? version! with { IsUsed = isUsed } : version),
            ]);
        }

        bool IsUsedNow(CodeVersion? version) => version != null && version.Digits == digits
            && version.IsOneTime && version.IsUsed != true;
    }

    /// <summary>It may be any of several.</summary>
    public void Become(List<CodeVersion?> versions)
    {
        foreach (CodeVersion? version in Versions)
        {
            _past.Add((version, time.Milliseconds));
        }

        Versions = versions;
    }
}
