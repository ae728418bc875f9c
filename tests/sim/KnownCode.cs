namespace Keyway.Tests.Sim;

/// <summary>An access code by its id, and what it may be now: one thing, or two while a command
/// is under way.</summary>
/// <param name="id">Its id.</param>
public sealed class KnownCode(string id)
{
    public string Id { get; } = id;

    /// <summary>What it may be; null: it is not on the lock.</summary>
    public List<CodeVersion?> Versions { get; private set; } = [null];

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

    public void Set(CodeVersion? version) => Versions = [version];

    /// <summary>A command that makes something else of it may have been carried out.</summary>
    public void Doubt(CodeVersion? after) => Versions = [Versions[0], after];

    public bool MayOpen(string digits, Belief time) => Versions.Any(version =>
        version != null && version.Digits == digits && version.MayOpen(time));

    public bool MustOpen(string digits, Belief time) => !IsTampered && Versions.All(version =>
        version != null && version.Digits == digits && version.MustOpen(time));

    public bool MustStay(Belief time) => !IsTampered && Versions.All(version =>
        version != null && version.MustStay(time));

    /// <summary>Its digits have opened the door, or may have.</summary>
    public void Use(string digits, bool? isUsed) => Versions =
    [
        .. Versions.Select(version => version != null && version.Digits == digits
            && version.IsOneTime && version.IsUsed != true
                ? version with { IsUsed = isUsed } : version),
    ];
}
