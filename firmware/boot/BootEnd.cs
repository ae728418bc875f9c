namespace Keyway.Firmware;

/// <summary>How a run of the lock ended, as <see cref="BootRecord"/> keeps it.</summary>
public enum BootEnd
{
    /// <summary>Nobody noted an end, and the run was a short one.</summary>
    Short = 0,

    /// <summary>Nobody noted an end, but the run had lasted.</summary>
    Lasted = 1,

    /// <summary>An exception that nobody caught.</summary>
    Crash = 2,

    /// <summary>The supervisor found the agent hung.</summary>
    Hang = 3,

    /// <summary>The board restarted on purpose.</summary>
    Planned = 4,
}
