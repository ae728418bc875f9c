namespace Keyway.Tests.Model;

/// <summary>An access code as the model knows it.</summary>
/// <param name="id">Its access_code_id, lower case.</param>
public sealed class ModelCode(string id)
{
    public string Id { get; } = id;

    public string Digits { get; set; } = "";

    /// <summary>The lock has made the digits.</summary>
    public bool IsMade { get; set; }

    /// <summary>It made them from the common code key.</summary>
    public bool IsFromKey { get; set; }

    public string? Key { get; set; }

    /// <summary>As the lock keeps it: at most 32 bytes.</summary>
    public string Name { get; set; } = "";

    /// <summary>Start of the window; 0 when there is none.</summary>
    public long Starts { get; set; }

    /// <summary>End of the window; 0 when there is none.</summary>
    public long Ends { get; set; }

    /// <summary>0: the clock was not known.</summary>
    public long Created { get; set; }

    public bool IsOneTime { get; set; }

    public bool IsUsed { get; set; }

    public bool IsExternal { get; set; }

    /// <summary>The agent, and not the keypad, keeps to the window.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Deferred, and not in its slot yet.</summary>
    public bool IsWaiting { get; set; }

    public bool UsesPool { get; set; }

    public bool IsBackup { get; set; }

    public bool IsDuress { get; set; }

    public bool IsOngoing => Ends == 0;

    public ModelCode Copy() => (ModelCode)MemberwiseClone();

    /// <summary>Digits that are given are those that the lock has made, for the same key.</summary>
    public void KeepMadeOf(ModelCode old)
    {
        if (Digits == old.Digits && Key == old.Key)
        {
            IsMade = old.IsMade;
            IsFromKey = old.IsFromKey;
        }
    }

    /// <summary>What was asked for is the same, the digits left out.</summary>
    public bool IsAskedAs(ModelCode other) => Name == other.Name && Starts == other.Starts
        && Ends == other.Ends && Key == other.Key && IsOneTime == other.IsOneTime
        && IsExternal == other.IsExternal && IsDeferred == other.IsDeferred
        && UsesPool == other.UsesPool && IsDuress == other.IsDuress;
}
