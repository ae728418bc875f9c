namespace Keyway.Tests.Sim;

/// <summary>What things take of the device's managed heap, which has blocks of 12 bytes: an object
/// a block and one for each field, an array 20 bytes and its elements, in whole blocks.</summary>
public static class DeviceHeap
{
    public const int Block = 12;
    public const int Boxed = 2 * Block;
    public const int Delegate = 3 * Block;

    /// <summary>A string of the image: its bytes stay there.</summary>
    public const int Literal = Block;

    /// <summary>A frame of a thread's stack: 84 bytes, and ten blocks at least.</summary>
    public const int Frame = 84 + 10 * Block;

    private const int ArrayHead = 20;

    /// <summary>A thread, with what schedules it and what started it; its frames come to it.
    /// </summary>
    public const int Thread = 420 + Delegate;

    public static int Object(int fields) => Block + fields * Block;

    public static int Array(int length, int elementBytes) =>
        Blocks(ArrayHead + length * elementBytes);

    public static int Array(Array array)
    {
        Type element = array.GetType().GetElementType()!;
        return Array(array.Length, element.IsPrimitive || element.IsEnum
            ? Buffer.ByteLength(array) / Math.Max(1, array.Length) : Block);
    }

    /// <summary>A string that is made: its bytes of UTF-8 and a zero.</summary>
    public static int Text(int count) => Blocks(Block + count + 1);

    /// <summary>Up to whole blocks.</summary>
    public static int Blocks(int bytes) => (bytes + Block - 1) / Block * Block;
}
