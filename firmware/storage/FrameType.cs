namespace Keyway.Firmware;

/// <summary>What a frame holds; byte 0 of it, and three bits of the sector's index.</summary>
public enum FrameType
{
    /// <summary>What the lock must remember of itself; the slot says which: see
    /// <see cref="LockState"/>.</summary>
    State = 0,

    /// <summary>An access code, first of two frames.</summary>
    Code = 1,

    /// <summary>An access code, second of two frames.</summary>
    CodeDetail = 2,

    /// <summary>The answer of an action attempt that wrote no code.</summary>
    Attempt = 3,

    /// <summary>A deleted access code, and the answer of the attempt that deleted it.</summary>
    Tombstone = 4,

    /// <summary>Something that happened, until the broker has acknowledged it.</summary>
    Event = 5,

    /// <summary>The one-time code of a slot has been used.</summary>
    Used = 6,

    /// <summary>No valid frame: erased, torn, burnt or a hole. Only in an index.</summary>
    None = 7,
}
