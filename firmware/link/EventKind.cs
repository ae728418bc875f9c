namespace Keyway.Firmware;

/// <summary>What happened. The numbers are stored on flash: never reuse one.</summary>
public enum EventKind
{
    /// <summary>A code was entered; the reason is a <see cref="CodeMatch"/>.</summary>
    Entry = 1,

    /// <summary>
    /// A command that cannot be answered; the reason is a <see cref="Refusal"/>, the detail says
    /// which member and, for JSON, what and where.
    /// </summary>
    CommandRefused = 2,

    /// <summary>A command that is not carried out because it was retained.</summary>
    CommandRetained = 3,

    /// <summary>The storage is not as it should be; the reason is a <see cref="StorageStatus"/>.
    /// </summary>
    StorageTrouble = 4,

    /// <summary>Access codes cannot be read; the detail says how many.</summary>
    CodesLost = 5,
}
