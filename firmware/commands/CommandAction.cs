namespace Keyway.Firmware;

/// <summary>What a command wants. The numbers are stored on flash: never reuse one.</summary>
public enum CommandAction
{
    /// <summary>access_codes/create.</summary>
    Create = 0,

    /// <summary>access_codes/update.</summary>
    Update = 1,

    /// <summary>access_codes/delete.</summary>
    Delete = 2,

    /// <summary>access_codes/pull_backup_access_code.</summary>
    PullBackup = 3,

    /// <summary>access_codes/get.</summary>
    Get = 4,

    /// <summary>access_codes/list.</summary>
    List = 5,

    /// <summary>locks/unlock_door.</summary>
    UnlockDoor = 6,

    /// <summary>locks/lock_door.</summary>
    LockDoor = 7,

    /// <summary>locks/command: action_type says which of the two above; never stored.</summary>
    MoveDoor = 8,
}
