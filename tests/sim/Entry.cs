namespace Keyway.Tests.Sim;

/// <summary>What somebody types.</summary>
/// <param name="Digits">What counts of it, Enter left out.</param>
/// <param name="Keys">All keys.</param>
public sealed record Entry(string Digits, string Keys)
{
    /// <summary>The power went meanwhile, or came while it was typed.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Programming mode is open: it is a slot, or digits for one.</summary>
    public bool IsForMode { get; set; }

    /// <summary>The lock has shown what came of it.</summary>
    public bool IsShown { get; set; }

    /// <summary>It has opened the door.</summary>
    public bool HasOpened { get; set; }
}
