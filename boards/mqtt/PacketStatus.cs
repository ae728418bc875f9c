namespace Keyway.Boards.Mqtt;

/// <summary>How far a packet has arrived.</summary>
public enum PacketStatus
{
    /// <summary>All of it, or all that is kept of it.</summary>
    Whole = 0,

    /// <summary>Some of it, or nothing.</summary>
    Incomplete = 1,

    /// <summary>It is none: the connection is of no use any more.</summary>
    Malformed = 2,

    /// <summary>The connection is gone.</summary>
    Gone = 3,
}
