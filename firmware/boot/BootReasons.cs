namespace Keyway.Firmware;

/// <summary>Why the lock has started, as the birth says it: a closed list.</summary>
public static class BootReasons
{
    /// <summary>Nobody kept a record, or it cannot be read.</summary>
    public const string Unknown = "unknown";

    /// <summary>Power, the reset button or the external watchdog: the runtime cannot tell them
    /// apart, and nothing of ours had noted an end.</summary>
    public const string Power = "power";

    /// <summary>An exception that nobody caught.</summary>
    public const string Crash = "crash";

    /// <summary>The agent had not stepped for too long.</summary>
    public const string Hang = "hang";

    /// <summary>The board restarted on purpose, before its tick counter wraps.</summary>
    public const string Planned = "planned";

    /// <summary>Too many short runs in a row: the lock began with the keypad alone.</summary>
    public const string BootLoop = "boot_loop";

    /// <summary>The word for an end.</summary>
    public static string Of(BootEnd end)
    {
        switch (end)
        {
            case BootEnd.Crash: return Crash;
            case BootEnd.Hang: return Hang;
            case BootEnd.Planned: return Planned;
            default: return Power;
        }
    }
}
