namespace Keyway.Tests.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The connection is closed behind a packet.</summary>
    CutBetween,

    /// <summary>It is closed inside a packet.</summary>
    CutInside,

    /// <summary>One direction is silent from a packet on; the connection stays.</summary>
    Mute,

    /// <summary>Both are, and the broker does not learn that the lock closes: half-open.</summary>
    HalfOpen,

    /// <summary>Every packet comes late.</summary>
    Slow,

    /// <summary>PUBLISH packets come twice, the second with DUP.</summary>
    Duplicate,

    /// <summary>A PUBLISH packet comes behind the next one.</summary>
    OutOfOrder,

    /// <summary>The broker is killed and started again, with nothing kept.</summary>
    BrokerKilled,

    /// <summary>The lock's power goes between two steps.</summary>
    PowerCut,

    /// <summary>The lock's power goes while the flash writes or erases.</summary>
    PowerCutInFlash,
}
