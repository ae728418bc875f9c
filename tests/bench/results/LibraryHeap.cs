using Keyway.Tests.Sim;

namespace Keyway.Tests.Bench;

/// <summary>What the device's class library takes of the heap for a call.</summary>
internal static class LibraryHeap
{
    private const int MacBytes = 32;

    // A SpanByte is a value of three fields, but an object on the heap each time it is passed on.
    private static int Span => DeviceHeap.Object(3);

    /// <summary>Crc32.HashToUInt32 of an array: made, and passed on.</summary>
    public static int Hashed => 2 * Span;

    /// <summary>Crc32.Append of an array: made.</summary>
    public static int Appended => Span;

    /// <summary>SpiDevice.TransferFullDuplex of a range: made, and passed on twice as both.
    /// </summary>
    public static int Transferred => 5 * Span;

    /// <summary>HMACSHA256.HashData of a message in an array of its own.</summary>
    public static int Mac(int count) =>
        DeviceHeap.Array(count, 1) + DeviceHeap.Array(MacBytes, 1);
}
