namespace Keyway.Firmware;

/// <summary>What came of an access code. The numbers are stored on flash: never reuse one.
/// </summary>
public enum CodeChange
{
    /// <summary>A command created it.</summary>
    Created = 0,

    /// <summary>A command changed it.</summary>
    Changed = 1,

    /// <summary>A command deleted it.</summary>
    Deleted = 2,

    /// <summary>Its window is enforced by the keypad from now on.</summary>
    ScheduledOnDevice = 3,

    /// <summary>It is in its slot.</summary>
    SetOnDevice = 4,

    /// <summary>It has left its slot at its end, or after its one use.</summary>
    RemovedFromDevice = 5,

    /// <summary>It could not be written.</summary>
    FailedToSetOnDevice = 6,

    /// <summary>It could not be written yet, and its start has come.</summary>
    DelayInSettingOnDevice = 7,

    /// <summary>It was changed at the keypad.</summary>
    ModifiedExternally = 8,

    /// <summary>It was removed at the keypad.</summary>
    DeletedExternally = 9,

    /// <summary>Its backup code was pulled.</summary>
    BackupPulled = 10,
}
