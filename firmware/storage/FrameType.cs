namespace Keyway.Firmware;

/// <summary>What a frame holds; byte 0 of it, and three bits of the sector's index.</summary>
public enum FrameType
{
    /// <summary>An access code, first of two frames.</summary>
    Code = 1,

    /// <summary>An access code, second of two frames.</summary>
    CodeDetail = 2,

    /// <summary>The answer of an action attempt that wrote no code.</summary>
    Attempt = 3,

    /// <summary>No valid frame: erased, torn, burnt or a hole. Only in an index.</summary>
    None = 7,
}
