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

    /// <summary>A command released the strike.</summary>
    UnlockedByCommand = 6,

    /// <summary>A command ended the pulse of the strike: the number is 0; or the door has relocked
    /// by itself: it is 1.</summary>
    Locked = 7,

    /// <summary>Entries are refused for a while; the detail says how many seconds.</summary>
    LockedOut = 8,

    /// <summary>Somebody has opened the keypad's or the controller's case.</summary>
    Tamper = 9,

    /// <summary>The door was opened, and nothing had released it.</summary>
    DoorForced = 10,

    /// <summary>The door stands open; the detail says how many seconds.</summary>
    DoorHeldOpen = 11,

    /// <summary>The exit button was pressed; it releases the door by itself.</summary>
    ExitButton = 12,

    /// <summary>The time of day was set; the detail says by how many seconds, at most 65535.
    /// </summary>
    ClockSet = 13,

    /// <summary>The time of day jumped forward, and nobody confirms it yet.</summary>
    ClockDoubted = 14,

    /// <summary>An access code was entered under duress; the door has opened.</summary>
    Duress = 15,

    /// <summary>Something came of an access code; the reason is a <see cref="CodeChange"/>.
    /// </summary>
    CodeChanged = 16,

    /// <summary>Strike and feedback came too late; the detail says by how many ms.</summary>
    FeedbackLate = 17,
}
