namespace Keyway.Tests.Bench;

/// <summary>What objects take of the device's managed heap, whose blocks have 12 bytes, and what
/// its class library takes for a call.</summary>
internal static class DeviceHeap
{
    public const int Block = 12;
    public const int Boxed = 2 * Block;
    public const int Delegate = 3 * Block;

    /// <summary>A string of the image: its bytes stay there.</summary>
    public const int Literal = Block;

    // A SpanByte is a value of three fields, but an object on the heap each time it is passed on.
    private const int Span = 4 * Block;
    private const int MacBytes = 32;

    /// <summary>Crc32.HashToUInt32 of an array: made, and passed on.</summary>
    public const int Hashed = 2 * Span;

    /// <summary>Crc32.Append of an array: made.</summary>
    public const int Appended = Span;

    /// <summary>SpiDevice.TransferFullDuplex of a range: made, and passed on twice as both.
    /// </summary>
    public const int Transferred = 5 * Span;

    public static int Object(int fields) => Block + fields * Block;

    public static int Array(int length, int elementBytes) =>
        Blocks(2 * Block + length * elementBytes);

    /// <summary>A string that is made: its bytes of UTF-8 and a zero.</summary>
    public static int Text(int count) => Blocks(Block + count + 1);

    /// <summary>HMACSHA256.HashData of a message in an array of its own.</summary>
    public static int Mac(int count) => Array(count, 1) + Array(MacBytes, 1);

    private static int Blocks(int bytes) => (bytes + Block - 1) / Block * Block;
}
