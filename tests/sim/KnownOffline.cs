using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>An offline code that was given out: what its digits do by themselves.</summary>
/// <param name="Digits">As the plain model makes them.</param>
/// <param name="IsOneTime">It opens once, and never has a slot.</param>
/// <param name="Starts">Unix seconds.</param>
/// <param name="Ends">Unix seconds.</param>
/// <param name="Index">Its duration, or its serial number.</param>
public sealed record KnownOffline(
    string Digits, bool IsOneTime, long Starts, long Ends, int Index)
{
    private const long Slack = 2;

    /// <summary>A one-time code has opened the door; null: nobody knows.</summary>
    public bool? IsUsed { get; set; } = false;

    /// <summary>It was revoked; null: nobody knows.</summary>
    public bool? IsRevoked { get; set; } = false;

    /// <summary>The lock has no room to note that it was used, or a code of its own with the same
    /// digits.</summary>
    public bool NeedNotOpen { get; set; }

    /// <summary>As the contract spells it.</summary>
    public string Label => IsOneTime ? "one_time" : "time_bound";

    /// <summary>What a first use puts into a slot.</summary>
    public CodeVersion InSlot => new(Digits, Starts, Ends, false) { IsOffline = true };

    private long LastUse => Math.Min(Ends, Starts + ModelTime.Day);

    public bool MayOpen(string digits, Belief time) => Digits == digits
        && IsRevoked != true && IsUsed != true && time.IsKnown
        && time.Utc >= Starts - Slack && time.Utc < LastUse + Slack && Ends > time.Ended;

    public bool MustOpen(string digits, Belief time) => Digits == digits && !NeedNotOpen
        && IsRevoked == false && IsUsed == false && time.IsKnown
        && time.Utc >= Starts + Slack && time.Utc < LastUse - Slack && Ends > time.MayHaveEnded;
}
