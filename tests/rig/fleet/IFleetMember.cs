namespace Keyway.Tests.Rig;

/// <summary>One client of the broker that a thread of <see cref="FleetThreads"/> steps.</summary>
/// <remarks>Stepped by one thread at a time; others may ask only
/// <see cref="IsOnline"/> and <see cref="IsReady"/>.</remarks>
internal interface IFleetMember
{
    /// <summary>It is subscribed, and the broker has acknowledged its birth.</summary>
    bool IsOnline { get; }

    /// <summary>It has nothing more to prepare, and takes commands at once.</summary>
    bool IsReady { get; }

    /// <summary>Messages that it has given the broker.</summary>
    long Published { get; }

    /// <summary>Does what is due, and nothing when nothing is.</summary>
    /// <param name="nowMs">A clock that all members share.</param>
    void Step(long nowMs);

    /// <summary>Drops the connection; returns at once.</summary>
    void Close();
}
