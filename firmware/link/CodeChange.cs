namespace Keyway.Firmware;

/// <summary>
/// What came of an access code by itself or at the keypad; what a command did is in its answer. The
/// numbers are stored on flash: never reuse one.
/// </summary>
public enum CodeChange
{
    /// <summary>It was made at the keypad.</summary>
    Created = 0,

    /// <summary>It is in its slot.</summary>
    SetOnDevice = 1,

    /// <summary>It has left its slot at its end, or after its one use.</summary>
    RemovedFromDevice = 2,

    /// <summary>Its place in the slot could not be written.</summary>
    FailedToSetOnDevice = 3,

    /// <summary>It is a minute late in its slot.</summary>
    DelayInSettingOnDevice = 4,

    /// <summary>It was changed at the keypad.</summary>
    ModifiedExternally = 5,

    /// <summary>It was removed at the keypad.</summary>
    DeletedExternally = 6,

    /// <summary>Its removal could not be written.</summary>
    FailedToRemoveFromDevice = 7,

    /// <summary>It is in its slot a minute after it was to leave.</summary>
    DelayInRemovingFromDevice = 8,
}
