namespace Keyway.Tests.Rig;

/// <summary>One client of the broker that a thread of <see cref="FleetThreads"/> steps.</summary>
/// <remarks>Stepped by one thread at a time; only <see cref="IsReady"/> may be asked by others.
/// </remarks>
internal interface IFleetMember
{
    /// <summary>Who it is, on the broker and in its topics.</summary>
    string DeviceId { get; }

    /// <summary>It is online, and takes commands at once.</summary>
    bool IsReady { get; }

    /// <summary>Messages that it has given the broker.</summary>
    long Published { get; }

    /// <summary>Does what is due, and nothing when nothing is.</summary>
    /// <param name="nowMs">A clock that all members share.</param>
    void Step(long nowMs);

    /// <summary>Drops the connection; returns at once.</summary>
    void Close();
}
