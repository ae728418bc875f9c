namespace Keyway.Tests.Sweep;

/// <summary>What an operation of a workload does.</summary>
public enum OperationKind
{
    /// <summary>A command that stores an access code.</summary>
    Create = 0,

    /// <summary>A command that stores only its answer.</summary>
    Refuse = 1,

    /// <summary>A command that was answered before: nothing may happen.</summary>
    Repeat = 2,

    /// <summary>A command that gives a code new digits, window and name.</summary>
    Update = 3,

    /// <summary>A command that deletes a code; its id stays refused for a while.</summary>
    Delete = 4,

    /// <summary>A one-time code is used at the keypad.</summary>
    MarkUsed = 5,

    /// <summary>Something happens that the broker must hear of.</summary>
    Event = 6,

    /// <summary>The broker has some events; the lock has not saved that yet.</summary>
    Acknowledge = 7,

    /// <summary>The lock's state is saved.</summary>
    State = 8,

    /// <summary>Slices of idle time: frames are carried on, sectors made ready.</summary>
    Idle = 9,

    /// <summary>The power goes between two operations, perhaps in the middle of an erase.</summary>
    PowerCycle = 10,

    /// <summary>The next erase does nothing and says nothing: a worn sector.</summary>
    DeadErase = 11,
}
