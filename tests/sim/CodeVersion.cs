namespace Keyway.Tests.Sim;

/// <summary>What an access code may be on the lock.</summary>
/// <param name="Digits">Empty: the lock makes them and has not told them yet.</param>
/// <param name="Starts">Unix seconds; 0: ongoing.</param>
/// <param name="Ends">Unix seconds; 0: ongoing.</param>
/// <param name="IsOneTime">It opens once.</param>
public sealed record CodeVersion(string Digits, long Starts, long Ends, bool IsOneTime)
{
    private const long Slack = 2;

    /// <summary>It may have opened the door since it is there; null: nobody knows.</summary>
    public bool? IsUsed { get; init; } = false;

    /// <summary>What it is called; null: after its slot, which nobody knows.</summary>
    public string? Name { get; init; }

    /// <summary>Opens as any other, and an event tells.</summary>
    public bool IsDuress { get; init; }

    /// <summary>Made at the keypad.</summary>
    public bool IsUnmanaged { get; init; }

    /// <summary>May be changed and removed at the keypad.</summary>
    public bool MayBeChanged { get; init; }

    /// <summary>It was changed there.</summary>
    public bool IsChanged { get; init; }

    /// <summary>A backup may be pulled for it.</summary>
    public bool UsesPool { get; init; }

    /// <summary>It is one.</summary>
    public bool IsBackup { get; init; }

    /// <summary>The first use of an offline code has put it there.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Its digits open, if it is there.</summary>
    public bool MayOpen(Belief time) => !(IsOneTime && IsUsed == true)
        && (Ends == 0 || (time.IsKnown && time.Utc >= Starts - Slack && time.Utc < Ends + Slack
            && Ends > time.Ended));

    /// <summary>Its digits must open, if it is there.</summary>
    public bool MustOpen(Belief time) => !(IsOneTime && IsUsed != false)
        && (Ends == 0 || (time.IsKnown && time.Utc >= Starts + Slack && time.Utc < Ends - Slack
            && Ends > time.MayHaveEnded));

    /// <summary>The lock has no reason to take it away.</summary>
    public bool MustStay(Belief time) => !(IsOneTime && IsUsed != false)
        && (Ends == 0 || Ends > time.MayHaveEnded);
}
