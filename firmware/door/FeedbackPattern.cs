namespace Keyway.Firmware;

/// <summary>What LEDs and buzzer can show; <see cref="Feedback"/> has the table.</summary>
/// <remarks>
/// A refusal has one pattern, whatever its reason, the lockout's too: whoever tries codes must
/// learn nothing from it.
/// </remarks>
public enum FeedbackPattern
{
    /// <summary>Dark and silent.</summary>
    None = 0,

    /// <summary>The door opens.</summary>
    Granted = 1,

    /// <summary>It does not, for any reason.</summary>
    Denied = 2,

    /// <summary>Programming mode is open; stands behind the others.</summary>
    Programming = 3,

    /// <summary>Programming mode has taken a slot number.</summary>
    SlotTaken = 4,

    /// <summary>Programming mode has changed a code.</summary>
    Changed = 5,

    /// <summary>The door stands open for too long.</summary>
    HeldOpen = 6,

    /// <summary>A case is open, or the door was forced.</summary>
    Alarm = 7,
}
