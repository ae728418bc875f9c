namespace Keyway.Tests.Host.Storage;

/// <summary>What an operation of a workload does.</summary>
public enum OperationKind
{
    /// <summary>A command that stores an access code.</summary>
    Create = 0,

    /// <summary>A command that stores only its answer.</summary>
    Refuse = 1,

    /// <summary>A command that came before, anywhere in the workload: nothing may happen.</summary>
    Repeat = 2,

    /// <summary>Slices of idle time: sectors are made ready.</summary>
    Idle = 3,

    /// <summary>The power goes between two operations, perhaps in the middle of an erase.</summary>
    PowerCycle = 4,
}
